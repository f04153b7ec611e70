import { Command } from './Command';
import { diffFolders } from './offline/diffFolders';
import { ALLOWED_KINDS_OPTION } from './options';

/** `resedge diff FOLDER_A FOLDER_B`. @internal */
export const diff: Command = {
  name: 'diff',
  usages: [['FOLDER_A', 'FOLDER_B']],
  outputs: ['json'],
  options: [ALLOWED_KINDS_OPTION],
  summary: 'show what a second folder of entities would change of a first',
  description: `
Plans FOLDER_A from nothing, and FOLDER_B with the placements of FOLDER_A as
what runs. Problems are those of FOLDER_B; a difference is none.`,
  examples: [
    'resedge diff fleet-before fleet',
    "resedge diff fleet-before fleet -o json | jq '.effects[] | {name, won: .won.count}'",
  ],
  run: diffFolders,
};
