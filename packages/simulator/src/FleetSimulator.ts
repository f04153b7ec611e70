import { Behaviour } from './Behaviour';
import { chance } from './chance';
import { ReadFleet, ToldCluster } from './DeliveredFleet';
import { FluxEvent, fluxEvent } from './fluxEvent';

/** A report, on its way. @public */
export interface SimulatedReport {
  readonly cluster: string;
  readonly event: FluxEvent;
}

/** What a simulation is made of; times are in milliseconds. @public */
export interface SimulatorOptions {
  readonly fleet: ReadFleet;
  readonly behaviour: Behaviour;
  readonly seed: number;
  /** How often Flux reconciles: 10 minutes where left out. */
  readonly interval?: number;
  /** How long a new revision takes to be ready: 30 seconds where left out. */
  readonly rollout?: number;
  /**
   * Whether clusters say only what is new beside that they are there, and have already what they are told when they are first
   * seen: far fewer reports, for a demo.
   */
  readonly quiet?: boolean;
}

interface Cluster {
  nextAt: number;
  /** The revision that was applied, when it will be ready, and whether that was said. */
  readonly applied: Map<
    string,
    { revision: string; readyAt: number; said: boolean }
  >;
  seen: boolean;
}

const INTERVAL = 10 * 60 * 1000;
const ROLLOUT = 30 * 1000;

/**
 * A fleet of clusters with Flux, without any cluster: each reads its bill from Git at its own time, applies it, and reports as
 * notification-controller would. The clock is an input, and chance has a seed: the same times give the same reports.
 *
 * @public
 */
export class FleetSimulator {
  readonly #clusters = new Map<string, Cluster>();
  readonly #interval: number;
  readonly #rollout: number;

  private constructor(private readonly options: SimulatorOptions) {
    this.#interval = options.interval ?? INTERVAL;
    this.#rollout = options.rollout ?? ROLLOUT;
  }

  static create(options: SimulatorOptions): FleetSimulator {
    return new FleetSimulator(options);
  }

  /** What the clusters say by now that had something to do since they were asked last. */
  async *reports(now: number): AsyncGenerator<SimulatedReport> {
    const { fleet, behaviour } = this.options;
    for (const told of await fleet.read()) {
      const cluster = this.clusterOf(told.cluster, now);
      if (now < cluster.nextAt) continue;
      if (behaviour.isOffline(told.cluster, now)) {
        cluster.nextAt = now + this.#interval;
        continue;
      }
      yield* this.reconcile(told, cluster, now);
    }
  }

  private *reconcile(
    told: ToldCluster,
    cluster: Cluster,
    now: number,
  ): Generator<SimulatedReport> {
    const { behaviour, quiet = false } = this.options;
    const { commit } = told;
    const isNew = quiet && !cluster.seen;
    cluster.seen = true;
    const at = new Date(now + behaviour.skew(told.cluster));
    const report = (event: Parameters<typeof fluxEvent>[0]) => ({
      cluster: told.cluster,
      event: fluxEvent(event),
    });
    const common = { cluster: told.cluster, commit, at };
    cluster.nextAt = now + this.#interval;
    yield report({ ...common, name: 'res-edge', outcome: 'healthy' });

    for (const [name, { revision }] of cluster.applied) {
      if (told.applications.has(name)) continue;
      cluster.applied.delete(name);
      yield report({
        ...common,
        name: `app-${name}`,
        revision,
        outcome: 'removed',
      });
    }
    for (const [name, { revision, version }] of told.applications) {
      const about = { ...common, name: `app-${name}`, revision };
      let before = cluster.applied.get(name);
      if (before?.revision !== revision) {
        const readyAt = isNew ? now : now + this.#rollout;
        before = { revision, readyAt, said: false };
        cluster.applied.set(name, before);
        if (!isNew) yield report({ ...about, outcome: 'progressing' });
      }
      if (now < before.readyAt) {
        cluster.nextAt = Math.min(cluster.nextAt, before.readyAt);
        continue;
      }
      if (quiet && before.said) continue;
      before.said = true;
      const failure = behaviour.failure(told.cluster, name, version);
      yield report(
        failure === undefined
          ? { ...about, outcome: 'healthy' }
          : { ...about, outcome: 'failed', message: failure },
      );
    }
  }

  /** Clusters reconcile at times of their own within the interval. */
  private clusterOf(name: string, now: number): Cluster {
    let cluster = this.#clusters.get(name);
    if (!cluster) {
      const wait = chance(this.options.seed, 'first', name) * this.#interval;
      cluster = {
        nextAt: now + Math.round(wait),
        applied: new Map(),
        seen: false,
      };
      this.#clusters.set(name, cluster);
    }
    return cluster;
  }
}
