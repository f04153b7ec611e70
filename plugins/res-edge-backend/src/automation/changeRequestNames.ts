import { createHash } from 'node:crypto';
import { Intent } from './Intent';

/** Where the branches of change requests are. @internal */
export const BRANCHES = 'res-edge/';

/** The branch of an intent: a second try finds the first one. @internal */
export function branchOf(intent: Intent): string {
  return `${BRANCHES}${intent.kind.slice('Edge'.length).toLowerCase()}/${
    intent.name
  }`;
}

/** Unique for the intent on this state of main; trying again gives the same. @internal */
export function idOf(intent: Intent, mainCommit: string): string {
  const hash = createHash('sha256')
    .update(`${intent.ref} ${intent.digest} ${mainCommit}`)
    .digest('hex');
  return `${intent.kind.slice('Edge'.length).toLowerCase()}-${
    intent.name
  }-${hash.slice(0, 8)}`;
}
