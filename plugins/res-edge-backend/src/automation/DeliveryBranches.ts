import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import {
  DeliveredShard,
  FileChange,
  readDeliveredShard,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { commitMessage, GitRepository, TreeReader } from '../git';
import { BOT } from './bot';

const BRANCHES = 'delivery/';
/** Every delivery names its plan; a commit without it was made by somebody else. */
const PLAN_TRAILER = 'Plan';
/** What is written here; other files are not touched. */
const OWNED = /^(?:apps|namespaces|groups|clusters|\.res-edge)\//;
/** What says how the branch stands. */
const STATE = /^(?:clusters|\.res-edge)\//;
/** How far back the last commit of Res-Edge is looked for; where it is not found, all is written anew. */
const MAX_FOREIGN_COMMITS = 1000;

/** A shard's branch as it was read. */
interface Branch {
  readonly commit: string;
  /** What Res-Edge delivered last: what others wrote since is not in it. */
  readonly delivered: DeliveredShard;
  /** Takes back what others wrote. */
  readonly restore: readonly FileChange[];
  readonly problems: readonly Problem[];
}

/** What to write to a shard's branch. @internal */
export interface ShardDelivery {
  readonly shard: string;
  readonly subject: string;
  readonly planId: string;
  readonly mainCommit: string;
  readonly changes: readonly FileChange[];
  /** The branch as it is afterwards; as it was read, where left out. */
  readonly delivered?: DeliveredShard;
}

/**
 * Reads and writes the branches `delivery/<shard>`. What is delivered is read from the branches themselves and kept by
 * commit. Commits of others are reported, and replaced by the next delivery.
 *
 * @internal
 */
export class DeliveryBranches {
  #branches = new Map<string, Branch>();

  private constructor(
    private readonly repository: GitRepository,
    private readonly reader: TreeReader,
  ) {}

  static create(repository: GitRepository): DeliveryBranches {
    return new DeliveryBranches(repository, TreeReader.create({ repository }));
  }

  /** What is delivered now, by shard; the same object for as long as a branch stays where it is. */
  async read(): Promise<ReadonlyMap<string, DeliveredShard>> {
    const found = new Map<string, Branch>();
    for (const [name, commit] of await this.repository.branches(BRANCHES)) {
      const shard = name.slice(BRANCHES.length);
      const known = this.#branches.get(shard);
      found.set(
        shard,
        known?.commit === commit ? known : await this.readBranch(shard, commit),
      );
    }
    this.#branches = found;
    return new Map(
      [...found].map(([shard, { delivered }]) => [shard, delivered]),
    );
  }

  /** What was found when the branches were read. */
  problems(): Problem[] {
    return [...this.#branches.values()].flatMap(({ problems }) => problems);
  }

  /** The shards on whose branches others wrote. */
  foreign(): string[] {
    return [...this.#branches]
      .filter(([, { restore }]) => restore.length > 0)
      .map(([shard]) => shard);
  }

  /**
   * Commits to branches, in the order in which deliveries are asked for, and takes back what others wrote there.
   *
   * @param beforeMove - asked before branches move; throws where this process may not write any more
   */
  async write(
    deliveries: Iterable<ShardDelivery>,
    beforeMove: () => Promise<void>,
  ): Promise<void> {
    await this.repository.commitAll(this.commitsOf(deliveries), {
      beforeMove,
      onMoved: ({ shard, delivered }, commit) => {
        const branch = { commit, delivered, restore: [], problems: [] };
        this.#branches.set(shard, branch);
      },
    });
  }

  private *commitsOf(deliveries: Iterable<ShardDelivery>) {
    for (const { shard, subject, planId, mainCommit, ...rest } of deliveries) {
      const before = this.#branches.get(shard);
      yield {
        shard,
        branch: `${BRANCHES}${shard}`,
        parent: before?.commit,
        author: BOT,
        message: commitMessage({
          subject,
          trailers: { [PLAN_TRAILER]: planId, Main: mainCommit },
        }),
        changes: [...(before?.restore ?? []), ...rest.changes],
        delivered: rest.delivered ?? before!.delivered,
      };
    }
  }

  private async readBranch(shard: string, tip: string): Promise<Branch> {
    const ours = await this.lastOwnCommit(tip);
    const delivered =
      ours === undefined
        ? readDeliveredShard(shard, [])
        : await this.readDelivered(shard, ours);
    if (ours === tip) {
      return { commit: tip, delivered, restore: [], problems: [] };
    }
    const restore = await this.restoration(ours, tip);
    const problems =
      restore.length === 0 ? [] : [await this.report(shard, tip, restore)];
    return { commit: tip, delivered, restore, problems };
  }

  private async lastOwnCommit(tip: string): Promise<string | undefined> {
    // Nearly always the tip itself.
    for (const limit of [1, MAX_FOREIGN_COMMITS]) {
      const entries = await this.repository.log(tip, { limit });
      const own = entries.find(
        ({ author, trailers }) =>
          author.email === BOT.email && trailers.has(PLAN_TRAILER),
      );
      if (own) return own.commit;
    }
    return undefined;
  }

  private async readDelivered(
    shard: string,
    commit: string,
  ): Promise<DeliveredShard> {
    const contents = await this.reader.readTree(commit, path =>
      STATE.test(path),
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

  /** Brings the files of Res-Edge back to what they were at its own commit. */
  private async restoration(
    ours: string | undefined,
    tip: string,
  ): Promise<FileChange[]> {
    const entriesOf = async (commit: string) =>
      new Map(
        (await this.repository.list(commit))
          .filter(({ path }) => OWNED.test(path))
          .map(({ path, hash, mode }) => [path, { hash, key: mode + hash }]),
      );
    const before = ours === undefined ? undefined : await entriesOf(ours);
    const now = await entriesOf(tip);
    const removed = [...now.keys()]
      .filter(path => !before?.has(path))
      .map((path): FileChange => ({ path }));
    const differing = [...(before ?? [])].filter(
      ([path, { key }]) => now.get(path)?.key !== key,
    );
    const contents = await this.repository.readBlobs(
      differing.map(([, { hash }]) => hash),
    );
    return [
      ...removed,
      ...differing.map(([path, { hash }]) => ({
        path,
        content: contents.get(hash)!,
      })),
    ];
  }

  private async report(
    shard: string,
    tip: string,
    restore: readonly FileChange[],
  ): Promise<Problem> {
    const [{ author }] = await this.repository.log(tip, { limit: 1 });
    const [{ path }] = restore;
    return {
      entity: '',
      field: `${BRANCHES}${shard}`,
      message: `Commit ${tip.slice(0, 12)} of ${JSON.stringify(
        author.name,
      )} changed what Res-Edge alone writes (${path}${
        restore.length > 1 ? ` and ${restore.length - 1} more` : ''
      }); it is replaced`,
    };
  }
}
