import {
  RolloutRingState as ShownRing,
  RolloutSpec,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  Bitmap,
  CalendarError,
  ContentWorld,
  Rollout,
  RolloutRingState,
  RolloutWorld,
  ringProgress,
  soakEnd,
  subjectPolicy,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { StoredGateReading, StoredRollout } from '../../database';
import { gateStates } from '../../gates';
import { VisibleFleet } from '../../permissions';
import { ReadStatus, stateOf } from './applicationStates';

/** What clusters report, as far as rings are counted by it. @internal */
export type RolloutStatus = Pick<
  ReadStatus,
  'freshness' | 'isHeard' | 'report'
>;

/** The rings of a rollout as they are kept, and as their policy is now. @internal */
export function listedRings(
  fleet: VisibleFleet,
  rollout: Rollout,
): ShownRing[] {
  const paces = policyOf(fleet, rollout)?.rings;
  return rollout.rings.map(ring => ({
    ...toRing(ring),
    ...(paces?.find(({ name }) => name === ring.name)?.approval && {
      needsApproval: true,
    }),
  }));
}

function policyOf(
  { view: { decisions } }: VisibleFleet,
  { application }: Rollout,
): RolloutSpec | undefined {
  const policy = subjectPolicy(decisions, application);
  const spec = decisions.policies.get(policy ?? '')?.spec;
  return spec?.type === 'rollout' ? spec : undefined;
}

function toRing({ name, phase, since, approved }: RolloutRingState): ShownRing {
  return { ...{ name, phase, since }, ...(approved && { approved }) };
}

/**
 * The rings of the newest rollout of an application or a content, each with how many of the clusters that the caller may see
 * stand how. It takes a look at each cluster: ask it for one rollout at a time.
 *
 * @param content - where content rolls out: how it stands
 * @internal
 */
export function shownRings(
  fleet: VisibleFleet,
  status: RolloutStatus,
  rollout: Rollout,
  content?: ContentWorld,
): ShownRing[] {
  const world = content
    ? seenOf(fleet, content)
    : worldOf(fleet, status, rollout);
  return listedRings(fleet, rollout).map(shown => {
    const pace = world?.policy.rings.find(({ name }) => name === shown.name);
    if (!world || !pace) return shown;
    try {
      const soaks = rollout.phase === 'running' && shown.phase === 'soaking';
      return {
        ...shown,
        ...(soaks && {
          soakEnds: new Date(soakEnd(pace, shown.since)).toISOString(),
        }),
        progress: {
          ...ringProgress(world, pace),
          pinned: pinnedIn(fleet, rollout, shown.name),
        },
      };
    } catch (error) {
      // A policy that cannot be read is a problem of the application.
      if (!(error instanceof CalendarError)) throw error;
      return shown;
    }
  });
}

/** These rings of a rollout, with how their gates stand. @internal */
export function withGates(
  fleet: VisibleFleet,
  stored: StoredRollout,
  rings: readonly ShownRing[],
  readings: readonly StoredGateReading[],
): ShownRing[] {
  const policy = policyOf(fleet, stored.rollout);
  return rings.map(ring => {
    const gates = gateStates(stored, ring.name, readings, policy, new Date());
    if (!gates) return ring;
    const shown = gates.map(gate => ({
      ...gate,
      message: fleet.text(gate.message),
    }));
    return { ...ring, gates: shown };
  });
}

/** With the clusters that the caller may see alone. */
function seenOf(fleet: VisibleFleet, world: ContentWorld): ContentWorld {
  return {
    ...world,
    clusters: new Map(
      [...world.clusters].map(([ring, clusters]) => [
        ring,
        fleet.only(clusters),
      ]),
    ),
    // Counted are all that are closed, whether their ring waits for them or not.
    openings: () => [],
  };
}

/** How many clusters of a ring run what an override says, and count in none. */
function pinnedIn(
  fleet: VisibleFleet,
  { application: name }: Rollout,
  ring: string,
): number {
  const { decisions, plan } = fleet.view;
  const { placed, pins = [] } = plan.applications.get(name) ?? {};
  const named = decisions.applications.get(name)?.entity.spec.rollout ?? '';
  const clusters = plan.rollouts
    .get(named)
    ?.rings.find(each => each.name === ring)?.clusters;
  if (!placed || !clusters || pins.length === 0) return 0;
  const own = fleet.only(clusters.clone().and(placed));
  return pins.reduce((sum, pin) => sum + own.countCommon(pin.clusters), 0);
}

/** Undefined where the application goes through no rings any more. */
function worldOf(
  fleet: VisibleFleet,
  status: RolloutStatus,
  rollout: Rollout,
): RolloutWorld | undefined {
  const { decisions, holding, plan, snapshot } = fleet.view;
  const { application: name } = rollout;
  const policy = policyOf(fleet, rollout);
  const named = decisions.applications.get(name)?.entity.spec.rollout ?? '';
  const rings = plan.rollouts.get(named)?.rings;
  const application = plan.applications.get(name);
  if (!policy || !rings || !application) return undefined;
  const placed = application.placed.clone();
  for (const { clusters: pinned } of application.pins ?? [])
    placed.andNot(pinned);
  const releaseOf = (ring: string) =>
    application.releases.find(each => each.rings.includes(ring))?.release;
  const clusters = new Map(
    rings.map(ring => [
      ring.name,
      fleet.only(ring.clusters.clone().and(placed)),
    ]),
  );
  const undeliverable = holding.undeliverable(name);
  const waits = holding.clusters(name);
  const delivered = Bitmap.empty(snapshot.size);
  const reported = {
    healthy: Bitmap.empty(snapshot.size),
    failed: Bitmap.empty(snapshot.size),
    unreachable: Bitmap.empty(snapshot.size),
    awaited: Bitmap.empty(snapshot.size),
  };
  for (const [ring, own] of clusters) {
    const isTold = releaseOf(ring)?.digest === rollout.release;
    for (const number of own) {
      const cluster = snapshot.clusters[number].metadata.name;
      const entry = fleet.view.delivered.entry(cluster, name);
      const freshness = status.freshness(cluster);
      if (freshness === 'awaited') reported.awaited.add(number);
      if (freshness !== 'fresh') reported.unreachable.add(number);
      const isOlder =
        waits.has(number) ||
        (undeliverable.has(number) && entry?.version !== rollout.version);
      // Where the ring got back what it had before, the release is on clusters that still wait for that.
      if (!entry || (isTold ? isOlder : !isLeft(rollout, entry))) continue;
      delivered.add(number);
      const state = stateOf(status, cluster, entry, freshness);
      if (state === 'current') reported.healthy.add(number);
      else if (state === 'failed') reported.failed.add(number);
    }
  }
  return {
    ...{ now: holding.now, policy, clusters, delivered },
    reached: new Map(
      rings.map(({ name: ring }) => [ring, releaseOf(ring)?.digest]),
    ),
    held: holding.deferred(name),
    undeliverable,
    // Counted are all that are closed, whether their ring waits for them or not.
    openings: () => [],
    ...(status.isHeard && { reported }),
  };
}

function isLeft(
  { phase, version }: Rollout,
  entry: { version?: string },
): boolean {
  return phase === 'rolling-back' && entry.version === version;
}
