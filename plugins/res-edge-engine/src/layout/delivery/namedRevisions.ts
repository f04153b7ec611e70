import { Bill, BillEntry } from '../../model';

/**
 * The folders of revisions that bills name, such as `apps/imdb/revisions/0a1b2c`: with its own folder, all that a cluster
 * reads of its shard.
 *
 * @public
 */
export function namedRevisions(
  bills: Iterable<Omit<Bill, 'cluster'>>,
): ReadonlySet<string> {
  const named = new Set<string>();
  // Bills share their entries, so that most are known.
  const seen = new Set<BillEntry>();
  const add = (folder: string, entries: readonly BillEntry[]) => {
    for (const entry of entries) {
      if (seen.has(entry)) continue;
      seen.add(entry);
      named.add(`${folder}/${entry.name}/revisions/${entry.revision}`);
    }
  };
  for (const bill of bills) {
    add('namespaces', bill.namespaces);
    add('apps', bill.applications);
    for (const { path } of bill.components) {
      named.add(path.slice(0, path.lastIndexOf('/')));
    }
  }
  return named;
}
