import {
  FleetSummary,
  PlanSummary,
} from '@res-edge/backstage-plugin-res-edge-common';
import { FleetView } from '../FleetView';
import { FleetIndex } from './FleetIndex';
import { countRefused } from './placementCounts';

/** Totals of the fleet, its current plan and its delivery. @internal */
export function summarizeFleet(
  view: FleetView,
  facts: {
    plan?: PlanSummary;
    openChangeRequests: number;
    delivery: FleetSummary['delivery'];
  },
): FleetSummary {
  const { inventory, plan } = view;
  const byState = new Map<string, number>();
  for (const { spec } of inventory.clusters) {
    const state = spec.state ?? 'active';
    byState.set(state, (byState.get(state) ?? 0) + 1);
  }
  let placed = 0;
  let refused = 0;
  for (const application of plan.applications.values()) {
    placed += application.placed.count();
    refused += countRefused(application);
  }
  return {
    clusters: {
      total: inventory.clusters.length,
      byState: Object.fromEntries([...byState].sort()),
    },
    groups: inventory.groups.length,
    namespaces: inventory.namespaces.length,
    applications: inventory.applications.length,
    policies: inventory.policies.length,
    placements: { placed, refused },
    problems: FleetIndex.of(view).problems.length,
    openChangeRequests: facts.openChangeRequests,
    plan: facts.plan,
    delivery: facts.delivery,
  };
}
