import {
  EdgeApplicationEntity,
  RolloutSpec,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  Bitmap,
  FleetReports,
  Freshness,
  HeldChanges,
  Holds,
  HoldSchedule,
  Opening,
  RolloutRings,
  RolloutWorld,
  Snapshot,
  WantedRevision,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { StoredGateReading, StoredRollout } from '../database';
import { gateOf } from '../gates';
import { NumberedReports } from '../status';
import { DeliveredBills } from './DeliveredBills';
import { Delivery } from './Delivery';
import { PlannedMain } from './PlannedMain';

/** What clusters report, with how long ago it was. @internal */
export interface RolloutReports extends Pick<FleetReports, 'report'> {
  /** Whether any cluster ever reported something. */
  readonly isHeard: boolean;
  freshness(cluster: string): Freshness;
  /** All of it by the numbers of a snapshot; undefined where no cluster ever reported something. */
  numbered(snapshot: Snapshot): NumberedReports | undefined;
}

/** What rollouts ask of what is to be delivered. @internal */
export type RolloutDelivery = Pick<
  Delivery,
  'wanted' | 'behindGroups' | 'groupReaders'
>;

/** What rollouts are advanced by: a plan, and what of it is delivered and reported. @internal */
export interface RolloutFacts {
  readonly planned: PlannedMain;
  readonly bills: DeliveredBills;
  /** By application. */
  readonly wanted: ReadonlyMap<string, readonly WantedRevision[]>;
  /** By group that rolls out: the applications to which it can make a difference. */
  readonly readers: ReadonlyMap<string, ReadonlySet<string>>;
  /** What waits for other reasons than rollouts; draining clusters wait beside it. */
  readonly held: Holds;
  /** What the latest delivery could not make; nothing where left out. */
  readonly undeliverable?: HeldChanges;
  /** What was read of gates. */
  readonly gates: readonly StoredGateReading[];
  /** What says until when; left out where nobody asks. */
  readonly schedule?: HoldSchedule;
  /** Left out where nobody takes reports in. */
  readonly reports?: RolloutReports;
  /** The same for many; left out where no cluster ever reported something. */
  readonly numbered?: NumberedReports;
}

/** An application that goes through rings. @internal */
export interface StagedApplication {
  readonly entity: EdgeApplicationEntity;
  readonly policy: RolloutSpec;
  readonly rings: RolloutRings;
}

/** The release of each ring, as main says it. @internal */
export function reachedOf(
  { plan }: Pick<PlannedMain, 'plan'>,
  application: string,
  { rings }: RolloutRings,
): ReadonlyMap<string, string | undefined> {
  const releases = plan.applications.get(application)?.releases ?? [];
  return new Map(
    rings.map(({ name }) => [
      name,
      releases.find(each => each.rings.includes(name))?.release.digest,
    ]),
  );
}

/** The world of one rollout. @internal */
export function createRolloutWorld(
  facts: RolloutFacts,
  { id, rollout }: Pick<StoredRollout, 'id' | 'rollout'>,
  { entity, policy, rings }: StagedApplication,
): RolloutWorld {
  const { planned, bills, wanted, held, schedule, gates, numbered } = facts;
  const { application, release, phase } = rollout;
  const { plan, input } = planned;
  const { size } = plan.snapshot;
  const own = plan.applications.get(application);
  const placed = (own?.placed ?? Bitmap.empty(size)).clone();
  // They run what their override says, whatever their ring has reached.
  for (const { clusters: pinned } of own?.pins ?? []) placed.andNot(pinned);
  const reached = reachedOf(planned, application, rings);
  const clusters = new Map(
    rings.rings.map(ring => [ring.name, ring.clusters.clone().and(placed)]),
  );
  const told = Bitmap.empty(size);
  const others = Bitmap.empty(size);
  for (const [ring, those] of clusters) {
    (reached.get(ring) === release ? told : others).or(those);
  }
  const lines = bills.revisions(application);
  const current = Bitmap.empty(size);
  for (const { revision, clusters: due } of wanted.get(application) ?? []) {
    const has = lines.get(revision);
    if (has) current.or(due.clone().and(has));
  }
  const delivered = told.clone().and(current);
  // What is not yet what it was before still has the release.
  if (phase === 'rolling-back') delivered.or(others.andNot(current));
  const closed = held.applications.get(application);
  const { now } = input;
  let openings: readonly Opening[] | undefined;
  return {
    ...{ now, policy, reached, clusters, delivered },
    gate: gateOf(gates, id, now),
    held: (closed?.clone() ?? Bitmap.empty(size)).or(
      drainingClusters(plan.snapshot),
    ),
    undeliverable: namedClusters(
      plan.snapshot,
      facts.undeliverable?.applications.get(application),
    ),
    openings: () =>
      (openings ??=
        closed && schedule
          ? schedule.openings({ application: entity }, closed, now)
          : []),
    ...(numbered && {
      reported: {
        ...numbered.of(application, lines, told),
        unreachable: numbered.unreachable,
      },
    }),
  };
}

/** Those that are still there. @internal */
export function namedClusters(
  snapshot: Snapshot,
  names: readonly string[] = [],
): Bitmap {
  return Bitmap.of(
    snapshot.size,
    names.flatMap(name => snapshot.numberOf(name) ?? []),
  );
}

/** They keep what they have. @internal */
export function drainingClusters(snapshot: Snapshot): Bitmap {
  return snapshot.facts.field('state').where(state => state === 'draining');
}
