import {
  EdgePolicyEntity,
  entityRefOf,
  PolicyList,
  PolicyPhase,
  PolicyRow,
  ProhibitionSpec,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  Bitmap,
  compileSelector,
  describePolicy,
  PolicyEffect,
  SelectorError,
  TimeRange,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { VisibleFleet } from '../../permissions';
import { compareStrings } from '../../util/compareStrings';
import { OpenIntents } from './applicationQueries';
import { FleetIndex } from './FleetIndex';

/** All policies, registered or merged, with what they do at the time of the view. @internal */
export function listPolicies(
  fleet: VisibleFleet,
  openIntents: OpenIntents,
): PolicyList {
  const { decisions, holding } = fleet.view;
  const registered = FleetIndex.of(fleet.view)
    .entitiesOf('EdgePolicy')
    .map(({ metadata }) => metadata.name);
  const names = new Set([...registered, ...decisions.policies.keys()]);
  return {
    at: holding.now.toISOString(),
    items: [...names]
      .filter(name => fleet.sees('EdgePolicy', name))
      .sort(compareStrings)
      .map(name => toRow(fleet, openIntents, name)),
  };
}

function toRow(
  fleet: VisibleFleet,
  openIntents: OpenIntents,
  name: string,
): PolicyRow {
  const { decisions, holding } = fleet.view;
  const merged = decisions.policies.get(name);
  const entity = merged ?? (fleet.find('EdgePolicy', name) as EdgePolicyEntity);
  const { metadata, spec } = entity;
  const reference = entityRefOf('EdgePolicy', name);
  const row = {
    name,
    title: metadata.title,
    type: spec.type,
    summary: fleet.text(describePolicy(spec)),
    reason: 'reason' in spec ? fleet.text(spec.reason) : undefined,
    namespaces: namespacesThatName(fleet, name),
    changeRequest: openIntents.get(reference),
    problems: FleetIndex.of(fleet.view).problemsOf('EdgePolicy', name).length,
  };
  if (!merged) return { ...row, phase: 'unmerged', clusters: 0 };
  if (spec.type === 'prohibition') {
    return { ...row, phase: 'active', ...forbidden(fleet, name, spec) };
  }
  if (spec.type === 'rollout') {
    return { ...row, phase: 'active', ...shownRings(fleet, name) };
  }
  const effect = holding.effect(name);
  return effect
    ? { ...row, ...shownEffect(fleet, effect, entity, row.namespaces) }
    : { ...row, phase: 'active', clusters: 0 };
}

/** Who goes through the rings of a rollout, and how many clusters they have. */
function shownRings(
  fleet: VisibleFleet,
  name: string,
): Pick<PolicyRow, 'clusters' | 'applications' | 'rings'> {
  const { decisions, plan } = fleet.view;
  const found = plan.rollouts.get(name);
  return {
    clusters: found ? fleet.only(found.unselected).count() : 0,
    applications: [...decisions.applications]
      .filter(
        ([application, { entity }]) =>
          entity.spec.rollout === name &&
          fleet.sees('EdgeApplication', application),
      )
      .map(([application]) => application)
      .sort(compareStrings),
    rings: found?.rings.map(ring => ({
      name: ring.name,
      clusters: fleet.only(ring.clusters).count(),
    })),
  };
}

/** What a prohibition keeps away, and from where. */
function forbidden(
  fleet: VisibleFleet,
  name: string,
  { clusters }: ProhibitionSpec,
): Pick<PolicyRow, 'clusters' | 'refused'> {
  const rule = entityRefOf('EdgePolicy', name);
  let refused = 0;
  for (const application of fleet.view.plan.applications.values()) {
    if (!fleet.sees('EdgeApplication', application.name)) continue;
    for (const refusal of application.refusals) {
      if (refusal.step === 'prohibit' && refusal.rule.split('#')[0] === rule) {
        refused += fleet.only(refusal.clusters).count();
      }
    }
  }
  return { clusters: selectedClusters(fleet, clusters), refused };
}

/** A selector that cannot be read is a problem of its policy, and selects nothing here. */
function selectedClusters(
  fleet: VisibleFleet,
  selector: ProhibitionSpec['clusters'],
): number {
  try {
    const { clusters } = compileSelector(fleet.selectorContext, selector);
    return fleet.only(clusters).count();
  } catch (error) {
    if (error instanceof SelectorError) return 0;
    throw error;
  }
}

/** Of a window, a freeze or an override, as far as the caller sees clusters, namespaces and applications. */
function shownEffect(
  fleet: VisibleFleet,
  effect: PolicyEffect,
  { spec }: EdgePolicyEntity,
  namespaces: readonly string[],
): Pick<PolicyRow, 'phase' | 'clusters' | 'held' | 'ends' | 'period'> {
  const visible = fleet.only(effect.clusters());
  const clusters =
    spec.type === 'window'
      ? visible.clone().and(deliveredTo(fleet, namespaces))
      : visible;
  const period = effect.period(fleet.only(effect.scope));
  return {
    phase: phaseAt(fleet.view.holding.now, period),
    clusters: clusters.count(),
    ...(spec.type !== 'override' && { held: countHeld(fleet, effect) }),
    ...(!clusters.isEmpty() && { ends: toTimes(effect.ends(clusters)) }),
    ...(period && { period: toTimes(period) }),
  };
}

/** The clusters that namespaces reach. @internal */
export function deliveredTo(
  { view }: VisibleFleet,
  namespaces: readonly string[],
): Bitmap {
  const result = Bitmap.empty(view.snapshot.size);
  for (const namespace of namespaces) {
    result.or(view.plan.namespaces.get(namespace) ?? result);
  }
  return result;
}

function countHeld(fleet: VisibleFleet, effect: PolicyEffect): number {
  const { decisions, holding } = fleet.view;
  let held = 0;
  for (const [name, { entity }] of decisions.applications) {
    if (!fleet.sees('EdgeApplication', name)) continue;
    const waiting = holding.clusters(name);
    if (waiting.isEmpty()) continue;
    const byPolicy = effect.clusters({ application: entity });
    held += fleet.only(byPolicy.and(waiting)).count();
  }
  return held;
}

function phaseAt(now: Date, period: TimeRange | undefined): PolicyPhase {
  if (period?.first && period.first > now) return 'upcoming';
  if (period?.last && period.last <= now) return 'over';
  return 'active';
}

/** @internal */
export function toTimes({ first, last }: TimeRange) {
  return {
    ...(first && { first: first.toISOString() }),
    ...(last && { last: last.toISOString() }),
  };
}

/** The namespaces of main that name a policy, and that the caller may see. @internal */
export function namespacesThatName(
  fleet: VisibleFleet,
  policy: string,
): string[] {
  return [...fleet.view.decisions.namespaces]
    .filter(
      ([name, { entity }]) =>
        entity.spec.policies?.includes(policy) &&
        fleet.sees('EdgeNamespace', name),
    )
    .map(([name]) => name)
    .sort(compareStrings);
}
