import { EdgeClusterEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { DemoFleet } from './DemoFleet';
import { isOpen } from './isOpen';

/** A cluster that is told to run something else. */
export interface WatchedChange {
  readonly at: Date;
  readonly cluster: EdgeClusterEntity;
  readonly from: string;
  readonly to: string;
}

interface Period {
  readonly from: Date;
  readonly until: Date;
}

/** What each store is told to run, looked at from outside: by the bills in Git, the clocks of the stores, and nothing that the engine says. */
export class FleetWatch {
  readonly changes: WatchedChange[] = [];
  /** When the freeze holds, and when it is lifted for some. */
  frozen?: Period;
  lifted?: Period;
  readonly #clusters: ReadonlyMap<string, EdgeClusterEntity>;
  #told: ReadonlyMap<string, string> = new Map();

  private constructor(
    private readonly demo: DemoFleet,
    private readonly application: string,
  ) {
    this.#clusters = new Map(
      demo.clusters.map(cluster => [cluster.metadata.name, cluster]),
    );
  }

  static create(demo: DemoFleet, application: string): FleetWatch {
    return new FleetWatch(demo, application);
  }

  /** The version of each store that has one. */
  having(): ReadonlyMap<string, string> {
    return this.#told;
  }

  /** Writes down what is new. */
  look(): void {
    const before = this.#told;
    this.#told = this.demo.told(this.application);
    for (const [name, to] of this.#told) {
      const from = before.get(name);
      if (from === undefined || from === to) continue;
      const cluster = this.#clusters.get(name)!;
      this.changes.push({ at: this.demo.now, cluster, from, to });
    }
  }

  /** Changes of stores that were open for business; in those that are being set up nothing runs yet. */
  whileOpen(): WatchedChange[] {
    return this.changes.filter(
      ({ at, cluster }) =>
        cluster.spec.state !== 'provisioning' && isOpen(cluster, at),
    );
  }

  /** Changes within the freeze that nobody lifted, but for what came in the run before it was there. */
  whileFrozen(frozen: string, lifted: string): WatchedChange[] {
    const clusters = this.demo.clustersOf(frozen);
    const free = this.demo.clustersOf(lifted);
    const within = (period: Period | undefined, at: Date) =>
      period !== undefined && at > period.from && at < period.until;
    return this.changes.filter(
      ({ at, cluster }) =>
        clusters.has(cluster.metadata.name) &&
        cluster.spec.state !== 'provisioning' &&
        within(this.frozen, at) &&
        !(free.has(cluster.metadata.name) && within(this.lifted, at)),
    );
  }
}
