import {
  Bill,
  DeliveredCluster,
  DeliveredShard,
  FileChange,
  ShardRendering,
} from '../../model';
import { byCodeUnit, gitBlobHash } from '../format/digest';
import { Revision } from '../revision/Revision';

/** Collects what one branch must change. @internal */
export class ShardWriter {
  private readonly revisions: Set<string>;
  private readonly clusters = new Map<string, DeliveredCluster>();
  private readonly changed: string[] = [];
  private readonly revisionChanges: FileChange[] = [];
  private readonly clusterChanges: FileChange[] = [];

  constructor(
    readonly shard: string,
    private readonly before?: DeliveredShard,
  ) {
    this.revisions = new Set(before?.revisions);
  }

  /** What a cluster has on this branch now. */
  deliveredCluster(name: string): DeliveredCluster | undefined {
    return this.before?.clusters.get(name);
  }

  /** Gives a cluster its folder, and the branch the revisions that the folder names. */
  write(
    bill: Bill,
    texts: { bill: string; values: string; revisions: readonly Revision[] },
  ) {
    const { cluster } = bill;
    const before = this.before?.clusters.get(cluster);
    for (const revision of texts.revisions) this.add(revision);

    const billHash = gitBlobHash(texts.bill);
    const valuesHash = gitBlobHash(texts.values);
    if (before?.billHash === billHash && before.valuesHash === valuesHash) {
      this.clusters.set(cluster, before);
      return;
    }
    if (before?.billHash !== billHash) {
      this.clusterChanges.push({
        path: billPath(cluster),
        content: texts.bill,
      });
    }
    if (before?.valuesHash !== valuesHash) {
      this.clusterChanges.push({
        path: valuesPath(cluster),
        content: texts.values,
      });
    }
    this.changed.push(cluster);
    const { values } = texts;
    this.clusters.set(cluster, { bill, billHash, valuesHash, values });
  }

  /** Ends the shard: clusters that were not written have left it, and their folders go. */
  finish(): ShardRendering {
    const gone = [...(this.before?.clusters.keys() ?? [])]
      .filter(cluster => !this.clusters.has(cluster))
      .sort(byCodeUnit);
    for (const cluster of gone) {
      this.clusterChanges.push({ path: billPath(cluster) });
      this.clusterChanges.push({ path: valuesPath(cluster) });
    }
    const { shard, revisions, clusters } = this;
    return {
      shard,
      changes: [...this.revisionChanges, ...this.clusterChanges],
      clusters: [...this.changed, ...gone].sort(byCodeUnit),
      delivered: { shard, revisions, clusters },
    };
  }

  private add({ path, files }: Revision) {
    if (this.revisions.has(path)) return;
    this.revisions.add(path);
    for (const [file, content] of files) {
      this.revisionChanges.push({ path: `${path}/${file}`, content });
    }
  }
}

function billPath(cluster: string): string {
  return `clusters/${cluster}/kustomization.yaml`;
}

function valuesPath(cluster: string): string {
  return `clusters/${cluster}/values/kustomization.yaml`;
}
