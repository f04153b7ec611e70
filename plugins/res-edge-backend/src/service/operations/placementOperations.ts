import { foundVersions } from '../../automation/foundVersion';
import { ChangeEtas } from '../ChangeEtas';
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
  const etas = ChangeEtas.create(options);
  return {
    async getClusterPlacements({ path: { name }, access }) {
      const fleet = access.fleet();
      const found = getClusterPlacements(fleet, name);
      return {
        ...found,
        applications: await etas.add(fleet, name, found.applications),
      };
    },
    async listApplications({ access }) {
      return listApplications(
        access.fleet(),
        await VisiblePlans.of(options, access).openIntents(),
        await foundVersions(options.polls),
      );
    },
    async listApplicationPlacements({ path, query, access }) {
      const fleet = access.fleet();
      const found = listApplicationPlacements(
        fleet,
        path.name,
        query.state ?? 'placed',
        pageRequest(query),
      );
      const numbers = found.items.flatMap(
        ({ cluster }) => fleet.numberOf(cluster) ?? [],
      );
      const etaOn = await etas.of(fleet, [path.name], numbers);
      return {
        ...found,
        items: found.items.map((item, i) => ({
          ...item,
          eta: etaOn(path.name, numbers[i]),
        })),
      };
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
      const { application, cluster } = query;
      const fleet = access.fleet();
      const found = explainPlacement(fleet, application, cluster);
      const [{ eta }] = await etas.add(fleet, cluster, [{ application }]);
      return { ...found, eta };
    },
  };
}
