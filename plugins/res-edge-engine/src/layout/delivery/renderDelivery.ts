import { entityRefOf } from '@res-edge/backstage-plugin-res-edge-common';
import {
  Bill,
  BuiltSource,
  Decisions,
  DeliveredShard,
  DeliveryRendering,
  FileMap,
  Plan,
} from '../../model';
import { resolveClusterValues } from '../../values';
import { byCodeUnit } from '../format/digest';
import { billText } from './bill';
import { composeCluster, ComposedCluster } from './ClusterComposer';
import { clusterValues, valuesText } from './clusterValues';
import {
  fleetRevisions,
  PlacedApplication,
  PlacedGroup,
  PlacedRevision,
} from './FleetRevisions';
import { MissingReport } from './MissingReport';
import { ShardWriter } from './ShardWriter';

/** What {@link renderDelivery} reads. @public */
export interface DeliveryInput {
  /** All files of main. */
  readonly main: FileMap;
  readonly decisions: Decisions;
  readonly plan: Plan;
  /** By key of {@link releaseBuilds}; a key that is missing breaks that release alone. */
  readonly built: ReadonlyMap<string, BuiltSource>;
  /** The shard of each cluster. */
  readonly shards: ReadonlyMap<string, string>;
  /** What each branch holds now; a shard that is missing is a new branch. */
  readonly delivered: ReadonlyMap<string, DeliveredShard>;
}

interface WantedHere {
  readonly namespaces: PlacedRevision[];
  readonly applications: PlacedApplication[];
  readonly groups: PlacedGroup[];
}

const NOTHING: WantedHere = { namespaces: [], applications: [], groups: [] };

/**
 * What the delivery branches must change to hold what a plan says. Revisions are made once, and bills compared by
 * their hash with what is delivered: what does not differ is not there. Revisions that no bill names any more stay.
 *
 * @public
 */
export function renderDelivery(input: DeliveryInput): DeliveryRendering {
  const { plan, decisions, shards, delivered } = input;
  const { snapshot } = plan;
  const revisions = fleetRevisions(input);
  const missing = new MissingReport();
  const wanted = wantedByCluster(snapshot.size, revisions);
  const keys = new Set(
    revisions.applications.flatMap(({ revision }) => [
      ...(revision?.clusterKeys.keys() ?? []),
    ]),
  );
  const factKeys = [...keys].filter(key => key.includes('.')).sort(byCodeUnit);

  const writers = new Map<string, ShardWriter>();
  const writerOf = (shard: string) => {
    const writer =
      writers.get(shard) ?? new ShardWriter(shard, delivered.get(shard));
    writers.set(shard, writer);
    return writer;
  };
  for (const shard of delivered.keys()) writerOf(shard);

  snapshot.clusters.forEach((entity, number) => {
    const { name } = entity.metadata;
    const retired = entity.spec.state === 'retired';
    const shard = shards.get(name) ?? shardWith(delivered, name);
    if (shard === undefined) {
      if (retired) return;
      missing.add([
        {
          entity: entityRefOf('EdgeCluster', name),
          field: '',
          message: 'has no shard, so that nothing is delivered to it',
        },
      ]);
      return;
    }
    const writer = writerOf(shard);
    // Its bill becomes empty, so that what runs there goes; its folder goes with its registration.
    const here = retired ? NOTHING : wanted[number];
    const wantedFacts = factKeys.filter(key =>
      here.applications.some(({ revision }) => revision?.clusterKeys.has(key)),
    );
    const resolved = resolveClusterValues(snapshot, decisions, number);
    missing.add(resolved.problems);
    const values = clusterValues(entity, resolved.values, wantedFacts);
    const composed = composeCluster(
      { entity, ...here, values, delivered: writer.deliveredCluster(name) },
      (application, reason) => missing.application(application, reason, name),
    );
    const text = valuesText(name, values, composed.keptLines);
    writer.write(billOf(composed), {
      bill: billText(composed.content),
      values: text,
      revisions: composed.revisions,
    });
  });

  const rendered = [...writers.values()]
    .sort((a, b) => byCodeUnit(a.shard, b.shard))
    .map(writer => writer.finish())
    .filter(({ changes }) => changes.length > 0);
  return {
    shards: rendered,
    problems: [...revisions.problems, ...missing.problems()],
  };
}

/** The branch that has a cluster which main no longer gives a shard. */
function shardWith(
  delivered: ReadonlyMap<string, DeliveredShard>,
  cluster: string,
): string | undefined {
  for (const { shard, clusters } of delivered.values()) {
    if (clusters.has(cluster)) return shard;
  }
  return undefined;
}

/** Turns sets of clusters into lists for each cluster, in the order of the revisions. */
function wantedByCluster(
  size: number,
  revisions: ReturnType<typeof fleetRevisions>,
): WantedHere[] {
  const wanted = Array.from(
    { length: size },
    (): WantedHere => ({ namespaces: [], applications: [], groups: [] }),
  );
  for (const placed of revisions.namespaces) {
    for (const number of placed.clusters)
      wanted[number].namespaces.push(placed);
  }
  for (const placed of revisions.applications) {
    for (const number of placed.clusters)
      wanted[number].applications.push(placed);
  }
  for (const placed of revisions.groups) {
    for (const number of placed.clusters) wanted[number].groups.push(placed);
  }
  return wanted;
}

function billOf({ content }: ComposedCluster): Bill {
  const { cluster, namespaces, applications, groups } = content;
  return { cluster, namespaces, applications, groups };
}
