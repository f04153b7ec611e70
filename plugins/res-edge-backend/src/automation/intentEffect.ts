import {
  PlanEffect,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  ApplicationPlan,
  Bitmap,
  comparePlans,
  decideNext,
  describeClusters,
  NamedLosses,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { lostBetween } from './Guards';
import { Intent } from './Intent';
import { intentDecisions } from './intentDecisions';
import { placedClusters } from './placedClusters';
import { PlannedMain } from './PlannedMain';

/** What an intent would cause, if main held it too. @internal */
export interface IntentEffect {
  readonly effects: PlanEffect[];
  /** Clusters whose folder would change. */
  readonly bills: number;
  readonly problems: readonly Problem[];
  /** What it would take away, by the names of clusters. */
  readonly losses: NamedLosses;
}

/**
 * Plans main with an intent on top, and compares.
 *
 * @internal
 */
export function intentEffect(
  intent: Intent,
  { main, input, plan: before }: PlannedMain,
): IntentEffect {
  const proposed = intentDecisions(main, [intent]);
  const plan = decideNext(
    { input, plan: before },
    { ...input, decisions: proposed.decisions },
  );
  const effects = comparePlans(before, plan);
  const { snapshot } = input;
  const touched = Bitmap.empty(snapshot.size);
  if (intent.kind === 'EdgeGroup' && snapshot.groups.has(intent.name)) {
    const members = snapshot.groups.members(intent.name);
    touched.or(members);
    const none = describeClusters(snapshot, Bitmap.empty(snapshot.size));
    effects.push({
      kind: 'group',
      name: intent.name,
      won: none,
      lost: none,
      changed: describeClusters(snapshot, members),
      refused: none,
    });
  }
  for (const [name, after] of plan.applications) {
    const was = before.applications.get(name);
    touched.or(differing(was?.placed, after.placed, false));
    if (was) touched.or(otherReleases(was, after));
  }
  for (const [name, was] of before.applications) {
    if (!plan.applications.has(name)) touched.or(was.placed);
  }
  for (const [name, after] of plan.namespaces) {
    const changed =
      before.namespaceReleases.get(name) !== plan.namespaceReleases.get(name);
    touched.or(differing(before.namespaces.get(name), after, changed));
  }
  for (const [name, was] of before.namespaces) {
    if (!plan.namespaces.has(name)) touched.or(was);
  }
  return {
    effects,
    bills: touched.count(),
    problems: [...proposed.problems, ...plan.problems],
    losses: {
      applications: lostBetween(
        snapshot,
        placedClusters(before),
        placedClusters(plan),
      ),
      namespaces: lostBetween(snapshot, before.namespaces, plan.namespaces),
    },
  };
}

/** Clusters on which it stays, and is another release. */
function otherReleases(was: ApplicationPlan, after: ApplicationPlan): Bitmap {
  const other = was.placed.clone().and(after.placed);
  for (const { release, clusters } of after.releases) {
    const same = was.releases.find(
      known => known.release.digest === release.digest,
    );
    if (same) other.andNot(same.clusters.clone().and(clusters));
  }
  return other;
}

/** Clusters in one set and not in the other; in either, where what they run changes. */
function differing(
  before: Bitmap | undefined,
  after: Bitmap,
  changed: boolean,
): Bitmap {
  if (!before) return after;
  if (changed) return before.clone().or(after);
  return before.clone().andNot(after).or(after.clone().andNot(before));
}
