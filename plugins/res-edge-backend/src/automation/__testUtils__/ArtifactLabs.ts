import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import {
  PulledArtifact,
  pullArtifact,
  TestRegistry,
} from '../../__testUtils__/registry';
import { DatabaseArtifactStore } from '../../database';
import { ArtifactDelivery } from '../ArtifactDelivery';
import { createArtifactDelivery } from '../createArtifactDelivery';
import { DEFAULT_RETENTION } from '../DeliveryRetention';
import { ArtifactUnit } from '../shardArtifacts';
import { LabsFleet } from './LabsFleet';

/** How many artifacts are pushed at the same time. */
export const CONCURRENCY = 4;

type Options = Parameters<typeof createArtifactDelivery>[0];

/** The demo fleet, delivered, and a registry to push it to. */
export class ArtifactLabs {
  readonly logger = mockServices.logger.mock();

  private constructor(
    readonly labs: LabsFleet,
    readonly registry: TestRegistry,
    /** Of all processes. */
    readonly clock: { now: Date },
  ) {}

  static async create(
    databases: TestDatabases,
    registry: Parameters<typeof TestRegistry.create>[0] = {},
  ): Promise<ArtifactLabs> {
    const clock = { now: new Date('2026-11-01T12:00:00Z') };
    const labs = await LabsFleet.create(databases, () => clock.now);
    await labs.fleet.sync();
    return new ArtifactLabs(labs, await TestRegistry.create(registry), clock);
  }

  async remove(): Promise<void> {
    await this.registry.close();
    await this.labs.remove();
  }

  /** What pushes, in a process that knows of nothing yet. */
  newProcess(
    per: ArtifactUnit = 'cluster',
    options: Partial<Options> = {},
  ): ArtifactDelivery {
    const { fleet, knex } = this.labs;
    const { repository, delivery, stores } = fleet;
    return createArtifactDelivery(
      {
        ...{ repository, delivery, state: stores.state, logger: this.logger },
        artifactStoreOf: registry =>
          DatabaseArtifactStore.create({ knex, registry }),
        retention: DEFAULT_RETENTION,
        now: () => this.clock.now,
        ...options,
      },
      {
        address: { host: this.registry.host, path: 'fleet' },
        ...{ insecure: true, firstWaitMilliseconds: 1, per },
        concurrency: CONCURRENCY,
      },
    );
  }

  clusters(): string[] {
    return this.labs.fleet.automation
      .view()!
      .snapshot.clusters.map(({ metadata }) => metadata.name);
  }

  /** Another release of one application, on the clusters that have it. */
  async release(version: string): Promise<void> {
    await this.labs.edit('applications.yaml', text =>
      text.replace(/(name: dogs-cats[^]*?version:) *\S+/, `$1 ${version}`),
    );
    await this.labs.fleet.sync();
  }

  pull(name: string, tag?: string): Promise<PulledArtifact> {
    return pullArtifact(`${this.registry.host}/fleet/${name}`, tag);
  }

  /** What each cluster is told to pull. */
  async digests(): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (const cluster of this.clusters()) {
      found.set(cluster, (await this.pull(`clusters/${cluster}`)).digest);
    }
    return found;
  }
}
