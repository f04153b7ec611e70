import { chance } from './chance';

/** What may go wrong with a cluster; times are in milliseconds. @public */
export interface Behaviour {
  /** Whether the cluster cannot be reached, and reaches nobody. */
  isOffline(cluster: string, now: number): boolean;
  /** How far its clock is ahead; below 0, behind. */
  skew(cluster: string): number;
  /** Why a version does not run there; undefined where it does. */
  failure(
    cluster: string,
    application: string,
    version: string | undefined,
  ): string | undefined;
}

/** How much goes wrong. @public */
export interface Shares {
  readonly seed: number;
  /** Share of clusters that are offline at a time, 0 to 1. */
  readonly offline?: number;
  /** How long they are, in milliseconds; three hours where left out. */
  readonly outage?: number;
  /** How far clocks are off at most, in milliseconds. */
  readonly skew?: number;
  /** Versions that fail, such as `imdb@1.0.2`, on a share of the clusters. */
  readonly failures?: ReadonlyMap<string, number>;
}

const OUTAGE = 3 * 60 * 60 * 1000;

/** Things go wrong by chance, and the same things for the same seed. @public */
export function behaviourOf(shares: Shares): Behaviour {
  const { seed, offline = 0, outage = OUTAGE, skew = 0 } = shares;
  return {
    isOffline: (cluster, now) => {
      // Each cluster has turns of its own, so that not all go and come at once.
      const turn = Math.floor(now / outage + chance(seed, 'turn', cluster));
      return chance(seed, 'offline', cluster, turn) < offline;
    },
    skew: cluster => Math.round((chance(seed, 'skew', cluster) * 2 - 1) * skew),
    failure: (cluster, application, version) => {
      const name = `${application}@${version}`;
      const share = shares.failures?.get(name) ?? 0;
      return chance(seed, 'failure', cluster, name) < share
        ? `Deployment/${application} is not ready: it is ${version}, which fails here by chance`
        : undefined;
    },
  };
}
