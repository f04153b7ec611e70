import {
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  BuiltSource,
  ComponentChecks,
  DeliveredShard,
  DeliveryInput,
  DeliveryRenderer,
  GitOpsEngine,
  Holds,
  parseManifests,
  releaseBuilds,
  ShardChange,
  SourceBuild,
  WantedRevision,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { ManifestBuilder } from '@res-edge/backstage-plugin-res-edge-node';
import { GitRepository } from '../git';
import { clusterMoves } from './clusterMoves';
import { ComparedDelivery, Deliverable, DeliveryResult } from './Deliverable';
import {
  DeliveryBranches,
  DeliveryTip,
  ShardDelivery,
} from './DeliveryBranches';
import { DEFAULT_RETENTION, DeliveryRetention } from './DeliveryRetention';
import { MAIN, MainState } from './MainBranch';

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

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
    private readonly removedAt: DeliveryInput['removedAt'],
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
    /** What clusters report. */
    removedAt?: DeliveryInput['removedAt'];
    /** The clock. */
    now?: () => Date;
    /** What delivers on clusters that do not say it; Flux where left out. */
    engine?: GitOpsEngine;
  }): Delivery {
    const { repository, builder, now = () => new Date(), engine } = options;
    const { retention, history } = options.retention ?? DEFAULT_RETENTION;
    return new Delivery(
      repository,
      builder,
      now,
      retention,
      history,
      engine,
      options.removedAt,
    );
  }

  /** What is delivered now, by shard. */
  async read(): Promise<ReadonlyMap<string, DeliveredShard>> {
    return this.#branches.read();
  }

  /** Where the branches stand on which nobody else wrote. */
  async tips(): Promise<readonly DeliveryTip[]> {
    await this.read();
    return this.#branches.tips();
  }

  /** The revisions of applications that a plan wants, whatever holds say. */
  async wanted(
    deliverable: Deliverable,
    delivered: ReadonlyMap<string, DeliveredShard>,
  ): Promise<ReadonlyMap<string, readonly WantedRevision[]>> {
    const input = await this.wantedInput(deliverable, delivered);
    return this.#renderer.wanted(input);
  }

  private async wantedInput(
    deliverable: Deliverable,
    delivered: ReadonlyMap<string, DeliveredShard>,
  ): Promise<DeliveryInput> {
    const { main } = deliverable;
    // What does not build is a problem of the delivery that follows.
    await this.buildMissing(
      releaseBuilds(main.files, main.decisions),
      this.#built,
    );
    return this.inputOf(deliverable, this.#built, delivered, this.now());
  }

  /** The groups that wait, and what waits with them: by branches as they were read. */
  async behindGroups(
    deliverable: Deliverable,
    delivered: ReadonlyMap<string, DeliveredShard>,
    groups: NonNullable<Holds['groups']>,
  ): Promise<Holds> {
    const input = await this.wantedInput(deliverable, delivered);
    return this.#renderer.behindGroups(input, groups);
  }

  /** By group that rolls out: the applications that read its values, or have components of it. */
  async groupReaders(
    deliverable: Deliverable,
    delivered: ReadonlyMap<string, DeliveredShard>,
  ): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const input = await this.wantedInput(deliverable, delivered);
    return this.#renderer.groupReaders(input);
  }

  /**
   * How a delivery that may never happen would differ from the one that is to be, to branches as they were read. What is
   * missing is built; of what it asks for alone nothing is kept.
   *
   * @param now - of both
   */
  async foresee(
    before: Deliverable,
    after: Deliverable,
    delivered: ReadonlyMap<string, DeliveredShard>,
    now: Date,
  ): Promise<ComparedDelivery> {
    const one = await this.checked(before, delivered, now);
    for (const [key, source] of one.input.built) {
      if (!this.#built.has(key)) this.#built.set(key, source);
    }
    const other = await this.checked(after, delivered, now);
    return {
      compare: only => this.#renderer.compare(one.input, other.input, only),
      problems: { before: one.problems, after: other.problems },
    };
  }

  private async checked(
    deliverable: Deliverable,
    delivered: ReadonlyMap<string, DeliveredShard>,
    now: Date,
  ): Promise<{ input: DeliveryInput; problems: Problem[] }> {
    const { main } = deliverable;
    const built = new Map(this.#built);
    const buildProblems = await this.buildMissing(
      releaseBuilds(main.files, main.decisions),
      built,
    );
    const input = this.inputOf(deliverable, built, delivered, now);
    const { broken, problems } = await this.#components.look(
      this.#renderer.foreseenCombinations(input),
    );
    return {
      input: { ...input, broken },
      problems: [...buildProblems, ...problems],
    };
  }

  private inputOf(
    { main, plan, holds, kept }: Deliverable,
    built: DeliveryInput['built'],
    delivered: ReadonlyMap<string, DeliveredShard>,
    now: Date,
  ): DeliveryInput {
    return {
      main: main.files,
      decisions: main.decisions,
      plan,
      built,
      shards: main.shards,
      delivered,
      now,
      retention: this.retention,
      removedAt: this.removedAt,
      holds,
      kept,
      engine: this.engine,
    };
  }

  /**
   * Renders and commits what differs. A shard is rendered when git takes its files: what a first delivery writes is never
   * held as a whole.
   *
   * @param beforeCommit - asked before branches move; throws where this process may not write any more
   */
  async deliver(
    options: Deliverable & {
      main: MainState;
      planId: string;
      beforeCommit: () => Promise<void>;
    },
  ): Promise<DeliveryResult> {
    const { main, planId } = options;
    const now = this.now();
    await this.moveClusters(options, now);
    const before = await this.read();
    const branchProblems = this.#branches.problems();
    const buildProblems = await this.build(main);
    const input = this.inputOf(options, this.#built, before, now);
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
    const [held, undeliverable] = [run.held(), run.undeliverable()];
    return { before, after, renderings, held, undeliverable, problems };
  }

  /**
   * Brings what clusters have to the branches of their shards, before it goes from those where it was: whoever stops in
   * between finds it on both.
   */
  private async moveClusters(
    { main, planId, beforeCommit }: Parameters<Delivery['deliver']>[0],
    now: Date,
  ): Promise<void> {
    const taken = clusterMoves(await this.read(), main.shards);
    for (const { shard, clusters, moves, delivered } of taken) {
      const files = await Promise.all(
        moves.map(({ from, folders }) => this.#branches.filesOf(from, folders)),
      );
      const delivery = {
        ...{ shard, delivered, planId, mainCommit: main.commit },
        subject: `Take over ${clusters.length} clusters of other shards`,
        changes: files.flat(),
      };
      await this.#branches.write([delivery], now, beforeCommit);
    }
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
    return this.buildMissing(builds, this.#built);
  }

  private async buildMissing(
    builds: readonly SourceBuild[],
    built: Map<string, BuiltSource>,
  ): Promise<Problem[]> {
    const fresh = builds.filter(({ key }) => !built.has(key));
    const problems = await Promise.all(
      fresh.map(build => this.buildOne(build, built)),
    );
    return problems.flat();
  }

  private async buildOne(
    build: SourceBuild,
    built: Map<string, BuiltSource>,
  ): Promise<Problem[]> {
    const { key, application, files, folder } = build;
    try {
      const manifests = await this.builder.build(files, folder);
      built.set(key, parseManifests(manifests));
      return [];
    } catch (error) {
      const reason = error instanceof Error ? error.message : error;
      return [
        {
          entity: entityRefOf('EdgeApplication', application),
          field: 'spec.source',
          message: `The sources on ${MAIN} do not build: ${reason}`,
        },
      ];
    }
  }
}
