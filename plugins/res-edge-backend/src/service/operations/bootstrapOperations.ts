import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  BootstrapOptions,
  renderBootstrap,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { artifactRepository } from '../../automation/shardArtifacts';
import { MOVING_TAG } from '../../oci';
import { PullOptions } from '../../readPullOptions';
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
      const transport = query.transport ?? pull.transport;
      const shard = delivered.shardOf(name);
      if (shard === undefined) {
        throw new ConflictError(
          `EdgeCluster '${name}' has no shard yet; the next run of the automation gives it one`,
        );
      }
      const registered = snapshot.clusters[number].spec.gitops;
      const engine = query.engine ?? registered ?? pull.engine;
      const { url, secret, artifact } =
        transport === 'oci'
          ? artifactSource(pull, name, shard)
          : gitSource(pull);
      const options = {
        ...{ cluster: name, engine, url, secret },
        branch: `delivery/${shard}`,
      };
      const { statusUrl } = pull;
      return {
        ...options,
        ...{ transport, tag: artifact?.tag },
        files: renderBootstrap({ ...options, artifact, statusUrl }),
      };
    },
  };
}

/** From where a cluster reads. */
type Source = Pick<BootstrapOptions, 'url' | 'secret' | 'artifact'>;

function gitSource({ url, secret }: PullOptions): Source {
  if (url === undefined) {
    throw new ConflictError(
      'resEdge.delivery.url is not configured: it says from which Git repository clusters pull',
    );
  }
  return { url, secret };
}

function artifactSource(
  { artifacts }: PullOptions,
  cluster: string,
  shard: string,
): Source {
  if (artifacts === undefined) {
    throw new ConflictError(
      'resEdge.delivery.oci is not configured: it says where artifacts are pushed',
    );
  }
  const { per, pullUrl, secret, insecure } = artifacts;
  const name = per === 'shard' ? shard : cluster;
  return {
    ...{ url: `${pullUrl}/${artifactRepository(per, name)}`, secret },
    artifact: { tag: MOVING_TAG, insecure },
  };
}
