import {
  explainPlacement,
  getClusterPlacements,
  getNamespaceReach,
  listApplicationPlacements,
  listApplications,
} from '../queries';
import { pageRequest } from './pageRequest';
import { OperationContext } from './OperationContext';
import { AreaOperations } from './Operations';

/** What is placed where, and why. @internal */
export function placementOperations({
  view,
  openIntents,
}: OperationContext): AreaOperations<
  | 'getClusterPlacements'
  | 'listApplications'
  | 'listApplicationPlacements'
  | 'getNamespaceReach'
  | 'explain'
> {
  return {
    async getClusterPlacements({ path }) {
      return getClusterPlacements(view(), path.name);
    },
    async listApplications() {
      return listApplications(view(), await openIntents());
    },
    async listApplicationPlacements({ path, query }) {
      return listApplicationPlacements(
        view(),
        path.name,
        query.state ?? 'placed',
        pageRequest(query),
      );
    },
    async getNamespaceReach({ path }) {
      return getNamespaceReach(view(), await openIntents(), path.name);
    },
    async explain({ query }) {
      return explainPlacement(view(), query.application, query.cluster);
    },
  };
}
