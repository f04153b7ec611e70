import { ConflictError, NotFoundError } from '@backstage/errors';
import { renderBootstrap } from '@res-edge/backstage-plugin-res-edge-engine';
import { AreaOperations, OperationOptions } from './Operations';

/** What has to be done on clusters themselves. @internal */
export function bootstrapOperations({
  pull,
}: OperationOptions): AreaOperations<'getClusterBootstrap'> {
  return {
    async getClusterBootstrap({ path: { name }, query, access }) {
      const fleet = access.fleet();
      const { snapshot, delivered } = fleet.view;
      const number = fleet.numberOf(name);
      if (number === undefined) {
        throw new NotFoundError(`No EdgeCluster '${name}' is registered`);
      }
      const { url, secret } = pull;
      if (url === undefined) {
        throw new ConflictError(
          'resEdge.delivery.url is not configured: it says from which Git repository clusters pull',
        );
      }
      const shard = delivered.shardOf(name);
      if (shard === undefined) {
        throw new ConflictError(
          `EdgeCluster '${name}' has no shard yet; the next run of the automation gives it one`,
        );
      }
      const branch = `delivery/${shard}`;
      const registered = snapshot.clusters[number].spec.gitops;
      const engine = query.engine ?? registered ?? pull.engine;
      const options = { cluster: name, engine, url, branch, secret };
      return { ...options, files: renderBootstrap(options) };
    },
  };
}
