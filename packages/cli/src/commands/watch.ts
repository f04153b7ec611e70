import { Option } from 'commander';
import { connect } from '../online/connect';
import { followChanges } from '../online/followChanges';
import { followRecords, RecordChange } from '../online/followRecords';
import { parseKind } from '../online/parseKind';
import { writeTo } from '../terminal/Streams';
import { printable } from '../terminal/table';
import { Call, Command, Output } from './Command';
import { positiveInteger, SERVER_OPTIONS, wholeNumber } from './options';

/** `resedge watch [KIND]`. @internal */
export const watch: Command = {
  name: 'watch',
  usages: [[], ['KIND']],
  outputs: ['json', 'name'],
  options: [
    new Option(
      '--since <revision>',
      'begin with what changed since then; without it, from now on',
    ).argParser(wholeNumber),
    new Option(
      '--count <changes>',
      'end after so many; without it, never',
    ).argParser(positiveInteger),
    ...SERVER_OPTIONS,
  ],
  summary: 'show changes of the inventory as they come',
  description: `
A line for each entity that was written or deleted; with -o json a line of JSON
with the entity. It ends where the server fails, or kept the changes no longer.`,
  examples: [
    'resedge watch clusters',
    "resedge watch -o json | jq -c '[.change, .ref]'",
  ],
  async run(call: Call) {
    const { positionals, options, streams } = call;
    const { since, count = Infinity, output = 'table' } = options;
    const [word] = positionals;
    const prefix =
      word === undefined ? '' : `${parseKind(word).toLowerCase()}:`;
    let told = 0;
    // With the entities it has to read them, and then all of them.
    const follow = output === 'json' ? followRecords : followChanges;
    for await (const change of follow(connect(call), since)) {
      if (!change.ref.startsWith(prefix)) continue;
      await writeTo(streams.stdout, lineOf(change, output));
      told += 1;
      if (told >= count) break;
    }
    return 0;
  },
};

function lineOf(change: RecordChange, output: Output): string {
  if (output === 'json') return `${JSON.stringify(change)}\n`;
  const ref = printable(change.ref);
  return output === 'name' ? `${ref}\n` : `${change.change} ${ref}\n`;
}
