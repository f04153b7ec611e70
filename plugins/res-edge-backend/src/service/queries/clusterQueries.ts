import { NotFoundError } from '@backstage/errors';
import {
  ClusterPlacement,
  ClusterPlacements,
  entityRefOf,
  ResourceQuantities,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  formatQuantity,
  parseQuantity,
  resolveClusterValues,
  releaseOn,
  ringOn,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { VisibleFleet } from '../../permissions';
import { FleetView } from '../FleetView';
import { applicationEntity, applicationNames } from './applicationQueries';
import { shownReason } from './shownExplanation';
import { shownHeldChange } from './shownHeldChange';
import { shownValue } from './shownValue';

/** What runs on a cluster and why, what does not and why not, and the values that it resolves. @internal */
export function getClusterPlacements(
  fleet: VisibleFleet,
  name: string,
): ClusterPlacements {
  const { view, groups } = fleet;
  const { snapshot, plan, decisions } = view;
  const number = fleet.numberOf(name);
  if (number === undefined) {
    throw new NotFoundError(`No EdgeCluster '${name}' is registered`);
  }
  const applications = applicationNames(fleet).map(application =>
    toPlacement(fleet, application, name, number),
  );
  return {
    cluster: name,
    shard: view.delivered.shardOf(name),
    groups: [...groups.groupsOf(number)],
    namespaces: [...plan.namespaces]
      .filter(
        ([namespace, clusters]) =>
          clusters.has(number) && fleet.sees('EdgeNamespace', namespace),
      )
      .map(([namespace]) => ({
        name: namespace,
        title: decisions.namespaces.get(namespace)?.entity.metadata.title,
      })),
    applications,
    values: resolveClusterValues(snapshot, decisions, number).values.map(
      value => shownValue(fleet, value),
    ),
    usage: usageOf(view, number, applications),
  };
}

function toPlacement(
  fleet: VisibleFleet,
  name: string,
  cluster: string,
  number: number,
): ClusterPlacement {
  const { view } = fleet;
  const plan = view.plan.applications.get(name);
  const entity = applicationEntity(view, name);
  const merged = view.decisions.applications.get(name)?.entity;
  const version = releaseOn(plan, number)?.release.version;
  const application = {
    application: name,
    ring: merged && ringOn(view.plan, merged, number),
    title: entity?.metadata.title,
    namespace: plan?.namespace ?? entity?.spec.namespace,
    delivered: view.delivered.version(cluster, name),
    held: shownHeldChange(fleet, name, number),
  };
  if (!plan) {
    return {
      ...application,
      state: 'not-targeted',
      reason: whyUnplanned(view, name),
      rule: entityRefOf('EdgeApplication', name),
    };
  }
  if (plan.placed.has(number)) {
    return {
      ...application,
      state: 'placed',
      version,
      reason: `Namespace ${plan.namespace} selects this cluster`,
      rule: fleet.reference(entityRefOf('EdgeNamespace', plan.namespace)),
    };
  }
  const refusal = plan.refusals.find(({ clusters }) => clusters.has(number));
  if (refusal) {
    return {
      ...application,
      state: 'refused',
      version,
      step: refusal.step,
      reason: shownReason(fleet, refusal),
      rule: fleet.reference(refusal.rule),
    };
  }
  const { reason, rule } = whyNoTarget(view, name, plan.namespace, number);
  return {
    ...application,
    state: 'not-targeted',
    step: 'target',
    reason,
    rule: fleet.reference(rule),
  };
}

function whyUnplanned({ decisions }: FleetView, name: string): string {
  return decisions.applications.has(name)
    ? 'The application is in no namespace'
    : 'The application is not merged on main yet';
}

function whyNoTarget(
  { plan, snapshot }: FleetView,
  name: string,
  namespace: string,
  number: number,
): { reason: string; rule: string } {
  if (snapshot.clusters[number].spec.state === 'retired') {
    return {
      reason: 'The cluster is retired',
      rule: entityRefOf('EdgeCluster', snapshot.clusters[number].metadata.name),
    };
  }
  if (!plan.namespaces.get(namespace)?.has(number)) {
    return {
      reason: `Namespace ${namespace} does not select this cluster`,
      rule: `${entityRefOf('EdgeNamespace', namespace)}#spec.selector`,
    };
  }
  return releaseOn(plan.applications.get(name), number)
    ? {
        reason: 'The cluster lacks something that the application requires',
        rule: `${entityRefOf('EdgeApplication', name)}#spec.requires`,
      }
    : {
        reason: 'No version of it has reached the ring of this cluster yet',
        rule: `${entityRefOf('EdgeApplication', name)}#spec.rollout`,
      };
}

const RESOURCES: readonly (keyof ResourceQuantities)[] = [
  'cpu',
  'memory',
  'storage',
  'pods',
];

/** What is requested there in all, beside what there is. */
function usageOf(
  { snapshot, plan }: FleetView,
  number: number,
  applications: readonly ClusterPlacement[],
): NonNullable<ClusterPlacements['usage']> {
  const { capacity = {} } = snapshot.clusters[number].spec;
  const requests = applications
    .filter(({ state }) => state === 'placed')
    .map(({ application }) => {
      const wanted = releaseOn(plan.applications.get(application), number);
      return wanted?.release.requests ?? {};
    });
  return RESOURCES.map(resource => {
    const requested = requests.reduce(
      (sum, request) => sum + quantityOf(request[resource]),
      0n,
    );
    return {
      resource,
      requested: formatQuantity(requested),
      capacity:
        capacity[resource] === undefined
          ? undefined
          : String(capacity[resource]),
    };
  }).filter(
    ({ requested, capacity: available }) =>
      requested !== '0' || available !== undefined,
  );
}

/** What does not parse is a problem of its entity, and counts for nothing here. */
function quantityOf(value: string | number | undefined): bigint {
  if (value === undefined) {
    return 0n;
  }
  try {
    return parseQuantity(value);
  } catch {
    return 0n;
  }
}
