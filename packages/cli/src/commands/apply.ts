import { writeGiven } from '../online/writeGiven';
import { Command } from './Command';
import { fileOption, SERVER_OPTIONS, WRITE_OPTIONS } from './options';

/** `resedge apply -f FILE`. @internal */
export const apply: Command = {
  name: 'apply',
  usages: [[]],
  outputs: ['json', 'name'],
  options: [
    fileOption().makeOptionMandatory(),
    ...WRITE_OPTIONS,
    ...SERVER_OPTIONS,
  ],
  summary: 'create entities, or replace those that are there',
  description: `
Where one entity cannot be read, nothing is applied. What is equal already is
unchanged; what is registered elsewhere, such as in YAML, can be changed there
alone.`,
  examples: [
    'resedge apply -f store-12.yaml',
    'resedge apply -f fleet --dry-run',
    "resedge get cluster a -o yaml | sed 's/beta/pilot/' | resedge apply -f -",
  ],
  run: call =>
    writeGiven(call, entity => ({ action: 'apply', entity: { ...entity } })),
};
