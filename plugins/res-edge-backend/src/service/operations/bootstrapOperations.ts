import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  entityRefOf,
  Problem,
  WindowSpec,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  BootstrapOptions,
  findMaintenance,
  GitOpsEngine,
  renderBootstrap,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { artifactRepository } from '../../automation/shardArtifacts';
import { MOVING_TAG } from '../../oci';
import { VisibleFleet } from '../../permissions';
import { PullOptions, pullUrlOf } from '../../readPullOptions';
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
          : gitSource(pull, shard);
      const options = {
        ...{ cluster: name, engine, url, secret },
        branch: `delivery/${shard}`,
      };
      const { statusUrl, maintenanceImage } = pull;
      const { maintenance, problems } = maintenanceOf(fleet, number, {
        ...{ engine, maintenanceImage },
      });
      return {
        ...options,
        ...{ transport, tag: artifact?.tag },
        files: renderBootstrap({
          ...{ ...options, artifact, statusUrl },
          ...{ maintenance, maintenanceImage },
        }),
        ...(problems.length > 0 && { problems: [...problems] }),
      };
    },
  };
}

/** From where a cluster reads. */
type Source = Pick<BootstrapOptions, 'url' | 'secret' | 'artifact'>;

function gitSource(pull: PullOptions, shard: string): Source {
  const url = pullUrlOf(pull, shard);
  if (url === undefined) {
    throw new ConflictError(
      'resEdge.delivery.url is not configured: it says from which Git repository clusters pull',
    );
  }
  return { url, secret: pull.secret };
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

/** What the cluster keeps of its windows by itself. */
function maintenanceOf(
  fleet: VisibleFleet,
  number: number,
  {
    engine,
    maintenanceImage,
  }: { engine: GitOpsEngine; maintenanceImage?: string },
) {
  const windows = windowsOn(fleet, number);
  const { timeZone = 'UTC', hours } = fleet.view.snapshot.clusters[number].spec;
  const found = findMaintenance(windows, { timeZone, hours });
  const { maintenance } = found;
  const problems: Problem[] = [...found.problems];
  if (maintenance && engine === 'flux' && maintenanceImage === undefined)
    problems.push({
      entity: entityRefOf('EdgePolicy', [...windows.keys()][0]),
      field: 'spec.onCluster',
      message:
        'resEdge.delivery.maintenanceImage is not configured: nothing on the cluster could keep to it',
    });
  return { maintenance, problems: fleet.shownProblems(problems) };
}

/** Windows that the cluster shall keep by itself: of the namespaces that reach it. */
function windowsOn(
  { view: { decisions, plan } }: VisibleFleet,
  cluster: number,
): Map<string, WindowSpec> {
  const windows = new Map<string, WindowSpec>();
  for (const [name, { entity }] of decisions.namespaces) {
    if (!plan.namespaces.get(name)?.has(cluster)) continue;
    for (const policy of entity.spec.policies ?? []) {
      const spec = decisions.policies.get(policy)?.spec;
      if (spec?.type === 'window' && spec.onCluster) windows.set(policy, spec);
    }
  }
  return windows;
}
