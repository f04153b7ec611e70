import { NotFoundError } from '@backstage/errors';
import {
  ApplicationList,
  ApplicationPlacementPage,
  ApplicationReach,
  EdgeApplicationEntity,
  entityRefOf,
  NamespaceReach,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  ApplicationPlan,
  Bitmap,
  countByHierarchy,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { compareStrings } from '../../util/compareStrings';
import { PageRequest } from '../../util/cursor';
import { pageOf } from '../../util/pageOf';
import { FleetView } from '../FleetView';
import { FleetIndex } from './FleetIndex';
import { countRefused } from './placementCounts';
import { firstNames } from './selectorQueries';

/** Ids of open change requests, by the reference of what they ask for. @internal */
export type OpenIntents = ReadonlyMap<string, string>;

/** All applications, registered or merged, with their reach. @internal */
export function listApplications(
  view: FleetView,
  openIntents: OpenIntents,
): ApplicationList {
  return {
    items: applicationNames(view).map(name => toReach(view, openIntents, name)),
  };
}

/** Where an application runs, or where it is refused and why. @internal */
export function listApplicationPlacements(
  view: FleetView,
  name: string,
  state: 'placed' | 'refused',
  page: PageRequest,
): ApplicationPlacementPage {
  const application = view.plan.applications.get(name);
  if (!application && !applicationNames(view).includes(name)) {
    throw new NotFoundError(`No EdgeApplication '${name}' is registered`);
  }
  const { clusters } = view.snapshot;
  const found = Bitmap.empty(view.snapshot.size);
  if (state === 'placed') {
    found.or(application?.placed ?? found);
  } else {
    application?.refusals.forEach(refusal => found.or(refusal.clusters));
  }
  const numbers: number[] = [];
  found.forEach(number => numbers.push(number));
  const { items, total, nextCursor } = pageOf(
    numbers,
    number => [clusters[number].metadata.name],
    1,
    page,
  );
  return {
    items: items.map(number => {
      const cluster = clusters[number].metadata.name;
      return {
        cluster,
        ...whatIsDecided(application, number),
        delivered: view.delivered.version(cluster, name),
      };
    }),
    total,
    byGroup: countByHierarchy(view.snapshot, found),
    nextCursor,
  };
}

/** The clusters of a namespace, by group, and its applications. @internal */
export function getNamespaceReach(
  view: FleetView,
  openIntents: OpenIntents,
  name: string,
): NamespaceReach {
  const known =
    view.decisions.namespaces.has(name) ||
    FleetIndex.of(view).find('EdgeNamespace', name) !== undefined;
  if (!known) {
    throw new NotFoundError(`No EdgeNamespace '${name}' is registered`);
  }
  const clusters =
    view.plan.namespaces.get(name) ?? Bitmap.empty(view.snapshot.size);
  return {
    clusters: clusters.count(),
    sample: firstNames(view.snapshot, clusters, 20),
    byGroup: countByHierarchy(view.snapshot, clusters),
    applications: applicationNames(view)
      .map(application => toReach(view, openIntents, application))
      .filter(({ namespace }) => namespace === name),
  };
}

/** The applications that are registered or merged, in order. @internal */
export function applicationNames({
  inventory,
  decisions,
}: FleetView): string[] {
  return [
    ...new Set([
      ...inventory.applications.map(({ metadata }) => metadata.name),
      ...decisions.applications.keys(),
    ]),
  ].sort(compareStrings);
}

/** An application as it is registered, or else as it is merged. @internal */
export function applicationEntity(
  view: FleetView,
  name: string,
): EdgeApplicationEntity | undefined {
  const registered = FleetIndex.of(view).find('EdgeApplication', name);
  return registered?.kind === 'EdgeApplication'
    ? registered
    : view.decisions.applications.get(name)?.entity;
}

function toReach(
  view: FleetView,
  openIntents: OpenIntents,
  name: string,
): ApplicationReach {
  const index = FleetIndex.of(view);
  const plan = view.plan.applications.get(name);
  const entity = applicationEntity(view, name);
  const registered = index.find('EdgeApplication', name);
  const releases = view.decisions.applications.get(name)?.releases ?? [];
  return {
    name,
    title: entity?.metadata.title,
    namespace: plan?.namespace ?? entity?.spec.namespace,
    owner: entity?.spec.owner,
    version:
      registered?.kind === 'EdgeApplication'
        ? registered.spec.version
        : undefined,
    mergedVersion: releases[releases.length - 1]?.version,
    targets: plan?.targets.count() ?? 0,
    placed: plan?.placed.count() ?? 0,
    refused: plan ? countRefused(plan) : 0,
    delivered: view.delivered.applicationClusters(name),
    problems: index.problemsOf('EdgeApplication', name).length,
    changeRequest: openIntents.get(entityRefOf('EdgeApplication', name)),
  };
}

function whatIsDecided(
  application: ApplicationPlan | undefined,
  number: number,
): Pick<
  ApplicationPlacementPage['items'][number],
  'version' | 'step' | 'reason'
> {
  if (application?.placed.has(number)) {
    return { version: application.version };
  }
  const refusal = application?.refusals.find(({ clusters }) =>
    clusters.has(number),
  );
  return { step: refusal?.step, reason: refusal?.reason };
}
