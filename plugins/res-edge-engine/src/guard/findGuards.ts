import { Bitmap } from '../bitmap';
import { Plan } from '../model';
import { ClusterCounter } from './ClusterCounter';
import { Guard, GuardOptions, GuardScope } from './Guard';
import { Losses, LostClusters, NamedLosses } from './Losses';
import { withoutNamed } from './withoutNamed';

/** What {@link findGuards} reads. @public */
export interface GuardInput {
  readonly plan: Plan;
  /** By application, where it is delivered; by the numbers of the plan's snapshot. */
  readonly baseline: ReadonlyMap<string, Bitmap>;
  readonly losses: Losses;
  /** What was taken away within the time that is looked at, and no person has said yes to. */
  readonly recent: ReadonlyMap<string, ReadonlySet<string>>;
  /** What a person has said yes to. */
  readonly signedOff: NamedLosses;
  readonly options: GuardOptions;
}

/**
 * The losses that wait for a person, by what is looked at; one loss may be in several of them, and waits for one yes.
 *
 * @public
 */
export function findGuards(input: GuardInput): Guard[] {
  const open = withoutNamed(input.plan.snapshot, input.losses, input.signedOff);
  const guards = [...open.namespaces].map(
    ([name, lost]): Guard => ({
      scope: 'deletion',
      name,
      lost: lost.clusters.count() + lost.gone.length,
      before: 0,
      total: lost.clusters.count() + lost.gone.length,
      losses: { applications: new Map(), namespaces: new Map([[name, lost]]) },
    }),
  );
  if (open.applications.size === 0) return guards;
  const counter = ClusterCounter.create(input, open.applications);
  const names = [...open.applications.keys()];
  const check = (
    scope: GuardScope,
    name: string,
    applications: ReadonlySet<string> | undefined,
    within?: Bitmap,
  ) => {
    const counts = counter.count(applications, within);
    const { share, atLeast } = input.options;
    if (counts.lost < atLeast || counts.lost <= share * counts.total) return;
    const lost = [...open.applications].flatMap(
      ([application, clusters]): [string, LostClusters][] => {
        if (applications && !applications.has(application)) return [];
        const part = within
          ? { clusters: clusters.clusters.clone().and(within), gone: [] }
          : clusters;
        const nothing = part.clusters.isEmpty() && part.gone.length === 0;
        return nothing ? [] : [[application, part]];
      },
    );
    // What happened before this plan alone holds nothing.
    if (lost.length === 0) return;
    guards.push({
      scope,
      name,
      ...counts,
      losses: { applications: new Map(lost), namespaces: new Map() },
    });
  };
  for (const name of names) check('application', name, new Set([name]));
  for (const [name, applications] of namespacesOf(input.plan, names)) {
    check('namespace', name, applications);
  }
  const { groups } = input.plan.snapshot;
  for (const name of groupNames(groups)) {
    check('group', name, undefined, groups.members(name));
  }
  check('fleet', '', undefined);
  return guards;
}

/** All groups, sorted. */
function groupNames(groups: Plan['snapshot']['groups']): string[] {
  const names = new Set<string>();
  const visit = (some: readonly string[]) => {
    for (const name of some) {
      if (names.has(name)) continue;
      names.add(name);
      visit(groups.children(name));
    }
  };
  visit(groups.roots);
  return [...names].sort();
}

/** All applications of the namespaces of which something is lost. */
function namespacesOf(
  { applications }: Plan,
  lost: readonly string[],
): Map<string, Set<string>> {
  const namespaces = new Map<string, Set<string>>();
  for (const name of lost) {
    const namespace = applications.get(name)?.namespace;
    if (namespace) namespaces.set(namespace, new Set());
  }
  for (const { name, namespace } of applications.values()) {
    namespaces.get(namespace)?.add(name);
  }
  return new Map([...namespaces].sort(([a], [b]) => (a < b ? -1 : 1)));
}
