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
  releaseOn,
  ringOn,
} from '@res-edge/backstage-plugin-res-edge-engine';
import {
  FoundVersions,
  polledSource,
  withFoundVersion,
} from '../../automation/foundVersion';
import { SourcePollRecord } from '../../database';
import { compareStrings } from '../../util/compareStrings';
import { PageRequest } from '../../util/cursor';
import { pageOf } from '../../util/pageOf';
import { FleetView } from '../FleetView';
import { VisibleFleet } from '../../permissions';
import { FleetIndex } from './FleetIndex';
import { shownReason } from './shownExplanation';
import { shownHeldChange } from './shownHeldChange';
import { countDelivered, countRefused } from './placementCounts';
import { ringsReached } from './ringsReached';
import { firstNames } from './selectorQueries';

/** Ids of open change requests, by the reference of what they ask for. @internal */
export type OpenIntents = ReadonlyMap<string, string>;

const NOTHING_FOUND: FoundVersions = new Map();

/** All applications, registered or merged, with their reach and what polling found. @internal */
export function listApplications(
  fleet: VisibleFleet,
  openIntents: OpenIntents,
  found = NOTHING_FOUND,
): ApplicationList {
  return {
    items: applicationNames(fleet).map(name =>
      toReach(fleet, openIntents, name, found),
    ),
  };
}

/** Where an application runs, where it is refused and why, or where a change of it waits and what for. @internal */
export function listApplicationPlacements(
  fleet: VisibleFleet,
  name: string,
  state: 'placed' | 'refused' | 'held',
  page: PageRequest,
): ApplicationPlacementPage {
  const { snapshot, plan, delivered, holding } = fleet.view;
  const application = plan.applications.get(name);
  if (!applicationNames(fleet).includes(name)) {
    throw new NotFoundError(`No EdgeApplication '${name}' is registered`);
  }
  const { clusters } = snapshot;
  const entity = fleet.view.decisions.applications.get(name)?.entity;
  const decided = Bitmap.empty(snapshot.size);
  if (state === 'placed') {
    decided.or(application?.placed ?? decided);
  } else if (state === 'held') {
    decided.or(holding.clusters(name));
  } else {
    application?.refusals.forEach(refusal => decided.or(refusal.clusters));
  }
  const found = fleet.only(decided);
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
        ring: entity && ringOn(plan, entity, number),
        ...whatIsDecided(fleet, application, number),
        delivered: delivered.version(cluster, name),
        held: shownHeldChange(fleet, name, number),
      };
    }),
    total,
    byGroup: countByHierarchy(fleet, found),
    nextCursor,
  };
}

/** The clusters of a namespace, by group, and its applications. @internal */
export function getNamespaceReach(
  fleet: VisibleFleet,
  openIntents: OpenIntents,
  name: string,
  found = NOTHING_FOUND,
): NamespaceReach {
  const { decisions, plan, snapshot } = fleet.view;
  const known =
    decisions.namespaces.has(name) ||
    FleetIndex.of(fleet.view).find('EdgeNamespace', name) !== undefined;
  if (!known || !fleet.sees('EdgeNamespace', name)) {
    throw new NotFoundError(`No EdgeNamespace '${name}' is registered`);
  }
  const clusters = fleet.only(
    plan.namespaces.get(name) ?? Bitmap.empty(snapshot.size),
  );
  return {
    clusters: clusters.count(),
    sample: firstNames(snapshot, clusters, 20),
    byGroup: countByHierarchy(fleet, clusters),
    applications: applicationNames(fleet)
      .map(application => toReach(fleet, openIntents, application, found))
      .filter(({ namespace }) => namespace === name),
  };
}

/** The applications that are registered or merged, in order. @internal */
export function applicationNames(fleet: VisibleFleet): string[] {
  const { inventory, decisions } = fleet.view;
  return [
    ...new Set([
      ...inventory.applications.map(({ metadata }) => metadata.name),
      ...decisions.applications.keys(),
    ]),
  ]
    .filter(name => fleet.sees('EdgeApplication', name))
    .sort(compareStrings);
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
  fleet: VisibleFleet,
  openIntents: OpenIntents,
  name: string,
  found: FoundVersions,
): ApplicationReach {
  const { view } = fleet;
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
    ...(registered?.kind === 'EdgeApplication' &&
      askedVersion(registered, found.get(name))),
    mergedVersion: releases[releases.length - 1]?.version,
    ...ringsReached(fleet, name),
    targets: plan ? fleet.only(plan.targets).count() : 0,
    placed: plan ? fleet.only(plan.placed).count() : 0,
    refused: plan ? countRefused(fleet, plan) : 0,
    held: fleet.only(view.holding.clusters(name)).count(),
    delivered: countDelivered(fleet, name),
    problems: index.problemsOf('EdgeApplication', name).length,
    changeRequest: openIntents.get(entityRefOf('EdgeApplication', name)),
  };
}

/** The version that is asked for, and how newer ones are looked for. */
function askedVersion(
  entity: EdgeApplicationEntity,
  record: SourcePollRecord | undefined,
): Pick<ApplicationReach, 'version' | 'poll'> {
  const { version } = withFoundVersion(entity, record).spec;
  const { poll } = entity.spec.source;
  if (!poll) return { version };
  const { range } = poll;
  if (record?.source !== polledSource(entity)) {
    return { version, poll: { range } };
  }
  const { found, foundAt, polledAt, nextAt, error } = record!;
  return {
    version,
    poll: { range, found, foundAt, polledAt, nextAt, error },
  };
}

function whatIsDecided(
  fleet: VisibleFleet,
  application: ApplicationPlan | undefined,
  number: number,
): Pick<
  ApplicationPlacementPage['items'][number],
  'version' | 'step' | 'reason'
> {
  if (application?.placed.has(number)) {
    return { version: releaseOn(application, number)?.release.version };
  }
  const refusal = application?.refusals.find(({ clusters }) =>
    clusters.has(number),
  );
  return refusal
    ? { step: refusal.step, reason: shownReason(fleet, refusal) }
    : {};
}
