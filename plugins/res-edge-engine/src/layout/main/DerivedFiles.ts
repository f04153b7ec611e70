import { Decisions, FileChange, FileMap, Plan } from '../../model';
import { Snapshot } from '../../snapshot';
import { gitBlobHash } from '../format/digest';
import { ShardFiles } from './ShardFiles';
import { SHARD_FOLDER, SHARD_PREFIX } from './shards';
import { TargetsLocks } from './TargetsLocks';

/** What main holds. @public */
export interface DerivedFilesInput {
  readonly files: FileMap;
  readonly decisions: Pick<Decisions, 'namespaces'>;
  /** The shard of each cluster. */
  readonly shards: ReadonlyMap<string, string>;
}

/** How the names of the shards of an environment begin; of clusters that name none, too. @public */
export type EnvironmentPrefix = (environment: string | undefined) => string;

/**
 * The files of main that follow from plan and inventory: shards of clusters, and what selectors resolve to. It renders
 * only what can be another one than when it was asked last; one that knows nothing gives the same bytes.
 *
 * @public
 */
export class DerivedFiles {
  private constructor(
    private readonly shardFiles: ShardFiles,
    private readonly locks: TargetsLocks,
    private readonly prefixOf: EnvironmentPrefix,
  ) {}

  /**
   * Knows nothing yet.
   *
   * @param prefixOf - where environments have shards of their own; all share them where left out
   */
  static create(
    prefixOf: EnvironmentPrefix = () => SHARD_PREFIX,
  ): DerivedFiles {
    return new DerivedFiles(
      ShardFiles.create(),
      TargetsLocks.create(),
      prefixOf,
    );
  }

  /** One that knows the same, and goes its own way from here. */
  fork(): DerivedFiles {
    return new DerivedFiles(
      this.shardFiles.fork(),
      this.locks.fork(),
      this.prefixOf,
    );
  }

  /**
   * What main has to change.
   *
   * @param kept - clusters that are retired or no longer registered, and keep their folders
   */
  changes(
    { files: main, decisions, shards }: DerivedFilesInput,
    plan: Plan,
    kept: ReadonlySet<string>,
  ): FileChange[] {
    const placed = liveClusters(plan.snapshot);
    for (const name of kept) if (shards.has(name)) placed.push(name);
    const files = new Map(
      this.shardFiles.render(shards, placed, name =>
        this.prefixOf(environmentOf(plan.snapshot, name)),
      ),
    );
    for (const [name, lock] of this.locks.render(decisions, plan))
      files.set(`namespaces/${name}/targets.lock.yaml`, lock);

    const changes: FileChange[] = [];
    for (const [path, content] of files) {
      const known = main.get(path);
      if (known === undefined || gitBlobHash(known) !== gitBlobHash(content))
        changes.push({ path, content });
    }
    for (const path of main.keys()) {
      if (path.startsWith(SHARD_FOLDER) && !files.has(path))
        changes.push({ path });
    }
    return changes;
  }
}

function environmentOf(snapshot: Snapshot, cluster: string) {
  const number = snapshot.numberOf(cluster);
  return number === undefined
    ? undefined
    : snapshot.clusters[number].spec.environment;
}

/** Clusters that have a place on a branch: all but those that are retired. */
function liveClusters({ clusters }: Snapshot): string[] {
  return clusters
    .filter(({ spec }) => spec.state !== 'retired')
    .map(({ metadata }) => metadata.name);
}
