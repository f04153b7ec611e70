import { RolloutGate } from '@res-edge/backstage-plugin-res-edge-common';

/** How a ring of a rollout goes on. @public */
export interface RingPace {
  readonly name: string;
  /** How many of its clusters may change at the same time: a number, or a share such as `10%`, which is the default. */
  readonly atOnce?: number | string;
  /** How many of those that are reachable have to be healthy before the ring soaks: `95%` where left out. */
  readonly success?: number | string;
  /** How many of those that are reachable may fail; more stop the rollout. `5%` where left out. */
  readonly failure?: number | string;
  /** How long enough of them have to be healthy before the next ring comes, such as `24h`. */
  readonly soak?: string;
  /** How long after clusters began to change others may, such as `10m`. */
  readonly batchDelay?: string;
  /** A cluster that a window or a freeze keeps from changing is waited for where it may change within this time: `24h` where left out. */
  readonly deferAfter?: string;
  /** Whether a person has to say yes before the ring begins. */
  readonly approval?: boolean;
  /** What has to pass before the ring is done. */
  readonly gates?: readonly RolloutGate[];
}

/** How a rollout goes on. @public */
export interface RolloutPace {
  /** In order. */
  readonly rings: readonly RingPace[];
  /** What happens when too many clusters of a ring have failed: `stop` where left out. */
  readonly onFailure?: 'stop' | 'rollBack';
}
