import { Bill, DeliveredCluster } from '../../model';
import { byCodeUnit } from '../format/digest';
import { minute } from '../format/minute';
import { namedRevisions } from './namedRevisions';

/** The file of a delivery branch that says since when no bill names a revision. @internal */
export const UNREFERENCED_FILE = '.res-edge/unreferenced.yaml';

const LINE =
  /^((?:apps|namespaces|groups)\/[^/\s]+\/revisions\/[0-9a-f]+): (\d{4}-\d\d-\d\dT\d\d:\d\dZ)$/;

/** Reads what {@link unreferencedText} wrote. @internal */
export function readUnreferenced(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = LINE.exec(line);
    if (match) found.set(match[1], match[2]);
  }
  return found;
}

/** @internal */
export function unreferencedText(since: ReadonlyMap<string, string>): string {
  return [
    '# Revisions that no bill names any more, and since when. They go after the retention time. Written by Res-Edge.',
    ...[...since].map(([path, time]) => `${path}: ${time}`),
    '',
  ].join('\n');
}

/**
 * The revisions that no bill names any more: since when, and those of them whose time is over.
 *
 * @param before - what was known of the branch
 * @internal
 */
export function unreferencedRevisions(
  revisions: Iterable<string>,
  clusters: Iterable<DeliveredCluster>,
  before: ReadonlyMap<string, string>,
  { now, retention }: { now: Date; retention: number },
): { since: ReadonlyMap<string, string>; expired: string[] } {
  const named = namedRevisions(billsOf(clusters));
  const since = new Map<string, string>();
  const expired: string[] = [];
  for (const path of [...revisions].sort(byCodeUnit)) {
    if (named.has(path)) continue;
    const time = before.get(path) ?? minute(now.getTime());
    if (now.getTime() - Date.parse(time) >= retention) expired.push(path);
    else since.set(path, time);
  }
  return { since, expired };
}

function* billsOf(clusters: Iterable<DeliveredCluster>): Generator<Bill> {
  for (const { bill } of clusters) yield bill;
}
