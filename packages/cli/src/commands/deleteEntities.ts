import { connect } from '../online/connect';
import { parseKind } from '../online/parseKind';
import { writeGiven } from '../online/writeGiven';
import { writeMany } from '../online/writeMany';
import { UsageError } from '../UsageError';
import { Call, Command } from './Command';
import { fileOption, SERVER_OPTIONS, WRITE_OPTIONS } from './options';

/** `resedge delete KIND NAME` and `resedge delete -f FILE`. @internal */
export const deleteEntities: Command = {
  name: 'delete',
  usages: [['KIND', 'NAME'], []],
  outputs: ['json', 'name'],
  options: [fileOption(), ...WRITE_OPTIONS, ...SERVER_OPTIONS],
  summary: 'delete an entity, or those that files name',
  description: `
What is registered elsewhere, such as in YAML, can be deleted there alone.`,
  examples: [
    'resedge delete cluster store-12',
    'resedge delete -f fleet --dry-run',
  ],
  async run(call: Call) {
    const { positionals, options } = call;
    const isNamed = positionals.length > 0;
    if (isNamed === (options.filename !== undefined))
      throw new UsageError('give KIND NAME, or -f, not both');
    if (!isNamed) {
      return writeGiven(call, ({ kind, metadata: { name } }) => ({
        action: 'delete',
        kind,
        name,
      }));
    }
    const [word, name] = positionals;
    const kind = parseKind(word);
    return writeMany(connect(call), [{ action: 'delete', kind, name }], call);
  },
};
