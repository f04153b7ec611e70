import { BillEntry } from '../../model';
import { minute } from '../format/minute';
import { isRemoved, LEAVING_MILLISECONDS, ReadRemoval } from './isRemoved';

/**
 * Of the namespaces that are on a cluster and shall not be, those that still stay. Applications leave at once; the namespace with
 * its account and binding stays for a while, so that Flux can prune them. Its line in the bill says until when, and which
 * applications it had: where the cluster reports that all of them are removed, it stays no longer.
 *
 * @param applications - as the bill has them
 * @internal
 */
export function leavingNamespaces(
  unwanted: readonly BillEntry[],
  applications: readonly BillEntry[],
  now: Date,
  removedAt: ReadRemoval | undefined,
): BillEntry[] {
  return unwanted
    .map(entry => {
      const { name, revision, leavesAfter, leaving } = entry;
      if (leavesAfter !== undefined) return { ...entry, leavesAfter };
      const had = applications
        .filter(({ namespace }) => namespace === name)
        .map(application => application.name);
      return {
        name,
        revision,
        leavesAfter: minute(now.getTime() + LEAVING_MILLISECONDS),
        leaving: leaving ?? (had.length > 0 ? had : undefined),
      };
    })
    .filter(
      ({ leavesAfter, leaving }) =>
        now.getTime() < Date.parse(leavesAfter) &&
        !leaving?.every(name => isRemoved(name, leavesAfter, removedAt)),
    );
}
