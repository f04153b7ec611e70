import { Bitmap } from '../../bitmap';
import { HoldClock } from '../../hold';
import { RingPhase, Rollout, RolloutMove } from '../Rollout';
import { RolloutPace } from '../RolloutPace';
import { ReportedRelease } from '../RolloutWorld';

/** What clusters and people do in a simulation. Lengths of time are in milliseconds. @public */
export interface FleetAssumptions {
  /** From the delivery to a cluster until it reports. */
  readonly reportAfter: number;
  /** Clusters on which the release fails. */
  readonly failing: Bitmap;
  /** Until a person says yes to a ring that asks for it; nobody does where left out. */
  readonly approveAfter?: number;
}

/** What a simulation starts from. Sets number the clusters of one snapshot. @public */
export interface RolloutSimulationInput {
  readonly rollout: Rollout;
  readonly policy: RolloutPace;
  /** The release of each ring of the policy as main says it, in order; undefined for none. */
  readonly reached: ReadonlyMap<string, string | undefined>;
  /** The clusters of each ring on which the application is placed. */
  readonly clusters: ReadonlyMap<string, Bitmap>;
  /** Clusters that are told to run the release. */
  readonly delivered: Bitmap;
  /** What the others are told to run, by version. */
  readonly versions: ReadonlyMap<string, Bitmap>;
  /** Left out where no cluster ever reports anything. Who is unreachable stays so. */
  readonly reported?: ReportedRelease;
  /** Clusters to which nothing can be delivered; they stay so. None where left out. */
  readonly undeliverable?: Bitmap;
  /** Clusters that wait for nothing, because nothing runs there that could be disturbed. */
  readonly unhindered?: Bitmap;
  /** What keeps clusters from changing beside the rollout. */
  readonly holds: HoldClock;
  readonly assumptions: FleetAssumptions;
  readonly from: Date;
  readonly until: Date;
  /** How often the rollout is looked at, in milliseconds. */
  readonly frequency: number;
  /** Only these are counted; all where left out. */
  readonly shown?: Bitmap;
}

/** How a ring stands at one moment. Numbers are of clusters. @public */
export interface SimulatedRingCounts {
  readonly name: string;
  readonly phase: RingPhase;
  /** Told to run which version; those that have none are in none. */
  readonly versions: readonly {
    readonly version: string;
    readonly clusters: number;
  }[];
  /** Report the release as healthy. */
  readonly healthy: number;
  readonly failed: number;
  /** Are without the release, and something else than the rollout keeps them from changing. */
  readonly deferred: number;
  readonly unreachable: number;
}

/** How a rollout stands at the beginning of an hour. @public */
export interface SimulatedHour {
  /** As ISO 8601. */
  readonly at: string;
  readonly rings: readonly SimulatedRingCounts[];
}

/** What became of a ring. Times are ISO 8601, left out for what was before, or does not happen. @public */
export interface SimulatedRing {
  readonly name: string;
  readonly clusters: number;
  /** At the end. */
  readonly phase: RingPhase;
  /** When main names the release for it. */
  readonly startsAt?: string;
  /** When it is done or skipped. */
  readonly endsAt?: string;
  /** When its last cluster is told to run the release. */
  readonly everywhereAt?: string;
}

/** What became of a rollout. @public */
export interface SimulatedRollout {
  /** At the end. */
  readonly rollout: Rollout;
  /** The end, as ISO 8601: when nothing changes any more, or the time is over. */
  readonly until: string;
  /** When the last cluster of all is told to run the release; left out for what was before, or does not happen. */
  readonly everywhereAt?: string;
  readonly rings: readonly SimulatedRing[];
  readonly moves: readonly RolloutMove[];
  /** Why it is not done; left out where it is. */
  readonly waitsFor?: string;
}
