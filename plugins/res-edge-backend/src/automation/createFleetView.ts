import {
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  DeliveredShard,
  HeldChanges,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { InventoryOrigin, InventoryRecord } from '../database';
import { createHoldingView } from './createHoldingView';
import { HeldPlan } from './Holding';
import { FleetView } from '../service/FleetView';
import { originOf } from '../util/originOf';
import { PlannedMain } from './PlannedMain';

/**
 * What the latest run found, for those who ask. Nothing in it changes afterwards.
 *
 * @internal
 */
export function createFleetView(options: {
  planned: PlannedMain;
  /** The last plan that was delivered. */
  planId?: string;
  /** Beside those of snapshot, main and plan. */
  problems: readonly Problem[];
  /** What waits now, by which rules. */
  holding: HeldPlan;
  /** What the last delivery kept back. */
  held: HeldChanges;
}): FleetView {
  const { registration, main, input, plan, delivered } = options.planned;
  return {
    revision: registration.revision,
    inventory: registration.inventory,
    origins: new Map(
      [...registration.records].map(([ref, { origin }]) => [ref, origin]),
    ),
    snapshot: input.snapshot,
    decisions: main.decisions,
    input,
    plan,
    problems: distinct([
      ...input.snapshot.problems,
      ...main.problems,
      ...plan.problems,
      ...originProblems(registration.records.values()),
      ...options.holding.schedule.problems,
      ...options.problems,
    ]),
    delivered: deliveredOf(delivered),
    holding: createHoldingView({
      snapshot: input.snapshot,
      decisions: main.decisions,
      plan: options.holding,
      held: options.held,
    }),
    planId: options.planId,
  };
}

function deliveredOf(
  shards: ReadonlyMap<string, DeliveredShard>,
): FleetView['delivered'] {
  const versions = new Map<string, Map<string, string>>();
  const shardOf = new Map<string, string>();
  const reach = new Map<string, number>();
  for (const { shard, clusters } of shards.values()) {
    for (const [cluster, { bill }] of clusters) {
      shardOf.set(cluster, shard);
      const own = new Map<string, string>();
      for (const { name, version } of bill.applications) {
        own.set(name, version ?? '');
        reach.set(name, (reach.get(name) ?? 0) + 1);
      }
      versions.set(cluster, own);
    }
  }
  return {
    version: (cluster, application) => versions.get(cluster)?.get(application),
    clusters: versions.size,
    shards: shards.size,
    shardOf: cluster => shardOf.get(cluster),
    applicationClusters: application => reach.get(application) ?? 0,
  };
}

/** A name that several origins register: the first has it. */
function originProblems(records: Iterable<InventoryRecord>): Problem[] {
  return [...records].flatMap(({ entity, origin, alsoAt }) =>
    alsoAt.map(other => ({
      entity: entityRefOf(entity.kind, entity.metadata.name),
      field: 'metadata.name',
      message: `is registered twice: ${nameOfOrigin(
        origin,
      )} was first and counts, ${nameOfOrigin(other)} has no effect`,
    })),
  );
}

function nameOfOrigin({ type, location }: InventoryOrigin): string {
  if (type === 'api') return 'the API';
  if (type === 'provider') return `the provider '${location}'`;
  return location === undefined ? 'the catalog' : originOf(location);
}

/** Sorted by entity, each once: what main and an intent both say is one problem. */
function distinct(problems: readonly Problem[]): Problem[] {
  const byKey = new Map(
    problems.map(problem => [
      `${problem.entity}\0${problem.field}\0${problem.message}`,
      problem,
    ]),
  );
  return [...byKey]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, problem]) => problem);
}
