import { foreseeGiven } from '../online/foreseeGiven';
import { UsageError } from '../UsageError';
import { Call, Command } from './Command';
import { diffFolders } from './offline/diffFolders';
import { ALLOWED_KINDS_OPTION, fileOption, SERVER_OPTIONS } from './options';

/** `resedge diff FOLDER_A FOLDER_B` and `resedge diff -f FILE`. @internal */
export const diff: Command = {
  name: 'diff',
  usages: [['FOLDER_A', 'FOLDER_B'], []],
  outputs: ['json', 'yaml'],
  options: [ALLOWED_KINDS_OPTION, fileOption(), ...SERVER_OPTIONS],
  summary:
    'show what entities would change, of a folder or of what a server has',
  description: `
With two folders: plans FOLDER_A from nothing, and FOLDER_B with the placements
of FOLDER_A as what runs. Problems are those of FOLDER_B; a difference is none.
With -f: asks the server what applying these entities would cause, as if all of
it were merged; nothing is stored.`,
  examples: [
    'resedge diff fleet-before fleet',
    "resedge diff fleet-before fleet -o json | jq '.effects[] | {name, won: .won.count}'",
    'resedge diff -f store-12.yaml',
    "resedge get cluster a -o yaml | sed 's/beta/pilot/' | resedge diff -f -",
  ],
  async run(call: Call) {
    const { positionals, options } = call;
    const hasFiles = options.filename !== undefined;
    if (hasFiles === positionals.length > 0)
      throw new UsageError('give two folders, or -f');
    if (hasFiles) return foreseeGiven(call);
    if (options.output === 'yaml')
      throw new UsageError('-o yaml is for -f; allowed are table, json');
    return diffFolders(call);
  },
};
