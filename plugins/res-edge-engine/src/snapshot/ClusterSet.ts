import { Bitmap } from '../bitmap';
import { Renumbering } from '../bitmap/Renumbering';

/** A few numbers of clusters take less room as a list than as a bitmap. */
const FEW = 32;

/** The clusters with one value: a number alone, a few ascending, or a bitmap of many. @internal */
export type ClusterSet = number | readonly number[] | Bitmap;

/** @internal */
export function clusterSet(
  size: number,
  ascending: readonly number[],
): ClusterSet {
  if (ascending.length === 1) return ascending[0];
  return ascending.length * FEW > size ? Bitmap.of(size, ascending) : ascending;
}

/** @internal */
export function visitClusters(
  set: ClusterSet,
  visit: (number: number) => void,
): void {
  if (typeof set === 'number') visit(set);
  else set.forEach(visit);
}

/** @internal */
export function addClusters(set: ClusterSet, target: Bitmap): void {
  if (set instanceof Bitmap) target.or(set);
  else if (typeof set === 'number') target.add(set);
  else visitClusters(set, number => target.add(number));
}

/** @internal */
export function firstCluster(set: ClusterSet): number | undefined {
  if (typeof set === 'number') return set;
  for (const number of set) return number;
  return undefined;
}

/** The set with these clusters and without those; `undefined` where none is left. @internal */
export function changedSet(
  size: number,
  set: ClusterSet | undefined,
  added: readonly number[],
  removed: readonly number[],
): ClusterSet | undefined {
  if (set instanceof Bitmap) {
    const changed = set.clone();
    for (const number of removed) changed.remove(number);
    for (const number of added) changed.add(number);
    return changed.isEmpty() ? undefined : changed;
  }
  const gone = new Set(removed);
  const rest = (typeof set === 'number' ? [set] : set ?? []).filter(
    number => !gone.has(number),
  );
  const numbers = [...rest, ...added].sort((a, b) => a - b);
  return numbers.length > 0 ? clusterSet(size, numbers) : undefined;
}

/** The set by other numbers; `undefined` where none of its clusters stays. @internal */
export function renumberedSet(
  renumbering: Renumbering,
  set: ClusterSet,
): ClusterSet | undefined {
  if (set instanceof Bitmap) {
    const moved = renumbering.set(set);
    return moved.isEmpty() ? undefined : moved;
  }
  if (typeof set === 'number') {
    const number = renumbering.numberOf(set);
    return number < 0 ? undefined : number;
  }
  const numbers = set
    .map(number => renumbering.numberOf(number))
    .filter(number => number >= 0);
  return numbers.length > 0 ? clusterSet(renumbering.size, numbers) : undefined;
}
