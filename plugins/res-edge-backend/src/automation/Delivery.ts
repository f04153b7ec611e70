import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import {
  BuiltSource,
  DeliveredShard,
  DeliveryRenderer,
  FileChange,
  gitBlobHash,
  parseManifests,
  Plan,
  readDeliveredShard,
  releaseBuilds,
  renderShards,
  assignShards,
  renderTargetsLock,
  Snapshot,
  Bitmap,
  Baseline,
  ShardChange,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { ManifestBuilder } from '@res-edge/backstage-plugin-res-edge-node';
import { GitRepository, TreeReader, commitMessage } from '../git';
import { BOT } from './bot';
import { ComponentChecks } from './ComponentChecks';
import { MAIN, MainState } from './MainBranch';

const BRANCHES = 'delivery/';

/** A shard's branch as it was read. */
interface ReadShard {
  readonly commit: string;
  readonly delivered: DeliveredShard;
}

/** What a delivery did. @internal */
export interface DeliveryResult {
  readonly before: ReadonlyMap<string, DeliveredShard>;
  readonly after: ReadonlyMap<string, DeliveredShard>;
  /** Only shards that changed. */
  readonly renderings: readonly ShardChange[];
  readonly problems: readonly Problem[];
}

/**
 * Brings the branches `delivery/<shard>` to what the plan says.
 *
 * What is delivered is read from the branches themselves and kept by commit. Each shard is one commit, so that a
 * delivery that stops half-way is finished by the next one: shards that are done show no difference any more.
 *
 * @internal
 */
export class Delivery {
  readonly #read = new Map<string, ReadShard>();
  /** By key; a key names content, so that an entry never changes. */
  readonly #built = new Map<string, BuiltSource>();
  readonly #renderer = DeliveryRenderer.create();
  readonly #components: ComponentChecks;

  private constructor(
    private readonly repository: GitRepository,
    private readonly reader: TreeReader,
    private readonly builder: ManifestBuilder,
    private readonly now: () => Date,
  ) {
    this.#components = ComponentChecks.create(builder);
  }

  static create(options: {
    repository: GitRepository;
    builder: ManifestBuilder;
    /** The clock. */
    now?: () => Date;
  }): Delivery {
    const { repository, builder, now = () => new Date() } = options;
    const reader = TreeReader.create({ repository });
    return new Delivery(repository, reader, builder, now);
  }

  /** What the branches hold now, by shard. */
  async read(): Promise<ReadonlyMap<string, DeliveredShard>> {
    const branches = await this.repository.branches(BRANCHES);
    const result = new Map<string, DeliveredShard>();
    for (const [branch, commit] of branches) {
      const shard = branch.slice(BRANCHES.length);
      let known = this.#read.get(shard);
      if (known?.commit !== commit) {
        known = { commit, delivered: await this.readShard(shard, commit) };
        this.#read.set(shard, known);
      }
      result.set(shard, known.delivered);
    }
    return result;
  }

  private async readShard(
    shard: string,
    commit: string,
  ): Promise<DeliveredShard> {
    const contents = await this.reader.readTree(commit, path =>
      path.startsWith('clusters/'),
    );
    const entries = await this.repository.list(commit);
    return readDeliveredShard(
      shard,
      entries.map(({ path, hash }) => ({
        path,
        hash,
        content: contents.get(path)?.content,
      })),
    );
  }

  /** The files of main that follow from plan and inventory: shards of clusters, and what selectors resolve to. */
  static derivedChanges(main: MainState, plan: Plan): FileChange[] {
    const files = new Map<string, string | Uint8Array>(
      renderShards(assignShards(main.shards, liveClusters(plan.snapshot))),
    );
    for (const [name, { entity }] of main.decisions.namespaces) {
      const clusters = plan.namespaces.get(name);
      if (!clusters) continue;
      files.set(
        `namespaces/${name}/targets.lock.yaml`,
        renderTargetsLock(entity, plan.snapshot, clusters),
      );
    }
    const changes: FileChange[] = [];
    for (const [path, content] of files) {
      const known = main.files.get(path);
      if (known === undefined || gitBlobHash(known) !== gitBlobHash(content))
        changes.push({ path, content });
    }
    for (const path of main.files.keys()) {
      if (path.startsWith('.res-edge/shards/') && !files.has(path))
        changes.push({ path });
    }
    return changes;
  }

  /**
   * Renders and commits what differs, one shard after the other: what a first delivery writes is never held as a whole.
   *
   * @param beforeCommit - asked before each commit; throws where this process may not write any more
   */
  async deliver(options: {
    main: MainState;
    plan: Plan;
    planId: string;
    beforeCommit: () => Promise<void>;
  }): Promise<DeliveryResult> {
    const { main, plan, planId } = options;
    const before = await this.read();
    const buildProblems = await this.build(main);
    const input = {
      main: main.files,
      decisions: main.decisions,
      plan,
      built: this.#built,
      shards: main.shards,
      delivered: before,
      now: this.now(),
    };
    const components = await this.#components.check(
      this.#renderer.combinations(input),
    );
    const run = this.#renderer.render({ ...input, broken: components.broken });
    const after = new Map(before);
    const renderings: ShardChange[] = [];
    for (const { changes, ...change } of run.shards) {
      await options.beforeCommit();
      const commit = await this.repository.commit({
        branch: `${BRANCHES}${change.shard}`,
        parent: this.#read.get(change.shard)?.commit,
        author: BOT,
        message: commitMessage({
          subject: `Deliver to ${change.clusters.length} clusters`,
          trailers: { Plan: planId, Main: main.commit },
        }),
        changes,
      });
      const { shard, delivered } = change;
      this.#read.set(shard, { commit, delivered });
      after.set(shard, delivered);
      renderings.push(change);
    }
    const problems = [
      ...buildProblems,
      ...components.problems,
      ...run.problems(),
    ];
    return { before, after, renderings, problems };
  }

  /** Builds what is new on main; what main no longer asks for is forgotten. */
  private async build(main: MainState): Promise<Problem[]> {
    const problems: Problem[] = [];
    const builds = releaseBuilds(main.files, main.decisions);
    const keys = new Set(builds.map(build => build.key));
    for (const key of this.#built.keys()) {
      if (!keys.has(key)) this.#built.delete(key);
    }
    for (const build of builds) {
      if (this.#built.has(build.key)) continue;
      try {
        this.#built.set(
          build.key,
          parseManifests(await this.builder.build(build.files, build.folder)),
        );
      } catch (error) {
        problems.push({
          entity: `edgeapplication:default/${build.application}`,
          field: 'spec.source',
          message: `The sources on ${MAIN} do not build: ${
            error instanceof Error ? error.message : error
          }`,
        });
      }
    }
    return problems;
  }
}

/** Clusters that have a place on a branch: all but those that are retired. */
function liveClusters(snapshot: Snapshot): string[] {
  return snapshot.clusters
    .filter(cluster => cluster.spec.state !== 'retired')
    .map(cluster => cluster.metadata.name);
}

/** Where what runs, as the branches say; clusters that are no longer registered are left out. @internal */
export function baselineOf(
  delivered: ReadonlyMap<string, DeliveredShard>,
  snapshot: Snapshot,
): Baseline {
  const applications = new Map<string, Bitmap>();
  const namespaces = new Map<string, Bitmap>();
  const add = (sets: Map<string, Bitmap>, name: string, number: number) => {
    let bitmap = sets.get(name);
    if (!bitmap) sets.set(name, (bitmap = Bitmap.empty(snapshot.size)));
    bitmap.add(number);
  };
  for (const shard of delivered.values()) {
    for (const [cluster, { bill }] of shard.clusters) {
      const number = snapshot.numberOf(cluster);
      if (number === undefined) continue;
      for (const { name } of bill.applications) add(applications, name, number);
      for (const { name } of bill.namespaces) add(namespaces, name, number);
    }
  }
  return { applications, namespaces };
}
