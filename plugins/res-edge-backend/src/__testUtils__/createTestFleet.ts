import { ReadGrants, VisibleFleet } from '../permissions';
import { createTestView } from './testFleet';

/** The grants of a caller who may read everything. @internal */
export const SEES_EVERYTHING: ReadGrants = {
  EdgeApplication: 'all',
  EdgeCluster: 'all',
  EdgeGroup: 'all',
  EdgeNamespace: 'all',
  EdgePolicy: 'all',
};

/** The test fleet as a caller sees it who may read everything, or as these grants say. @internal */
export function createTestFleet(
  grants: Partial<ReadGrants> = {},
  view = createTestView(),
): VisibleFleet {
  return VisibleFleet.of(view, { ...SEES_EVERYTHING, ...grants });
}
