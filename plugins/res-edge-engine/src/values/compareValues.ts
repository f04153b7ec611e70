import { Bitmap } from '../bitmap';
import { Decisions, GroupDecision } from '../model';
import { Snapshot } from '../snapshot';
import { resolveClusterValues } from './resolveClusterValues';

/** What clusters get their values from. @public */
export interface ValueSource {
  readonly snapshot: Snapshot;
  readonly decisions: Pick<Decisions, 'groups'>;
}

/** What becomes of one value of a cluster. @public */
export interface ValueChange {
  readonly key: string;
  /** Left out where nothing set it. */
  readonly from?: string;
  /** Left out where nothing sets it any more. */
  readonly to?: string;
}

/** A cluster by its number in the later fleet, and what becomes of its values: nothing, where they stay the same. @public */
export interface ComparedValues {
  readonly cluster: number;
  readonly changes: readonly ValueChange[];
}

/**
 * Compares the values of clusters that are in both fleets, one after another: only those that are other, or whose groups
 * say something else or have other members.
 *
 * @param only - looks at no others
 * @public
 */
export function* compareValues(
  before: ValueSource,
  after: ValueSource,
  only?: Bitmap,
): Generator<ComparedValues> {
  const clusters = candidates(before, after);
  if (only) clusters.and(only);
  for (const cluster of clusters) {
    const { name } = after.snapshot.clusters[cluster].metadata;
    const old = before.snapshot.numberOf(name);
    if (old === undefined) continue;
    const was = valuesOf(before, old);
    const is = valuesOf(after, cluster);
    const keys = new Set([...was.keys(), ...is.keys()]);
    const changes = [...keys]
      .map(key => ({ key, from: was.get(key), to: is.get(key) }))
      .filter(({ from, to }) => from !== to);
    yield { cluster, changes };
  }
}

function valuesOf(
  { snapshot, decisions }: ValueSource,
  number: number,
): ReadonlyMap<string, string> {
  const { values } = resolveClusterValues(snapshot, decisions, number);
  return new Map(values.map(({ key, value }) => [key, value]));
}

/** Clusters that can have other values; by the numbers of the later snapshot. */
function candidates(before: ValueSource, after: ValueSource): Bitmap {
  const { snapshot } = after;
  const { renumbering, changed } = snapshot.differenceFrom(before.snapshot);
  const result = Bitmap.of(snapshot.size, changed);
  const [old, now] = [before.decisions.groups, after.decisions.groups];
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const was = renumbering.set(before.snapshot.groupMembers(name));
    const is = snapshot.groupMembers(name);
    const one = settingsOf(before, old.get(name));
    const other = settingsOf(after, now.get(name));
    if (one === undefined && other === undefined) continue;
    if (one === other) result.orDifference(was, is);
    else result.or(was).or(is);
  }
  return result;
}

/** What a group sets, and how strong it is; undefined where it sets nothing. */
function settingsOf(
  { snapshot: { groups } }: ValueSource,
  group: GroupDecision | undefined,
): string | undefined {
  if (!group || Object.keys(group.values).length === 0) return undefined;
  if (!groups.has(group.name)) return undefined;
  const path = groups.path(group.name);
  const precedence = groups.get(path[0] ?? group.name)?.spec.precedence ?? 0;
  return JSON.stringify([path, precedence, group.values]);
}
