import { NotFoundError } from '@backstage/errors';
import {
  ApplicationStatusPage,
  ClusterStatus,
  FleetStatusSummary,
  ReportedApplication,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  ApplicationReport,
  ApplicationState,
  BillEntry,
  Bitmap,
  countByHierarchy,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { VisibleFleet } from '../../permissions';
import { compareStrings } from '../../util/compareStrings';
import { PageRequest } from '../../util/cursor';
import { pageOf } from '../../util/pageOf';
import { applicationEntity, applicationNames } from './applicationQueries';
import {
  ApplicationStates,
  applicationStates,
  noStates,
  ReadStatus,
  stateOf,
} from './applicationStates';

/** Of a large fleet, counting takes at most this share of the time, however many ask. */
const MAX_SHARE = 0.05;
/** What takes less, in milliseconds, is counted each time. */
const CHEAP = 50;

const counted = new WeakMap<
  VisibleFleet,
  { readonly until: number; readonly summary: FleetStatusSummary }
>();

/** How many clusters are heard of, and how many have what is wanted of each application. @internal */
export function getFleetStatus(
  fleet: VisibleFleet,
  status: ReadStatus,
): FleetStatusSummary {
  const start = performance.now();
  const known = counted.get(fleet);
  if (known && start < known.until) return known.summary;
  const summary = countFleet(fleet, status);
  const end = performance.now();
  if (end - start > CHEAP) {
    counted.set(fleet, { until: end + (end - start) / MAX_SHARE, summary });
  }
  return summary;
}

function countFleet(
  fleet: VisibleFleet,
  status: ReadStatus,
): FleetStatusSummary {
  const { snapshot, delivered } = fleet.view;
  const clusters = { fresh: 0, awaited: 0, stale: 0, offline: 0, unknown: 0 };
  const counts = new Map(
    applicationNames(fleet).map(name => [name, noStates()]),
  );
  fleet.clusters.forEach(number => {
    const cluster = snapshot.clusters[number].metadata.name;
    if (delivered.shardOf(cluster) === undefined) return;
    const freshness = status.freshness(cluster);
    clusters[freshness]++;
    for (const entry of delivered.applications(cluster)) {
      const states = counts.get(entry.name);
      if (states) states[stateOf(status, cluster, entry, freshness)]++;
    }
  });
  return {
    clusters,
    applications: [...counts].map(([application, states]) => ({
      application,
      title: applicationEntity(fleet.view, application)?.metadata.title,
      counts: states,
    })),
  };
}

/** What a cluster is told to run, and what it reports. @internal */
export function getClusterStatus(
  fleet: VisibleFleet,
  status: ReadStatus,
  name: string,
): ClusterStatus {
  const { delivered } = fleet.view;
  if (fleet.numberOf(name) === undefined) {
    throw new NotFoundError(`No EdgeCluster '${name}' is registered`);
  }
  const wanted = new Map(
    delivered
      .applications(name)
      .filter(entry => fleet.sees('EdgeApplication', entry.name))
      .map(entry => [entry.name, entry]),
  );
  const left = [...status.reportsOf(name).reports]
    .filter(
      ([application, { condition }]) =>
        condition !== 'removed' &&
        application !== '' &&
        !wanted.has(application) &&
        fleet.sees('EdgeApplication', application),
    )
    .map(([application]) => application);
  const counts = noStates();
  const applications = [...wanted.keys(), ...left]
    .sort(compareStrings)
    .map(application => {
      const entry = wanted.get(application);
      const state = entry ? stateOf(status, name, entry) : 'behind';
      if (entry) counts[state]++;
      const entity = applicationEntity(fleet.view, application);
      return {
        application,
        title: entity?.metadata.title,
        namespace: entry?.namespace ?? entity?.spec.namespace,
        revision: entry?.revision,
        version: entry?.version,
        state,
        reported: toReported(
          fleet,
          application,
          status.report(name, application),
        ),
      };
    });
  const build = status.ownBuild(name);
  return {
    cluster: name,
    shard: delivered.shardOf(name),
    freshness: status.freshness(name),
    heardAt: toTime(status.heardAt(name)),
    build: build && {
      commit: build.revision,
      condition: build.condition,
      at: toTime(build.at),
      message: fleet.text(build.message),
    },
    counts,
    applications,
  };
}

/** On how many clusters an application is as it is wanted, by group, and one page of those in a state. @internal */
export function getApplicationStatus(
  fleet: VisibleFleet,
  status: ReadStatus,
  name: string,
  state: ApplicationState | 'drift' | undefined,
  page: PageRequest,
): ApplicationStatusPage {
  if (!applicationNames(fleet).includes(name)) {
    throw new NotFoundError(`No EdgeApplication '${name}' is registered`);
  }
  const { snapshot } = fleet.view;
  const states = applicationStates(fleet, status, name);
  const counts = noStates();
  for (const [each, clusters] of states.clusters)
    counts[each] = clusters.count();
  const numbers = [...asked(states, snapshot.size, state)];
  const { items, total, nextCursor } = pageOf(
    numbers,
    number => [snapshot.clusters[number].metadata.name],
    1,
    page,
  );
  return {
    application: name,
    counts,
    byGroup: countStatesByGroup(fleet, states),
    items: items.map(number => {
      const { metadata } = snapshot.clusters[number];
      const entry = states.entries.get(number)!;
      return {
        cluster: metadata.name,
        title: metadata.title,
        state: stateOf(status, metadata.name, entry),
        freshness: status.freshness(metadata.name),
        heardAt: toTime(status.heardAt(metadata.name)),
        revision: entry.revision,
        version: entry.version,
        reported: toReported(fleet, name, status.report(metadata.name, name)),
      };
    }),
    total,
    nextCursor,
  };
}

function asked(
  { clusters, entries }: ApplicationStates,
  size: number,
  state: ApplicationState | 'drift' | undefined,
): Bitmap {
  const all = Bitmap.of(size, entries.keys());
  if (state === undefined) return all;
  return state === 'drift'
    ? all.andNot(clusters.get('current')!)
    : clusters.get(state)!;
}

function countStatesByGroup(
  fleet: VisibleFleet,
  { clusters }: ApplicationStates,
): ApplicationStatusPage['byGroup'] {
  const groups = new Map<string, ApplicationStatusPage['byGroup'][number]>();
  for (const [state, members] of clusters) {
    for (const { group, title, hierarchy, count } of countByHierarchy(
      fleet,
      members,
    )) {
      const row = groups.get(group) ?? {
        group,
        title,
        hierarchy,
        counts: noStates(),
      };
      row.counts[state] = count;
      groups.set(group, row);
    }
  }
  return [...groups.values()].sort(
    (one, other) =>
      compareStrings(one.hierarchy ?? '', other.hierarchy ?? '') ||
      compareStrings(one.group, other.group),
  );
}

function toReported(
  fleet: VisibleFleet,
  application: string,
  report: ApplicationReport | undefined,
): ReportedApplication | undefined {
  if (!report) return undefined;
  return {
    revision: report.revision,
    version: versionsOf(fleet, application).get(report.revision),
    condition: report.condition,
    at: toTime(report.at),
    message: fleet.text(report.message),
  };
}

const versions = new WeakMap<
  VisibleFleet['view'],
  Map<string, ReadonlyMap<string, string>>
>();

/** The versions of an application's revisions, as bills name them; read once for each view. */
function versionsOf(
  { view }: VisibleFleet,
  application: string,
): ReadonlyMap<string, string> {
  let known = versions.get(view);
  if (!known) versions.set(view, (known = new Map()));
  let found = known.get(application);
  if (!found) {
    const distinct = new Map<string, BillEntry>();
    for (const [, entry] of view.delivered.entries(application))
      distinct.set(entry.revision, entry);
    found = new Map(
      [...distinct].flatMap(([revision, { version }]) =>
        version === undefined ? [] : [[revision, version]],
      ),
    );
    known.set(application, found);
  }
  return found;
}

function toTime(milliseconds: number): string;
function toTime(milliseconds: number | undefined): string | undefined;
function toTime(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined
    ? undefined
    : new Date(milliseconds).toISOString();
}
