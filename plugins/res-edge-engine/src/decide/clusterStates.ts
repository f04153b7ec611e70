import { Bitmap, keepEqual } from '../bitmap';
import { Column, Snapshot } from '../snapshot';

/** The clusters in a state that changes what is decided for them. @internal */
export interface ClusterStates {
  readonly retired: Bitmap;
  readonly draining: Bitmap;
  /** Neither retired nor draining: new applications may come. */
  readonly open: Bitmap;
}

/** Snapshots that follow one another share a column as long as no state changes. */
const known = new WeakMap<Column, ClusterStates>();

/** @internal */
export function clusterStates(
  snapshot: Snapshot,
  before?: ClusterStates,
): ClusterStates {
  const column = snapshot.facts.field('state');
  let states = known.get(column);
  if (!states) {
    states = statesOf(column);
    known.set(column, states);
  }
  return {
    retired: keepEqual(before?.retired, states.retired),
    draining: keepEqual(before?.draining, states.draining),
    open: keepEqual(before?.open, states.open),
  };
}

function statesOf(column: Column): ClusterStates {
  const retired = column.where(state => state === 'retired');
  const draining = column.where(state => state === 'draining');
  const open = retired.clone().or(draining).not();
  return { retired, draining, open };
}
