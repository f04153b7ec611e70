import { Bitmap, keepEqual } from '../bitmap';
import { Snapshot } from '../snapshot';

/** The clusters in a state that changes what is decided for them. @internal */
export interface ClusterStates {
  readonly retired: Bitmap;
  readonly draining: Bitmap;
  /** Neither retired nor draining: new applications may come. */
  readonly open: Bitmap;
}

/** @internal */
export function clusterStates(
  snapshot: Snapshot,
  before?: ClusterStates,
): ClusterStates {
  const column = snapshot.facts.field('state');
  const retired = column.where(state => state === 'retired');
  const draining = column.where(state => state === 'draining');
  const open = retired.clone().or(draining).not();
  return {
    retired: keepEqual(before?.retired, retired),
    draining: keepEqual(before?.draining, draining),
    open: keepEqual(before?.open, open),
  };
}
