import {
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  HeldChanges,
  Rollout,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { InventoryOrigin, InventoryRecord } from '../database';
import { createHoldingView } from './createHoldingView';
import { HeldPlan } from './Holding';
import { FleetView } from '../service/FleetView';
import { originOf } from '../util/originOf';
import { createDeliveredView } from './createDeliveredView';
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
  /** What it could not make. */
  undeliverable: HeldChanges;
  /** The newest of each application. */
  rollouts: ReadonlyMap<string, Rollout>;
}): FleetView {
  const { registration, main, input, plan, delivered } = options.planned;
  return {
    revision: registration.revision,
    inventory: registration.inventory,
    origins: { get: ref => registration.records.get(ref)?.origin },
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
    delivered: createDeliveredView(delivered, main.shards),
    holding: createHoldingView({
      snapshot: input.snapshot,
      decisions: main.decisions,
      plan: options.holding,
      held: options.held,
      undeliverable: options.undeliverable,
      rollouts: options.rollouts,
    }),
    planId: options.planId,
  };
}

/** A name that several origins register: the first has it. */
function originProblems(records: Iterable<InventoryRecord>): Problem[] {
  const problems: Problem[] = [];
  for (const { entity, origin, alsoAt } of records) {
    for (const other of alsoAt)
      problems.push({
        entity: entityRefOf(entity.kind, entity.metadata.name),
        field: 'metadata.name',
        message: `is registered twice: ${nameOfOrigin(
          origin,
        )} was first and counts, ${nameOfOrigin(other)} has no effect`,
      });
  }
  return problems;
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
