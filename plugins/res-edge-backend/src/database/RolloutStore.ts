import { RolloutGate } from '@res-edge/backstage-plugin-res-edge-common';
import {
  GateReading,
  Rollout,
  RolloutMove,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { PageRequest } from '../util/cursor';

/** A rollout as it is kept. @internal */
export interface StoredRollout {
  readonly id: string;
  readonly startedAt: string;
  readonly rollout: Rollout;
}

/** What was read last of a gate of a ring. @internal */
export interface StoredGateReading extends GateReading {
  /** Id of the rollout. */
  readonly rollout: string;
  readonly ring: string;
  /** As it was when it was read: a gate that says something else by now was not read yet. */
  readonly gate: RolloutGate;
  /** How long it counts, as ISO 8601: who reads gates may be down. */
  readonly until: string;
}

/** Rollouts, and what happened to them. @internal */
export interface RolloutStore {
  /** The newest of each application, in order of names. */
  latest(): Promise<StoredRollout[]>;
  /** @throws NotFoundError where there is none */
  get(id: string): Promise<StoredRollout>;
  /** Writes one as it is now, with what happened meanwhile. A new one becomes the latest of its application. */
  save(stored: StoredRollout, moves: readonly RolloutMove[]): Promise<void>;
  /** What happened last to the newest rollout of each application, by id. */
  lastMoves(): Promise<ReadonlyMap<string, RolloutMove>>;
  /** What happened, in order. */
  moves(id: string): Promise<RolloutMove[]>;
  /** What was read of the gates of these rollouts. */
  gateReadings(ids: readonly string[]): Promise<StoredGateReading[]>;
}

/** A rollout with what happened to it as a whole, in order. @internal */
export interface PastRollout extends StoredRollout {
  readonly turns: readonly RolloutMove[];
}

/** All rollouts that there ever were. @internal */
export interface RolloutHistory {
  /** Of an application, the newest first. */
  history(
    application: string,
    page: PageRequest,
  ): Promise<{ items: PastRollout[]; nextCursor?: string }>;
}

/** {@link RolloutStore} for who reads gates. @internal */
export interface GateReadingStore extends RolloutStore {
  /** Takes the place of what was read of that gate before. */
  saveGateReading(reading: StoredGateReading): Promise<void>;
}
