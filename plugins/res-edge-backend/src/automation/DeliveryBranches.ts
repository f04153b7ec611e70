import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import {
  BillReader,
  DeliveredShard,
  FileChange,
  readDeliveredShard,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { commitMessage, GitRepository, LogEntry } from '../git';
import { BOT } from './bot';

const BRANCHES = 'delivery/';
/** Every delivery names its plan; a commit without it was made by somebody else. */
const PLAN_TRAILER = 'Plan';
/** What is written here; other files are not touched. */
const OWNED = /^(?:apps|namespaces|groups|clusters|\.res-edge)\//;
/** What says how the branch stands. */
const STATE = /^(?:clusters|\.res-edge)\//;
/** Names the commit from which a re-rooted branch goes on; its history is in the archive. */
const FOLLOWS_TRAILER = 'Follows';
/** Archived histories are `delivery/<shard>/<day>-<commit>`. */
const ARCHIVE = /^delivery\/[^/]+\/(\d{4}-\d\d-\d\d)-[0-9a-f]+$/;
/** How far back the last commit of Res-Edge is looked for; where it is not found, all is written anew. */
const MAX_FOREIGN_COMMITS = 1000;

/** How many branches are read at the same time. */
const PARALLEL_READS = 4;

/** A shard's branch as it was read. */
interface Branch {
  readonly commit: string;
  /** How many commits it has; of more than its limit, the limit. */
  readonly history: number;
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

/** Where a shard's branch stands. @internal */
export interface DeliveryTip {
  readonly branch: string;
  readonly commit: string;
  readonly delivered: DeliveredShard;
}

/**
 * Reads and writes the branches `delivery/<shard>`. What is delivered is read from the branches themselves and kept by
 * commit. Commits of others are reported, and replaced by the next delivery.
 *
 * A branch with as many commits as it may have is re-rooted by the next delivery to it: a clone stays small. That takes
 * no commit of its own, because each commit wakes all clusters of the shard.
 *
 * @internal
 */
export class DeliveryBranches {
  #branches = new Map<string, Branch>();
  #writing = false;

  private constructor(
    private readonly repository: GitRepository,
    private readonly maxHistory: number,
  ) {}

  /** `maxHistory`: how many commits a branch may have before it is re-rooted. */
  static create(options: {
    repository: GitRepository;
    maxHistory: number;
  }): DeliveryBranches {
    return new DeliveryBranches(options.repository, options.maxHistory);
  }

  /** What is delivered now, by shard; the same object for as long as a branch stays where it is. */
  async read(): Promise<ReadonlyMap<string, DeliveredShard>> {
    // While this process writes, it knows better than a list of branches that is old when it comes.
    if (!this.#writing) await this.look();
    return new Map(
      [...this.#branches].map(([shard, { delivered }]) => [shard, delivered]),
    );
  }

  private async look(): Promise<void> {
    const found = new Map<string, Branch>();
    const moved: [shard: string, commit: string][] = [];
    for (const [name, commit] of await this.repository.branches(BRANCHES)) {
      const shard = name.slice(BRANCHES.length);
      const known = this.#branches.get(shard);
      if (known?.commit === commit) found.set(shard, known);
      else moved.push([shard, commit]);
    }
    const bills = BillReader.create();
    const reader = async () => {
      for (let next = moved.pop(); next; next = moved.pop()) {
        const [shard, commit] = next;
        found.set(shard, await this.readBranch(shard, commit, bills));
      }
    };
    await Promise.all(Array.from({ length: PARALLEL_READS }, reader));
    if (this.#writing) return;
    this.#branches = new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
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

  /** The branches that hold what Res-Edge delivered and nothing of others, as they were read or written last. */
  tips(): DeliveryTip[] {
    return [...this.#branches]
      .filter(([, { restore }]) => restore.length === 0)
      .map(([shard, { commit, delivered }]) => ({
        branch: `${BRANCHES}${shard}`,
        commit,
        delivered,
      }));
  }

  /**
   * Commits to branches, in the order in which deliveries are asked for, and takes back what others wrote there.
   *
   * @param now - the time of the commits
   * @param beforeMove - asked before branches move; throws where this process may not write any more
   */
  async write(
    deliveries: Iterable<ShardDelivery>,
    now: Date,
    beforeMove: () => Promise<void>,
  ): Promise<void> {
    this.#writing = true;
    try {
      await this.repository.commitAll(this.commitsOf(deliveries, now), {
        beforeMove,
        onMoved: ({ shard, history, delivered }, commit) => {
          const branch = { commit, history, delivered };
          this.#branches.set(shard, { ...branch, restore: [], problems: [] });
        },
      });
    } finally {
      this.#writing = false;
    }
  }

  /** Files of folders as Res-Edge delivered them. @param folders - such as `clusters/store-1` */
  async filesOf(
    shard: string,
    folders: ReadonlySet<string>,
  ): Promise<FileChange[]> {
    const { commit, restore } = this.#branches.get(shard)!;
    const isWanted = (path: string) => isBelow(path, folders);
    const files = new Map<string, FileChange>();
    for (const [path, content] of await this.repository.read(commit, isWanted))
      files.set(path, { path, content });
    for (const change of restore.filter(({ path }) => isWanted(path))) {
      if (change.content === undefined) files.delete(change.path);
      else files.set(change.path, change);
    }
    return [...files.values()];
  }

  /** Lets histories go that were archived before that time. */
  async expireArchives(before: Date): Promise<void> {
    const archives = await this.repository.archives();
    const expired = [...archives].filter(([name]) => {
      const day = ARCHIVE.exec(name)?.[1];
      return day !== undefined && Date.parse(day) < before.getTime();
    });
    if (expired.length > 0) {
      await this.repository.deleteArchives(new Map(expired));
    }
  }

  private *commitsOf(deliveries: Iterable<ShardDelivery>, now: Date) {
    for (const { shard, subject, planId, mainCommit, ...rest } of deliveries) {
      const before = this.#branches.get(shard);
      const restore = before?.restore ?? [];
      // What others wrote stays to be seen on the branch for a while.
      const anew =
        before && before.history >= this.maxHistory && restore.length === 0;
      yield {
        shard,
        branch: `${BRANCHES}${shard}`,
        parent: before?.commit,
        archive: anew ? archiveName(shard, before.commit, now) : undefined,
        author: BOT,
        date: now,
        message: commitMessage({
          subject,
          trailers: {
            [PLAN_TRAILER]: planId,
            Main: mainCommit,
            [FOLLOWS_TRAILER]: anew ? before.commit : undefined,
          },
        }),
        changes:
          restore.length > 0 ? [...restore, ...rest.changes] : rest.changes,
        history: anew ? 1 : (before?.history ?? 0) + 1,
        delivered: rest.delivered ?? before!.delivered,
      };
    }
  }

  private async readBranch(
    shard: string,
    tip: string,
    bills: BillReader,
  ): Promise<Branch> {
    const log = await this.repository.log(tip, { limit: this.maxHistory });
    const history = log.length;
    const ours = await this.lastOwnCommit(tip, log);
    const delivered =
      ours === undefined
        ? readDeliveredShard(shard, [])
        : await this.readDelivered(shard, ours, bills);
    const branch = { commit: tip, history, delivered };
    if (ours === tip) return { ...branch, restore: [], problems: [] };
    const restore = await this.restoration(ours, tip);
    const problems =
      restore.length === 0 ? [] : [report(shard, log[0], restore)];
    return { ...branch, restore, problems };
  }

  private async lastOwnCommit(
    tip: string,
    log: readonly LogEntry[],
  ): Promise<string | undefined> {
    const own = log.find(isOwn);
    if (own || log.length < this.maxHistory) return own?.commit;
    const limit = MAX_FOREIGN_COMMITS;
    return (await this.repository.log(tip, { limit })).find(isOwn)?.commit;
  }

  private async readDelivered(
    shard: string,
    commit: string,
    bills: BillReader,
  ): Promise<DeliveredShard> {
    const entries = await this.repository.list(commit);
    const contents = await this.repository.readBlobs(
      entries.filter(({ path }) => STATE.test(path)).map(({ hash }) => hash),
    );
    return readDeliveredShard(
      shard,
      entries.map(({ path, hash }) => ({
        path,
        hash,
        content: contents.get(hash),
      })),
      bills,
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
}

function isBelow(path: string, folders: ReadonlySet<string>): boolean {
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1))
    if (folders.has(path.slice(0, end))) return true;
  return false;
}

function isOwn({ author, trailers }: LogEntry): boolean {
  return author.email === BOT.email && trailers.has(PLAN_TRAILER);
}

function archiveName(shard: string, commit: string, now: Date): string {
  const day = now.toISOString().slice(0, 'yyyy-mm-dd'.length);
  return `${BRANCHES}${shard}/${day}-${commit.slice(0, 12)}`;
}

function report(
  shard: string,
  { commit, author }: LogEntry,
  restore: readonly FileChange[],
): Problem {
  const [{ path }] = restore;
  return {
    entity: '',
    field: `${BRANCHES}${shard}`,
    message: `Commit ${commit.slice(0, 12)} of ${JSON.stringify(
      author.name,
    )} changed what Res-Edge alone writes (${path}${
      restore.length > 1 ? ` and ${restore.length - 1} more` : ''
    }); it is replaced`,
  };
}
