import {
  Bill,
  DeliveredCluster,
  DeliveredShard,
  FileChange,
  ShardRendering,
} from '../../model';
import { byCodeUnit, gitBlobHash } from '../format/digest';
import { Revision } from '../revision/Revision';
import {
  UNREFERENCED_FILE,
  unreferencedRevisions,
  unreferencedText,
} from './unreferencedRevisions';

/** Collects what one branch must change. @internal */
export class ShardWriter {
  private readonly revisions: Set<string>;
  private readonly clusters: Map<string, DeliveredCluster>;
  private readonly added = new Set<readonly Revision[]>();
  private readonly changed: string[] = [];
  private readonly revisionChanges: FileChange[] = [];
  private readonly billChanges: FileChange[] = [];
  private readonly valuesChanges: FileChange[] = [];

  constructor(
    private readonly shard: string,
    private readonly before?: DeliveredShard,
  ) {
    this.revisions = new Set(before?.revisions);
    this.clusters = new Map(before?.clusters);
  }

  /** Gives a cluster its folder, and the branch the revisions that the folder names. */
  write(
    bill: Bill,
    texts: { text: string; values: string; revisions: readonly Revision[] },
  ) {
    const { cluster } = bill;
    const before = this.clusters.get(cluster);
    // Clusters that get the same share one list.
    if (!this.added.has(texts.revisions)) {
      this.added.add(texts.revisions);
      for (const revision of texts.revisions) this.add(revision);
    }

    const billHash = gitBlobHash(texts.text);
    const valuesHash = gitBlobHash(texts.values);
    if (before?.billHash !== billHash) {
      this.billChanges.push({
        path: billPath(cluster),
        content: texts.text,
      });
    }
    if (before?.valuesHash !== valuesHash) {
      this.valuesChanges.push({
        path: valuesPath(cluster),
        content: texts.values,
      });
    }
    if (before?.billHash === billHash && before.valuesHash === valuesHash) {
      return;
    }
    this.changed.push(cluster);
    const { values } = texts;
    this.clusters.set(cluster, { bill, billHash, valuesHash, values });
  }

  /** Takes away the folder of a cluster that has left the shard. */
  remove(cluster: string) {
    this.clusters.delete(cluster);
    this.changed.push(cluster);
    this.billChanges.push({ path: billPath(cluster) });
    this.valuesChanges.push({ path: valuesPath(cluster) });
  }

  /**
   * What the branch must change; undefined where that is nothing.
   *
   * @param retention - after which revisions go that no bill names; they go along with other changes, for a commit of
   * their own would wake all clusters for nothing
   */
  finish(retention?: {
    now: Date;
    retention: number;
  }): ShardRendering | undefined {
    const { shard, revisions, clusters } = this;
    // Git packs a file as what differs from the one written before it, so that like comes after like.
    const changes = [
      ...this.revisionChanges,
      ...this.billChanges,
      ...this.valuesChanges,
    ];
    if (changes.length === 0) return undefined;
    let unreferenced = this.before?.unreferenced;
    if (retention) {
      const before = unreferenced ?? new Map<string, string>();
      const { since, expired } = unreferencedRevisions(
        revisions,
        clusters.values(),
        before,
        retention,
      );
      for (const path of expired) {
        revisions.delete(path);
        changes.push({ path });
      }
      const text = unreferencedText(since);
      if (text !== unreferencedText(before)) {
        changes.push({ path: UNREFERENCED_FILE, content: text });
      }
      unreferenced = since;
    }
    return {
      shard,
      changes,
      clusters: this.changed.sort(byCodeUnit),
      delivered: { shard, revisions, clusters, unreferenced },
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
