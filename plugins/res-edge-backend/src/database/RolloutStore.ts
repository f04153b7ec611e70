import {
  Rollout,
  RolloutMove,
} from '@res-edge/backstage-plugin-res-edge-engine';

/** A rollout as it is kept. @internal */
export interface StoredRollout {
  readonly id: string;
  readonly startedAt: string;
  readonly rollout: Rollout;
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
}
