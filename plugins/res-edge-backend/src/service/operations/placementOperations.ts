import { foundVersions } from '../../automation/foundVersion';
import {
  explainPlacement,
  getClusterPlacements,
  getNamespaceReach,
  listApplicationPlacements,
  listApplications,
} from '../queries';
import { pageRequest } from './pageRequest';
import { AreaOperations, OperationOptions } from './Operations';
import { VisiblePlans } from './VisiblePlans';

/** What is placed where, and why. @internal */
export function placementOperations(
  options: OperationOptions,
): AreaOperations<
  | 'getClusterPlacements'
  | 'listApplications'
  | 'listApplicationPlacements'
  | 'getNamespaceReach'
  | 'explain'
> {
  return {
    async getClusterPlacements({ path, access }) {
      return getClusterPlacements(access.fleet(), path.name);
    },
    async listApplications({ access }) {
      return listApplications(
        access.fleet(),
        await VisiblePlans.of(options, access).openIntents(),
        await foundVersions(options.polls),
      );
    },
    async listApplicationPlacements({ path, query, access }) {
      return listApplicationPlacements(
        access.fleet(),
        path.name,
        query.state ?? 'placed',
        pageRequest(query),
      );
    },
    async getNamespaceReach({ path, access }) {
      return getNamespaceReach(
        access.fleet(),
        await VisiblePlans.of(options, access).openIntents(),
        path.name,
        await foundVersions(options.polls),
      );
    },
    async explain({ query, access }) {
      return explainPlacement(access.fleet(), query.application, query.cluster);
    },
  };
}
