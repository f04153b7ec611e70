import { Bitmap } from '../bitmap';
import {
  ApplicationPlan,
  Baseline,
  Decisions,
  DeliveredShard,
  Plan,
  Refusal,
  releaseOn,
} from '../model';
import { Losses, LostClusters } from './Losses';

/** What {@link findLosses} reads. @public */
export interface LossInput {
  readonly plan: Plan;
  readonly decisions: Decisions;
  /** What runs where, by the numbers of the plan's snapshot. */
  readonly baseline: Baseline;
  /** The bills, of which those of clusters are read that are no longer registered. */
  readonly delivered: ReadonlyMap<string, DeliveredShard>;
  /** References of prohibitions that a person has said yes to: what they take away is nobody's question any more. */
  readonly answered?: ReadonlySet<string>;
}

/**
 * What a plan takes away from clusters that have it now: by decision, because the cluster leaves the target, or because
 * it is no longer registered.
 *
 * @public
 */
export function findLosses(input: LossInput): Losses {
  const { plan, decisions, baseline } = input;
  const gone = goneClusters(input);
  const applications = new Map<string, LostClusters>();
  const add = (
    to: Map<string, LostClusters>,
    name: string,
    clusters: Bitmap,
    names: readonly string[] = [],
  ) => {
    if (clusters.isEmpty() && names.length === 0) return;
    to.set(name, { clusters, gone: [...names].sort() });
  };
  const prohibited = prohibitedOf(input);
  for (const name of namesOf(baseline.applications, gone.applications)) {
    const lost = missing(
      plan,
      baseline.applications.get(name),
      plan.applications.get(name)?.placed,
    );
    const answered = prohibited.get(name);
    if (answered) lost.andNot(answered);
    add(applications, name, lost, gone.applications.get(name));
  }
  const namespaces = new Map<string, LostClusters>();
  for (const name of namesOf(baseline.namespaces, gone.namespaces)) {
    // Of one that main does not hold any more nobody knows that it stays.
    const prune = decisions.namespaces.get(name)?.entity.spec.prune;
    if (decisions.namespaces.has(name) && prune !== 'delete') continue;
    const lost = missing(
      plan,
      baseline.namespaces?.get(name),
      plan.namespaces.get(name),
    );
    add(namespaces, name, lost, gone.namespaces.get(name));
  }
  return { applications, namespaces };
}

/** The clusters that had something, and no longer have it. */
function missing(
  { snapshot }: Plan,
  before: Bitmap | undefined,
  after: Bitmap | undefined,
): Bitmap {
  if (!before) return Bitmap.empty(snapshot.size);
  const lost = before.clone();
  return after ? lost.andNot(after) : lost;
}

function namesOf(
  registered: ReadonlyMap<string, Bitmap> | undefined,
  gone: ReadonlyMap<string, readonly string[]>,
): string[] {
  return [...new Set([...(registered?.keys() ?? []), ...gone.keys()])].sort();
}

/** What clusters have that are no longer registered. */
function goneClusters({ plan, delivered }: LossInput) {
  const applications = new Map<string, string[]>();
  const namespaces = new Map<string, string[]>();
  const add = (to: Map<string, string[]>, name: string, cluster: string) => {
    const known = to.get(name);
    if (known) known.push(cluster);
    else to.set(name, [cluster]);
  };
  for (const { clusters } of delivered.values()) {
    for (const [cluster, { bill }] of clusters) {
      if (plan.snapshot.numberOf(cluster) !== undefined) continue;
      for (const { name } of bill.applications)
        add(applications, name, cluster);
      for (const { name } of bill.namespaces) add(namespaces, name, cluster);
    }
  }
  return { applications, namespaces };
}

/** By application: where a prohibition that is answered takes it away, or something that it depends on. */
function prohibitedOf({
  plan,
  answered,
}: LossInput): ReadonlyMap<string, Bitmap> {
  const found = new Map<string, Bitmap>();
  if (!answered || answered.size === 0) return found;
  const { size } = plan.snapshot;
  const add = (name: string, clusters: Bitmap): boolean => {
    const known = found.get(name) ?? Bitmap.empty(size);
    const more = known.clone().or(clusters);
    if (more.equals(known)) return false;
    found.set(name, more);
    return true;
  };
  for (const { name, refusals } of plan.applications.values()) {
    for (const { step, rule, clusters } of refusals) {
      if (step === 'prohibit' && answered.has(rule)) add(name, clusters);
    }
  }
  for (let changed = found.size > 0; changed; ) {
    changed = false;
    for (const application of plan.applications.values()) {
      for (const refusal of application.refusals) {
        const needed = found.get(dependencyOf(application, refusal) ?? '');
        if (!needed) continue;
        const more = refusal.clusters.clone().and(needed);
        if (add(application.name, more)) changed = true;
      }
    }
  }
  return found;
}

/** The application that a refusal by `spec.dependsOn` is about; undefined for other refusals. */
function dependencyOf(
  application: ApplicationPlan,
  { step, rule, clusters }: Refusal,
): string | undefined {
  const index = /#spec\.dependsOn\[(\d+)\]$/.exec(rule)?.[1];
  if (step !== 'depend' || index === undefined) return undefined;
  // A refusal names what is missing, so that it is the same on all its clusters.
  const [cluster] = clusters;
  const wanted = releaseOn(application, cluster);
  return wanted?.release.dependsOn[Number(index)];
}
