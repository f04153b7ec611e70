import { Bitmap } from '../bitmap';
import { Baseline, Decisions, Plan, PlannedRelease } from '../model';
import { compareNames } from '../snapshot';

/** What of a version decides whether it fits. @public */
export interface VersionNeeds {
  readonly requests: Readonly<Record<string, string | number | undefined>>;
  readonly dependsOn: readonly string[];
}

/** What feasibility is judged by. @public */
export interface FeasibilityInput {
  readonly plan: Plan;
  readonly decisions: Decisions;
  readonly baseline: Baseline;
  /** The clusters that have each version of each application. */
  readonly versions: ReadonlyMap<string, ReadonlyMap<string, Bitmap>>;
  /** What a version that is delivered somewhere needs; what the wanted one needs is taken where it is not known. */
  readonly needsOf: (
    application: string,
    version: string,
  ) => VersionNeeds | undefined;
}

/** What a plan changes of what is delivered. @internal */
export interface Changes {
  /** Of applications that are planned or delivered, in order. */
  readonly names: readonly string[];
  /** Clusters on which it comes, goes or gets another version. */
  of(application: string): Bitmap;
  delivered(application: string): Bitmap;
  placed(application: string): Bitmap;
  /** The version that a cluster has; undefined where it is not known. */
  version(application: string, cluster: number): string | undefined;
  /** Clusters from which a prohibition keeps it, or what it depends on. */
  prohibited(application: string): Bitmap;
  set(clusters: Iterable<number>): Bitmap;
}

/** @internal */
export function createChanges({
  plan,
  baseline,
  versions,
}: FeasibilityInput): Changes {
  const { size } = plan.snapshot;
  const nowhere = Bitmap.empty(size);
  const names = [
    ...new Set([...plan.applications.keys(), ...baseline.applications.keys()]),
  ].sort(compareNames);
  const delivered = (name: string) =>
    baseline.applications.get(name) ?? nowhere;
  const placed = (name: string) =>
    plan.applications.get(name)?.placed ?? nowhere;

  const changed = new Map<string, Bitmap>();
  const changedOf = (name: string) => {
    const before = delivered(name);
    const after = placed(name);
    const result = before.clone().andNot(after);
    result.or(after.clone().andNot(before));
    const releases = plan.applications.get(name)?.releases ?? [];
    for (const [version, clusters] of versions.get(name) ?? []) {
      const other = clusters.clone().and(after);
      for (const wanted of releases)
        if (wanted.release.version === version) other.andNot(wanted.clusters);
      result.or(other);
    }
    return result;
  };
  const prohibited = prohibitedClusters(plan, nowhere);
  return {
    names,
    delivered,
    placed,
    of(name) {
      let found = changed.get(name);
      if (!found) changed.set(name, (found = changedOf(name)));
      return found;
    },
    version(name, cluster) {
      for (const [version, clusters] of versions.get(name) ?? []) {
        if (clusters.has(cluster)) return version;
      }
      return undefined;
    },
    prohibited: name => prohibited.get(name) ?? nowhere,
    set: clusters => Bitmap.of(size, clusters),
  };
}

/** By application: where it is prohibited, and where something that it needs is. @internal */
export function prohibitedClusters(
  plan: Plan,
  nowhere: Bitmap,
): ReadonlyMap<string, Bitmap> {
  const found = new Map<string, Bitmap>();
  for (const { name, refusals } of plan.applications.values()) {
    for (const { step, clusters } of refusals) {
      if (step !== 'prohibit') continue;
      const known = found.get(name);
      if (known) known.or(clusters);
      else found.set(name, clusters.clone());
    }
  }
  if (found.size === 0) return found;
  for (let again = true; again; ) {
    again = false;
    for (const { name, refusals, releases } of plan.applications.values()) {
      for (const [needed, needing] of neededOf(releases)) {
        const gone = found.get(needed);
        if (!gone) continue;
        const together = nowhere.clone();
        for (const { step, clusters } of refusals) {
          if (step !== 'depend') continue;
          together.or(clusters.clone().and(gone).and(needing));
        }
        const known = found.get(name) ?? nowhere;
        if (together.andNot(known).isEmpty()) continue;
        found.set(name, known.clone().or(together));
        again = true;
      }
    }
  }
  return found;
}

/** What the releases of an application need, each with the clusters on which they do. */
function neededOf(
  releases: readonly PlannedRelease[],
): ReadonlyMap<string, Bitmap> {
  const needed = new Map<string, Bitmap>();
  for (const { release, clusters } of releases) {
    for (const name of release.dependsOn) {
      const known = needed.get(name);
      needed.set(name, known ? known.clone().or(clusters) : clusters);
    }
  }
  return needed;
}
