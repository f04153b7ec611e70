import { BillEntry } from '../../model';
import { minute } from '../format/minute';

/** How long a namespace outlives its applications: Flux prunes them as its account meanwhile. @internal */
export const LEAVING_MILLISECONDS = 60 * 60 * 1000;

/**
 * Of the namespaces that are on a cluster and shall not be, those that still stay. Applications leave at once; the namespace with
 * its account and binding stays for a while, so that Flux can prune them. Its line in the bill says until when: what is
 * delivered and the clock decide alone.
 *
 * @internal
 */
export function leavingNamespaces(
  unwanted: readonly BillEntry[],
  now: Date,
): BillEntry[] {
  return unwanted
    .map(({ name, revision, leavesAfter }) => ({
      name,
      revision,
      leavesAfter: leavesAfter ?? minute(now.getTime() + LEAVING_MILLISECONDS),
    }))
    .filter(({ leavesAfter }) => now.getTime() < Date.parse(leavesAfter));
}
