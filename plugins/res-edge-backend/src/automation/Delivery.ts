import {
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  BuiltSource,
  ComponentChecks,
  DeliveredShard,
  DeliveryRenderer,
  GitOpsEngine,
  HeldChanges,
  Holds,
  parseManifests,
  Plan,
  releaseBuilds,
  ShardChange,
  SourceBuild,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { ManifestBuilder } from '@res-edge/backstage-plugin-res-edge-node';
import { GitRepository } from '../git';
import { DeliveryBranches, ShardDelivery } from './DeliveryBranches';
import { DEFAULT_RETENTION, DeliveryRetention } from './DeliveryRetention';
import { MAIN, MainState } from './MainBranch';

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

/** What a delivery did. @internal */
export interface DeliveryResult {
  readonly before: ReadonlyMap<string, DeliveredShard>;
  readonly after: ReadonlyMap<string, DeliveredShard>;
  /** Only shards that changed. */
  readonly renderings: readonly ShardChange[];
  /** What the plan wants, and holds keep back. */
  readonly held: HeldChanges;
  readonly problems: readonly Problem[];
}

/**
 * Brings the branches `delivery/<shard>` to what the plan says.
 *
 * Each shard is one commit, so that a
 * delivery that stops half-way is finished by the next one: shards that are done show no difference any more.
 *
 * @internal
 */
export class Delivery {
  readonly #branches: DeliveryBranches;
  /** By key; a key names content, so that an entry never changes. */
  readonly #built = new Map<string, BuiltSource>();
  readonly #renderer = DeliveryRenderer.create();
  readonly #components: ComponentChecks;
  /** When archives were last looked through. */
  #expiredAt = 0;

  private constructor(
    repository: GitRepository,
    private readonly builder: ManifestBuilder,
    private readonly now: () => Date,
    private readonly retention: number,
    history: number,
    private readonly engine: GitOpsEngine | undefined,
  ) {
    this.#branches = DeliveryBranches.create({
      repository,
      maxHistory: history,
    });
    this.#components = ComponentChecks.create((files, folder) =>
      builder.build(files, folder),
    );
  }

  static create(options: {
    repository: GitRepository;
    builder: ManifestBuilder;
    retention?: DeliveryRetention;
    /** The clock. */
    now?: () => Date;
    /** What delivers on clusters that do not say it; Flux where left out. */
    engine?: GitOpsEngine;
  }): Delivery {
    const { repository, builder, now = () => new Date(), engine } = options;
    const { retention, history } = options.retention ?? DEFAULT_RETENTION;
    return new Delivery(repository, builder, now, retention, history, engine);
  }

  /** What is delivered now, by shard. */
  async read(): Promise<ReadonlyMap<string, DeliveredShard>> {
    return this.#branches.read();
  }

  /**
   * Renders and commits what differs. A shard is rendered when git takes its files: what a first delivery writes is never
   * held as a whole.
   *
   * @param beforeCommit - asked before branches move; throws where this process may not write any more
   */
  async deliver(options: {
    main: MainState;
    plan: Plan;
    planId: string;
    holds?: Holds;
    kept?: ReadonlySet<string>;
    beforeCommit: () => Promise<void>;
  }): Promise<DeliveryResult> {
    const { main, plan, planId, holds, kept } = options;
    const now = this.now();
    const before = await this.read();
    const branchProblems = this.#branches.problems();
    const buildProblems = await this.build(main);
    const input = {
      main: main.files,
      decisions: main.decisions,
      plan,
      built: this.#built,
      shards: main.shards,
      delivered: before,
      now,
      retention: this.retention,
      holds,
      kept,
      engine: this.engine,
    };
    const components = await this.#components.check(
      this.#renderer.combinations(input),
    );
    const run = this.#renderer.render({ ...input, broken: components.broken });
    const after = new Map(before);
    const renderings: ShardChange[] = [];
    const foreign = new Set(this.#branches.foreign());
    const origin = { planId, mainCommit: main.commit };
    function* deliveries(): Generator<ShardDelivery> {
      for (const { changes, ...change } of run.shards) {
        const { shard, clusters, delivered } = change;
        foreign.delete(shard);
        after.set(shard, delivered);
        renderings.push(change);
        const subject = `Deliver to ${clusters.length} clusters`;
        yield { shard, subject, ...origin, changes, delivered };
      }
      for (const shard of foreign) {
        const subject = 'Take back what others wrote';
        yield { shard, subject, ...origin, changes: [] };
      }
    }
    await this.#branches.write(deliveries(), now, options.beforeCommit);
    await this.expireArchives(now);
    const problems = [
      ...branchProblems,
      ...buildProblems,
      ...components.problems,
      ...run.problems(),
    ];
    return { before, after, renderings, held: run.held(), problems };
  }

  /** Once a day: what goes is repacked, which takes its time. */
  private async expireArchives(now: Date): Promise<void> {
    if (now.getTime() - this.#expiredAt < DAY_MILLISECONDS) return;
    this.#expiredAt = now.getTime();
    const before = new Date(now.getTime() - this.retention);
    await this.#branches.expireArchives(before);
  }

  /** Builds what is new on main; what main no longer asks for is forgotten. */
  private async build(main: MainState): Promise<Problem[]> {
    const builds = releaseBuilds(main.files, main.decisions);
    const keys = new Set(builds.map(build => build.key));
    for (const key of this.#built.keys()) {
      if (!keys.has(key)) this.#built.delete(key);
    }
    const fresh = builds.filter(({ key }) => !this.#built.has(key));
    const problems = await Promise.all(
      fresh.map(build => this.buildOne(build)),
    );
    return problems.flat();
  }

  private async buildOne(build: SourceBuild): Promise<Problem[]> {
    const { key, application, files, folder } = build;
    try {
      const manifests = await this.builder.build(files, folder);
      this.#built.set(key, parseManifests(manifests));
      return [];
    } catch (error) {
      const reason = error instanceof Error ? error.message : error;
      return [
        {
          entity: entityRefOf('EdgeApplication', application),
          field: 'spec.source.path',
          message: `The sources on ${MAIN} do not build: ${reason}`,
        },
      ];
    }
  }
}
