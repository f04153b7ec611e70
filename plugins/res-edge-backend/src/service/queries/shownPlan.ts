import {
  ClusterSet,
  EdgeKind,
  Plan,
  PlanEffect,
  PlanSummary,
} from '@res-edge/backstage-plugin-res-edge-common';
import { NO_CLUSTERS } from '@res-edge/backstage-plugin-res-edge-engine';
import { totalsOf } from '../../automation/planEffects';
import { VisibleFleet } from '../../permissions';

/** The kind of entity that an effect is about. @internal */
export const KINDS_OF_EFFECTS: Readonly<Record<PlanEffect['kind'], EdgeKind>> =
  {
    application: 'EdgeApplication',
    namespace: 'EdgeNamespace',
    group: 'EdgeGroup',
  };

/**
 * A plan as a caller may see it: effects on what he sees, on clusters that he sees, and totals of these alone. Undefined
 * where nothing of it concerns him.
 *
 * @internal
 */
export function shownPlan(fleet: VisibleFleet, plan: Plan): Plan | undefined {
  if (fleet.seesEverything) {
    return plan;
  }
  const effects = plan.effects
    .filter(({ kind, name }) => fleet.sees(KINDS_OF_EFFECTS[kind], name))
    .map(effect => shownEffect(fleet, effect))
    .filter(({ won, lost, changed, refused }) =>
      [won, lost, changed, refused].some(({ count }) => count > 0),
    );
  const problems = [...fleet.shownProblems(plan.problems)];
  if (effects.length === 0 && problems.length === 0) {
    return undefined;
  }
  return {
    ...plan,
    cause: fleet.text(plan.cause),
    effects,
    problems,
    totals: totalsOf(
      effects,
      fleet.seesAll('EdgeCluster') ? plan.totals.bills : 0,
    ),
  };
}

/** The same without what it changes. @internal */
export function toPlanSummary({
  effects,
  problems,
  ...summary
}: Plan): PlanSummary {
  return summary;
}

function shownEffect(fleet: VisibleFleet, effect: PlanEffect): PlanEffect {
  const shown = (set: ClusterSet) => shownSet(fleet, set);
  return {
    ...effect,
    won: shown(effect.won),
    lost: shown(effect.lost),
    changed: shown(effect.changed),
    refused: shown(effect.refused),
  };
}

function shownSet(fleet: VisibleFleet, set: ClusterSet): ClusterSet {
  if (!fleet.seesAll('EdgeCluster')) {
    return NO_CLUSTERS;
  }
  return {
    ...set,
    byGroup: set.byGroup.filter(({ group }) => fleet.sees('EdgeGroup', group)),
  };
}
