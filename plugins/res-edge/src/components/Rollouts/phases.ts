import {
  RingPhase,
  RingProgress,
  Rollout,
  RolloutPhase,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Tone } from '../common';

/** Each phase of a rollout in words. */
export const ROLLOUT_PHASES: Readonly<Record<RolloutPhase, [Tone, string]>> = {
  running: ['info', 'Running'],
  paused: ['warning', 'Paused'],
  stopped: ['danger', 'Stopped'],
  'rolling-back': ['warning', 'Rolling back'],
  done: ['success', 'Done'],
  'rolled-back': ['danger', 'Rolled back'],
  aborted: ['neutral', 'Aborted'],
  overtaken: ['neutral', 'Overtaken'],
};

/** Each phase of a ring in words. */
export const RING_PHASES: Readonly<Record<RingPhase, [Tone, string]>> = {
  waiting: ['neutral', 'waiting'],
  rolling: ['info', 'rolling'],
  soaking: ['info', 'soaking'],
  done: ['success', 'done'],
  skipped: ['neutral', 'skipped'],
};

/** How clusters of a ring stand: the name in words, and what it means. */
export const CLUSTER_STATES: readonly {
  state: keyof Omit<RingProgress, 'clusters' | 'needed' | 'mayFail'>;
  /** Where it is another one. */
  word?: string;
  tone: Tone;
  meaning: string;
}[] = [
  { state: 'healthy', tone: 'success', meaning: 'report the release healthy' },
  { state: 'rolling', tone: 'info', meaning: 'told to run it, not heard yet' },
  { state: 'failed', tone: 'danger', meaning: 'report that it fails' },
  {
    state: 'deferred',
    tone: 'warning',
    meaning: 'kept by a window, a freeze or another change',
  },
  {
    state: 'unreachable',
    tone: 'neutral',
    meaning: 'offline, or silent for too long',
  },
  {
    state: 'awaited',
    word: 'no report yet',
    tone: 'neutral',
    meaning: 'their first report has time yet; they count as unreachable',
  },
  {
    state: 'undeliverable',
    tone: 'danger',
    meaning:
      'it cannot be delivered to them; see the problems of the application',
  },
  { state: 'waiting', tone: 'neutral', meaning: 'their turn has not come' },
  {
    state: 'pinned',
    tone: 'neutral',
    meaning: 'an override pins another version there; they count in no ring',
  },
];

/** Whether it can still move by itself or by a person, but for a way back. */
export function isUnderWay({ phase }: Pick<Rollout, 'phase'>): boolean {
  return ['running', 'paused', 'stopped', 'rolling-back'].includes(phase);
}
