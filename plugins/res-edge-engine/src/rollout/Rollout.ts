/** How far a ring of a rollout has come. @public */
export type RingPhase = 'waiting' | 'rolling' | 'soaking' | 'done' | 'skipped';

/** How a rollout stands as a whole. @public */
export type RolloutPhase =
  | 'running'
  | 'paused'
  | 'stopped'
  | 'rolling-back'
  | 'done'
  | 'rolled-back'
  | 'aborted'
  | 'overtaken';

/** One ring of a rollout. @public */
export interface RolloutRingState {
  readonly name: string;
  readonly phase: RingPhase;
  /** When the phase began, as ISO 8601. */
  readonly since: string;
  /** Digest of the release that it had before; left out where it had none. */
  readonly before?: string;
  /** Whether a person has said that it may be promoted. */
  readonly approved?: boolean;
  /** When clusters of it began to change last. */
  readonly lastBatch?: string;
}

/** One release of an application, or the content of a namespace or group, on its way through the rings. Plain data, to be kept. @public */
export interface Rollout {
  /** Its name; of a content what `contentSubject` gives. */
  readonly application: string;
  /** Digest of the release. */
  readonly release: string;
  readonly version: string;
  readonly phase: RolloutPhase;
  readonly since: string;
  /** In order. */
  readonly rings: readonly RolloutRingState[];
}

/** A step of a rollout or of one of its rings, with its cause. @public */
export interface RolloutMove {
  readonly at: string;
  /** Left out where the rollout as a whole moves. */
  readonly ring?: string;
  readonly from: RingPhase | RolloutPhase;
  readonly to: RingPhase | RolloutPhase;
  readonly cause: string;
  /** Entity reference of the person who asked for it. */
  readonly actor?: string;
}

/** Whether a rollout has come to an end. @public */
export function isEnded({ phase }: Pick<Rollout, 'phase'>): boolean {
  return ['done', 'rolled-back', 'aborted', 'overtaken'].includes(phase);
}
