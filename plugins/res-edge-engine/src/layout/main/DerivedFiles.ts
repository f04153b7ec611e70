import { Decisions, FileChange, FileMap, Plan } from '../../model';
import { Snapshot } from '../../snapshot';
import { gitBlobHash } from '../format/digest';
import { ShardFiles } from './ShardFiles';
import { SHARD_FOLDER, SHARD_PREFIX, shardPrefixOf } from './shards';
import { TargetsLocks } from './TargetsLocks';

/** What main holds. @public */
export interface DerivedFilesInput {
  readonly files: FileMap;
  readonly decisions: Pick<Decisions, 'namespaces'>;
  /** The shard of each cluster. */
  readonly shards: ReadonlyMap<string, string>;
}

/** Which shards clusters get, by their environment; where a cluster names none, too. @public */
export interface EnvironmentShards {
  /** How their names begin. */
  prefixOf(environment: string | undefined): string;
  /** Whether a cluster that has another shard gets one of these, which takes another bootstrap. */
  movesClusters(environment: string | undefined): boolean;
}

const ONE_SERIES: EnvironmentShards = {
  prefixOf: () => SHARD_PREFIX,
  movesClusters: () => false,
};

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
    private readonly environments: EnvironmentShards,
  ) {}

  /**
   * Knows nothing yet.
   *
   * @param environments - where they have shards of their own; all share them where left out
   */
  static create(environments: EnvironmentShards = ONE_SERIES): DerivedFiles {
    return new DerivedFiles(
      ShardFiles.create(),
      TargetsLocks.create(),
      environments,
    );
  }

  /** One that knows the same, and goes its own way from here. */
  fork(): DerivedFiles {
    return new DerivedFiles(
      this.shardFiles.fork(),
      this.locks.fork(),
      this.environments,
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
      this.shardFiles.render(this.stayingShards(shards, plan), placed, name =>
        this.environments.prefixOf(environmentOf(plan.snapshot, name)),
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

  /** Without those of clusters that move. */
  private stayingShards(
    shards: ReadonlyMap<string, string>,
    { snapshot }: Plan,
  ): ReadonlyMap<string, string> {
    const { environments } = this;
    const moving = [...shards].filter(([name, shard]) => {
      const environment = environmentOf(snapshot, name);
      return (
        snapshot.hasCluster(name) &&
        environments.movesClusters(environment) &&
        shardPrefixOf(shard) !== environments.prefixOf(environment)
      );
    });
    if (moving.length === 0) return shards;
    const staying = new Map(shards);
    for (const [name] of moving) staying.delete(name);
    return staying;
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
