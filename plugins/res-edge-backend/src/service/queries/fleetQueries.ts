import {
  EdgeEntity,
  FleetSummary,
  PlanSummary,
} from '@res-edge/backstage-plugin-res-edge-common';
import { VisibleFleet } from '../../permissions';
import { countRefused } from './placementCounts';

/** Totals of the fleet, its current plan and its delivery. @internal */
export function summarizeFleet(
  fleet: VisibleFleet,
  facts: {
    plan?: PlanSummary;
    openChangeRequests: number;
    delivery: FleetSummary['delivery'];
  },
): FleetSummary {
  const { holding, inventory, plan, snapshot } = fleet.view;
  const byState = new Map<string, number>();
  fleet.clusters.forEach(number => {
    const state = snapshot.clusters[number].spec.state ?? 'active';
    byState.set(state, (byState.get(state) ?? 0) + 1);
  });
  let placed = 0;
  let refused = 0;
  let held = 0;
  for (const application of plan.applications.values()) {
    if (fleet.sees('EdgeApplication', application.name)) {
      placed += fleet.only(application.placed).count();
      refused += countRefused(fleet, application);
      held += fleet.only(holding.clusters(application.name)).count();
    }
  }
  const count = (entities: readonly EdgeEntity[]) =>
    entities.filter(({ kind, metadata }) => fleet.sees(kind, metadata.name))
      .length;
  return {
    clusters: {
      total: fleet.size,
      byState: Object.fromEntries([...byState].sort()),
    },
    groups: count(inventory.groups),
    namespaces: count(inventory.namespaces),
    applications: count(inventory.applications),
    policies: count(inventory.policies),
    placements: { placed, refused, held },
    problems: fleet.problems.length,
    openChangeRequests: facts.openChangeRequests,
    plan: facts.plan,
    delivery: shownDelivery(fleet, facts.delivery),
  };
}

/** What is delivered to visible clusters. */
function shownDelivery(
  fleet: VisibleFleet,
  delivery: FleetSummary['delivery'],
): FleetSummary['delivery'] {
  if (fleet.seesAll('EdgeCluster')) {
    return { ...delivery, message: fleet.text(delivery.message) };
  }
  const { snapshot, delivered } = fleet.view;
  const shards = new Set<string>();
  let clusters = 0;
  fleet.clusters.forEach(number => {
    const shard = delivered.shardOf(snapshot.clusters[number].metadata.name);
    if (shard !== undefined) {
      shards.add(shard);
      clusters++;
    }
  });
  return {
    ...delivery,
    shards: shards.size,
    clusters,
    message: fleet.text(delivery.message),
  };
}
