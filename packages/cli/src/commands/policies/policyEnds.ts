import { MutationInput } from '@res-edge/backstage-plugin-res-edge-common';
import { connect } from '../../online/connect';
import { ServerError } from '../../online/ServerError';
import { writeMany } from '../../online/writeMany';
import { writeTo } from '../../terminal/Streams';
import { Command } from '../Command';
import { DRY_RUN_OPTION, SERVER_OPTIONS } from '../options';

/** `resedge freeze end NAME`. @internal */
export const freezeEnd = endOf(
  'freeze',
  'let changes come again',
  'resedge freeze end black-friday',
);

/** `resedge override end NAME`. @internal */
export const overrideEnd = endOf(
  'override',
  'let windows and freezes hold again',
  'resedge override end price-error',
);

function endOf(
  type: 'freeze' | 'override',
  summary: string,
  example: string,
): Command {
  return {
    name: `${type} end`,
    usages: [['NAME']],
    outputs: ['json', 'name'],
    options: [DRY_RUN_OPTION, ...SERVER_OPTIONS],
    summary,
    description: `
What holds gets now as its end; what has not begun is deleted; what is over stays
as it is. It is so once main has it: where changes are reviewed, by a change request.`,
    examples: [example],
    async run(call) {
      const [name] = call.positionals;
      const api = connect(call);
      const { items } = await api.listPolicies();
      const row = items.find(item => item.type === type && item.name === name);
      if (!row) throw new ServerError(`there is no ${type} '${name}'`, 1);
      if (row.phase === 'over') {
        await writeTo(call.streams.stderr, `it was over already\n`);
        return 0;
      }
      const about = { kind: 'EdgePolicy', name } as const;
      const mutation: MutationInput =
        row.phase === 'active'
          ? { ...about, action: 'patch', patch: { spec: { end: inSeconds() } } }
          : { ...about, action: 'delete' };
      return writeMany(api, [mutation], call);
    },
  };
}

/** The time as policies have it. */
function inSeconds(): string {
  return new Date().toISOString().replace(/\.\d+/, '');
}
