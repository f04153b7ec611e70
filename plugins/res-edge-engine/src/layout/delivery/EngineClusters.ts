import { Bitmap } from '../../bitmap';
import { GitOpsEngine } from '../../model';
import { Snapshot } from '../../snapshot';

/**
 * Which clusters have Flux, and which have Argo CD. A revision is for one of them, so that a shard holds only what its own
 * clusters read: its manifests are in both, which costs git no second copy.
 *
 * @internal
 */
export class EngineClusters {
  private constructor(
    private readonly standard: GitOpsEngine,
    /** Those that differ from the standard. */
    private readonly others: Bitmap,
  ) {}

  /** `standard`: of clusters that do not say it. */
  static create(
    snapshot: Snapshot,
    standard: GitOpsEngine = 'flux',
  ): EngineClusters {
    const others = snapshot.clusters.flatMap(({ spec }, number) =>
      (spec.gitops ?? standard) === standard ? [] : [number],
    );
    return new EngineClusters(standard, Bitmap.of(snapshot.size, others));
  }

  /** The engine of one cluster. */
  of(cluster: number): GitOpsEngine {
    return this.others.has(cluster) ? otherThan(this.standard) : this.standard;
  }

  /** The clusters of each engine that some have; the standard, where there are no clusters at all. */
  split(clusters: Bitmap): [GitOpsEngine, Bitmap][] {
    const others = clusters.clone().and(this.others);
    // The very same set, which is how a rendering knows that nothing has changed.
    if (others.isEmpty()) return [[this.standard, clusters]];
    const rest = clusters.clone().andNot(others);
    const other = otherThan(this.standard);
    return rest.isEmpty()
      ? [[other, clusters]]
      : [
          [this.standard, rest],
          [other, others],
        ];
  }
}

function otherThan(engine: GitOpsEngine): GitOpsEngine {
  return engine === 'flux' ? 'argocd' : 'flux';
}
