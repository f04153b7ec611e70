import {
  BillEntry,
  DeliveredShard,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { DeliveredView } from '../service/FleetView';

type Clusters = DeliveredShard['clusters'];
type Entries = readonly BillEntry[];
type Revisions = DeliveredShard['revisions'];

const NONE: Entries = [];
const APPLICATION_REVISION = /^apps\/([^/]+)\/revisions\//;

/** The applications with any revision, by the revisions of a shard; read once, because a shard never changes. */
const applicationNames = new WeakMap<Revisions, ReadonlySet<string>>();

/** How many clusters of a shard have each application; counted once, because a shard never changes. */
const counted = new WeakMap<Clusters, ReadonlyMap<string, number>>();

/**
 * What the delivery branches hold, for those who ask. It looks into bills when it is asked.
 *
 * @param shards - the shard of each cluster, as main says
 * @internal
 */
export function createDeliveredView(
  delivered: ReadonlyMap<string, DeliveredShard>,
  shards: ReadonlyMap<string, string>,
): DeliveredView {
  const all = [...delivered.values()];
  const shardWith = (cluster: string): DeliveredShard | undefined => {
    const named = delivered.get(shards.get(cluster) ?? '');
    return named?.clusters.has(cluster)
      ? named
      : all.find(({ clusters }) => clusters.has(cluster));
  };
  const applications = (cluster: string): Entries =>
    shardWith(cluster)?.clusters.get(cluster)?.bill.applications ?? NONE;
  const entry = (cluster: string, application: string) =>
    entryOf(applications(cluster), application);
  return {
    version: (cluster, application) => {
      const found = entry(cluster, application);
      return found && (found.version ?? '');
    },
    applications,
    entry,
    entries: application => entriesOf(all, application),
    hasRevision: (cluster, application, revision) =>
      shardWith(cluster)?.revisions.has(
        `apps/${application}/revisions/${revision}`,
      ) ?? false,
    hasRevisions: (cluster, application) => {
      const shard = shardWith(cluster);
      return shard !== undefined && namesOf(shard.revisions).has(application);
    },
    clusters: all.reduce((sum, { clusters }) => sum + clusters.size, 0),
    shards: delivered.size,
    shardOf: cluster => shardWith(cluster)?.shard,
    applicationClusters: application =>
      all.reduce(
        (sum, { clusters }) =>
          sum + (applicationCounts(clusters).get(application) ?? 0),
        0,
      ),
  };
}

function entryOf(entries: Entries, application: string) {
  return entries.find(({ name }) => name === application);
}

function* entriesOf(
  shards: readonly DeliveredShard[],
  application: string,
): Generator<readonly [string, BillEntry]> {
  // Clusters that are told to run the same share their lines.
  const known = new Map<Entries, BillEntry | undefined>();
  for (const { clusters } of shards) {
    for (const [cluster, { bill }] of clusters) {
      const { applications } = bill;
      let entry = known.get(applications);
      if (!entry && !known.has(applications)) {
        entry = entryOf(applications, application);
        known.set(applications, entry);
      }
      if (entry) yield [cluster, entry];
    }
  }
}

function namesOf(revisions: Revisions): ReadonlySet<string> {
  let names = applicationNames.get(revisions);
  if (!names) {
    const found = new Set<string>();
    for (const path of revisions) {
      const name = APPLICATION_REVISION.exec(path)?.[1];
      if (name !== undefined) found.add(name);
    }
    applicationNames.set(revisions, (names = found));
  }
  return names;
}

function applicationCounts(clusters: Clusters): ReadonlyMap<string, number> {
  const known = counted.get(clusters);
  if (known) return known;
  const counts = new Map<string, number>();
  for (const { bill } of clusters.values()) {
    for (const { name } of bill.applications)
      counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  counted.set(clusters, counts);
  return counts;
}
