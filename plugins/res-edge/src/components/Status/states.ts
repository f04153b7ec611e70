import {
  ClusterFreshness,
  ReportedState,
  StateCounts,
} from '@res-edge/backstage-plugin-res-edge-common';
import { count, Tone } from '../common';

/** Each state in words, the best first. */
export const STATES: Readonly<Record<ReportedState, [Tone, string]>> = {
  current: ['success', 'current'],
  progressing: ['info', 'progressing'],
  awaited: ['neutral', 'no report yet'],
  failed: ['danger', 'failed'],
  behind: ['warning', 'behind'],
  stale: ['neutral', 'stale'],
  offline: ['neutral', 'offline'],
  unknown: ['neutral', 'never reported'],
};

export const STATE_NAMES = Object.keys(STATES) as ReportedState[];

export const FRESHNESS: Readonly<Record<ClusterFreshness, [Tone, string]>> = {
  fresh: ['success', 'reports'],
  awaited: ['neutral', 'no report yet'],
  stale: ['warning', 'stale'],
  offline: ['danger', 'offline'],
  unknown: ['neutral', 'never reported'],
};

/** How many there are in all. */
export function totalOf(counts: StateCounts): number {
  return STATE_NAMES.reduce((sum, state) => sum + counts[state], 0);
}

/** `4 current, 1 failed`. */
export function countsInWords(counts: StateCounts): string {
  return STATE_NAMES.filter(state => counts[state] > 0)
    .map(state => `${count(counts[state])} ${STATES[state][1]}`)
    .join(', ');
}
