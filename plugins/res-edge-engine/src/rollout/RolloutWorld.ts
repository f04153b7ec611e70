import { RolloutGate } from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { Opening } from '../hold';
import { GateReading } from './GateReading';
import { RolloutPace } from './RolloutPace';

/** What clusters report about the release that they have now; a report about an older one is none. @public */
export interface ReportedRelease {
  readonly healthy: Bitmap;
  readonly failed: Bitmap;
  /** Offline, or not heard of for too long. */
  readonly unreachable: Bitmap;
  /** Those of them whose first report has time yet: told apart for who looks, and nothing else; none where left out. */
  readonly awaited?: Bitmap;
}

/** What a rollout is advanced by. Sets number the clusters of one snapshot. @public */
export interface RolloutWorld {
  /** The clock. */
  readonly now: Date;
  readonly policy: RolloutPace;
  /** The release of each ring of the policy as main says it, in order; undefined for none. */
  readonly reached: ReadonlyMap<string, string | undefined>;
  /** The clusters of each ring on which the application is placed. */
  readonly clusters: ReadonlyMap<string, Bitmap>;
  /** Clusters that are told to run the release. */
  readonly delivered: Bitmap;
  /** Clusters that a window, a freeze or something else keeps from changing now. */
  readonly held: Bitmap;
  /** When those of them may change of which that is known; asked only where it matters. */
  readonly openings: () => readonly Opening[];
  /**
   * Clusters that keep what they have, because what is wanted there cannot be made: a value is missing, something does not
   * build. None where left out.
   */
  readonly undeliverable?: Bitmap;
  /** Left out where no cluster reports anything: then what is delivered counts as healthy. */
  readonly reported?: ReportedRelease;
  /**
   * What was read of a gate of a ring lately; undefined where nothing was, which holds the ring. Left out where nobody reads
   * gates.
   */
  readonly gate?: (ring: string, gate: RolloutGate) => GateReading | undefined;
}
