import { mockServices } from '@backstage/backend-test-utils';
import { EdgeClusterEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { Knex } from 'knex';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import {
  generateRetailFleet,
  RetailFleet,
  writeRetailFleet,
} from '../../../../examples/retail/generate';
import {
  behaviourOf,
  DeliveredFleet,
  FleetSimulator,
} from '../../../../packages/simulator/src';
import { openBenchDatabase } from '../../bench/service/BenchDatabase';
import {
  createTestFleet,
  TestFleet,
} from '../../src/automation/__testUtils__/TestFleet';
import { DatabaseStatusStore } from '../../src/database';
import { FleetStatus } from '../../src/status/FleetStatus';
import { readFluxEvent } from '../../src/status/fluxEvent';
import { statusSubjectsOf } from '../../src/status/StatusSubjects';

const MINUTE = 60_000;
const SOURCES = path.resolve(__dirname, '../../../../examples/retail/apps');

/** What the demo is made of. */
export interface DemoOptions {
  /** Empty, and its own. */
  readonly folder: string;
  readonly clusters: number;
  readonly seed: number;
  /** The clock at the beginning, in milliseconds. */
  readonly start: number;
  /** Versions that fail, such as `imdb@1.0.2`, on a share of the clusters. */
  readonly failures: ReadonlyMap<string, number>;
}

/**
 * The retail fleet with a portal's automation and a clock of its own: real git, real kustomize, a real database, and clusters
 * that read what is delivered as Flux would, and report.
 */
export class DemoFleet {
  /** Times of runs of the automation, in milliseconds. */
  readonly runs: number[] = [];

  private constructor(
    private readonly folder: string,
    private readonly retail: RetailFleet,
    private readonly clock: { now: number },
    private readonly knex: Knex,
    private readonly status: FleetStatus,
    private readonly simulator: FleetSimulator,
    readonly fleet: TestFleet,
  ) {}

  static async create(options: DemoOptions): Promise<DemoFleet> {
    const { folder, clusters, seed, start, failures } = options;
    const clock = { now: start };
    const knex = await openBenchDatabase({
      client: 'better-sqlite3',
      connection: { filename: path.join(folder, 'res-edge.sqlite') },
      useNullAsDefault: true,
    });
    const gitFolder = path.join(folder, 'gitops.git');
    // The two know each other: reports are about what is delivered.
    const known: { fleet?: TestFleet } = {};
    const status = FleetStatus.create({
      store: DatabaseStatusStore.create({ knex }),
      subjects: () => statusSubjectsOf(known.fleet?.automation.view()),
      limits: { staleAfter: 30 * MINUTE, offlineAfter: 120 * MINUTE },
      logger: mockServices.rootLogger({ level: 'error' }),
      now: () => clock.now,
    });
    const fleet = await createTestFleet({
      ...{ knex, gitFolder, reports: status, direct: ['*'] },
      yamlFolder: path.join(folder, 'fleet'),
      now: () => new Date(clock.now),
      // The guard asks a person; here nothing is lost.
      guardAtLeast: clusters,
    });
    known.fleet = fleet;
    const simulator = FleetSimulator.create({
      ...{ seed, quiet: true },
      fleet: DeliveredFleet.create(gitFolder),
      behaviour: behaviourOf({ seed, offline: 0.02, skew: MINUTE, failures }),
    });
    const retail = generateRetailFleet({ clusters, seed });
    return new DemoFleet(
      ...([folder, retail, clock, knex, status, simulator, fleet] as const),
    );
  }

  get now(): Date {
    return new Date(this.clock.now);
  }

  get clusters(): readonly EdgeClusterEntity[] {
    return this.retail.clusters;
  }

  async close(): Promise<void> {
    await this.knex.destroy();
  }

  /** What is registered of a place, such as `geo.us.west`. */
  clustersOf(group: string): ReadonlySet<string> {
    const isBelow = (name: string) =>
      name === group || name.startsWith(`${group}.`);
    return new Set(
      this.retail.clusters
        .filter(({ spec }) => spec.groups?.some(isBelow))
        .map(({ metadata }) => metadata.name),
    );
  }

  /** Changes what is registered, as somebody who edits YAML. */
  async register(change: (retail: RetailFleet) => void): Promise<void> {
    change(this.retail);
    writeRetailFleet(this.retail, {
      folder: path.join(this.folder, 'fleet'),
      ...{ sources: SOURCES, ndjson: false },
    });
    await this.timed(() => this.fleet.sync());
  }

  /** Lets the clock go on, clusters read and report, and the automation run. */
  async step(milliseconds: number): Promise<void> {
    this.clock.now += milliseconds;
    for await (const { cluster, event } of this.simulator.reports(
      this.clock.now,
    )) {
      const read = readFluxEvent(cluster, { ...event });
      if ('report' in read) this.status.receive(read.report);
    }
    await this.status.flush();
    await this.timed(() => this.fleet.automation.run('clock'));
  }

  /** The version of an application that each cluster is told to run. */
  told(application: string): ReadonlyMap<string, string> {
    const { delivered } = this.fleet.automation.view()!;
    return new Map(
      [...delivered.entries(application)].map(([cluster, { version }]) => [
        cluster,
        version ?? '',
      ]),
    );
  }

  private async timed(work: () => Promise<void>): Promise<void> {
    const started = performance.now();
    await work();
    this.runs.push(performance.now() - started);
  }
}
