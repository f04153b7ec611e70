import { parseDuration } from '../calendar/parseDuration';
import { RingPace } from './RolloutPace';

/** So much, or a share of something. */
type Amount = number | string;

const DEFAULTS = { atOnce: '10%', success: '95%', failure: '5%' };
/** Each store has closed once by then. */
const DEFER_AFTER = '24h';

/** What a ring of a rollout asks for, as numbers. @internal */
export interface RingLimits {
  /** How many of so many clusters may change at once; one at least. */
  atOnce(clusters: number): number;
  /** How many of so many have to be healthy. */
  success(clusters: number): number;
  /** How many of so many may fail. */
  failure(clusters: number): number;
  /** In milliseconds. */
  readonly soak: number;
  readonly batchDelay: number;
  /** How long it soaks at least, where its gates pass from its beginning on. */
  readonly shortestSoak: number;
  readonly deferAfter: number;
  readonly approval: boolean;
}

/** @throws CalendarError where a length of time is none @internal */
export function ringLimits(ring: RingPace): RingLimits {
  const { atOnce = DEFAULTS.atOnce, success = DEFAULTS.success } = ring;
  const { failure = DEFAULTS.failure, batchDelay, gates = [] } = ring;
  const { deferAfter = DEFER_AFTER } = ring;
  const soak = ring.soak === undefined ? 0 : parseDuration(ring.soak, 'soak');
  return {
    atOnce: clusters => Math.max(1, Math.ceil(partOf(atOnce, clusters))),
    success: clusters => Math.ceil(partOf(success, clusters)),
    failure: clusters => Math.floor(partOf(failure, clusters)),
    soak,
    shortestSoak: Math.max(
      soak,
      ...gates.map(gate =>
        gate.for === undefined ? 0 : parseDuration(gate.for, 'for'),
      ),
    ),
    batchDelay:
      batchDelay === undefined ? 0 : parseDuration(batchDelay, 'batchDelay'),
    deferAfter: parseDuration(deferAfter, 'deferAfter'),
    approval: ring.approval === true,
  };
}

/** How many of so many that count have to be healthy: one at least. @internal */
export function neededHealthy(limits: RingLimits, counted: number): number {
  return Math.max(1, limits.success(counted));
}

/** `20` or `5%`; whole hundredths, so that no rounding shows. */
function partOf(amount: Amount, of: number): number {
  if (typeof amount === 'number') return amount;
  return (Number(amount.slice(0, -1)) * of) / 100;
}
