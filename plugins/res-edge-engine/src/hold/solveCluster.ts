import { Bitmap } from '../bitmap';
import { readCapacity } from '../decide/Limits';
import { releaseOn } from '../model';
import { compareNames } from '../snapshot';
import { Changes, FeasibilityInput, VersionNeeds } from './Changes';

/** A change that waits for another one. @public */
export interface FollowingHold {
  readonly application: string;
  readonly clusters: Bitmap;
  /** The application whose change is held. */
  readonly behind: string;
  readonly reason: string;
}

/** An application on one cluster: as it is delivered, and as it is wanted. */
interface Here {
  readonly name: string;
  readonly namespace: string;
  readonly priority: number;
  readonly changes: boolean;
  /** A prohibition takes it away. */
  readonly prohibited: boolean;
  readonly before?: VersionNeeds;
  readonly after?: VersionNeeds;
  held: boolean;
}

type Following = Omit<FollowingHold, 'clusters'>;

/** What more must be held on one cluster so that what is delivered there fits and is complete. @internal */
export function solveCluster(
  input: FeasibilityInput,
  changes: Changes,
  held: ReadonlyMap<string, Bitmap>,
  cluster: number,
): Following[] {
  const here = applicationsHere(input, changes, held, cluster);
  const byName = new Map(here.map(one => [one.name, one]));
  const bounds = boundsOf(input, cluster);
  const following: Following[] = [];
  const next = () =>
    incomplete(here, byName) ?? removed(here, byName) ?? tooMuch(here, bounds);
  for (let found = next(); found; found = next()) {
    const { one, ...hold } = found;
    one.held = true;
    following.push({ application: one.name, ...hold });
  }
  return following;
}

type Found = { one: Here; behind: string; reason: string };

function stateOf(one: Here | undefined): VersionNeeds | undefined {
  return one?.held ? one.before : one?.after;
}

function mayBeHeld({ changes, held, prohibited }: Here): boolean {
  return changes && !held && !prohibited;
}

/** A change whose dependency is not there, or not yet as it shall be. */
function incomplete(
  here: readonly Here[],
  byName: ReadonlyMap<string, Here>,
): Found | undefined {
  for (const one of here) {
    if (!mayBeHeld(one) || !one.after) continue;
    for (const needed of one.after.dependsOn) {
      const other = byName.get(needed);
      if (other?.held && other.changes) {
        const reason = `waits with '${needed}', which it depends on`;
        return { one, behind: needed, reason };
      }
    }
  }
  return undefined;
}

/** What would leave although something that stays needs it. */
function removed(
  here: readonly Here[],
  byName: ReadonlyMap<string, Here>,
): Found | undefined {
  for (const { name, held, before } of here) {
    if (!held || !before) continue;
    for (const needed of before.dependsOn) {
      const one = byName.get(needed);
      if (one && mayBeHeld(one) && !one.after) {
        const reason = `stays with '${name}', which depends on it`;
        return { one, behind: name, reason };
      }
    }
  }
  return undefined;
}

/** Amounts of billionths by resource, for a namespace or (without one) for the cluster. */
interface Bound {
  readonly namespace?: string;
  readonly limits: ReadonlyMap<string, bigint>;
}

/** The least important change that takes more than there is room for. */
function tooMuch(
  here: readonly Here[],
  bounds: readonly Bound[],
): Found | undefined {
  for (const { namespace, limits } of bounds) {
    const within = here.filter(
      one => namespace === undefined || one.namespace === namespace,
    );
    for (const [resource, limit] of limits) {
      const amount = (needs: VersionNeeds | undefined) =>
        readCapacity(needs?.requests ?? {}).get(resource) ?? 0n;
      const sum = within.reduce(
        (total, one) => total + amount(stateOf(one)),
        0n,
      );
      if (sum <= limit) continue;
      const one = within
        .filter(
          each => mayBeHeld(each) && amount(each.after) > amount(each.before),
        )
        .sort((a, b) => a.priority - b.priority || compareNames(b.name, a.name))
        .at(0);
      if (!one) continue;
      const [behind] = within
        .filter(({ held, changes }) => held && changes)
        .sort(
          (a, b) =>
            Number(amount(a.after) - amount(a.before) > 0n) -
              Number(amount(b.after) - amount(b.before) > 0n) ||
            compareNames(a.name, b.name),
        );
      const place =
        namespace === undefined
          ? 'on the cluster'
          : `in namespace '${namespace}'`;
      return {
        one,
        behind: behind?.name ?? one.name,
        reason: `waits for ${resource} ${place}${
          behind ? `, of which '${behind.name}' will leave some` : ''
        }`,
      };
    }
  }
  return undefined;
}

function applicationsHere(
  { plan, decisions, needsOf }: FeasibilityInput,
  changes: Changes,
  held: ReadonlyMap<string, Bitmap>,
  cluster: number,
): Here[] {
  return changes.names.flatMap((name): Here[] => {
    const isThere = changes.delivered(name).has(cluster);
    const isWanted = changes.placed(name).has(cluster);
    if (!isThere && !isWanted) return [];
    const decision = decisions.applications.get(name);
    const { release } = releaseOn(plan.applications.get(name), cluster) ?? {};
    const nothing = { requests: {}, dependsOn: [] };
    const version = changes.version(name, cluster);
    const before =
      (version === undefined ? undefined : needsOf(name, version)) ??
      release ??
      nothing;
    return [
      {
        name,
        namespace: plan.applications.get(name)?.namespace ?? '',
        priority: decision?.entity.spec.priority ?? 0,
        changes: changes.of(name).has(cluster),
        prohibited: changes.prohibited(name).has(cluster),
        before: isThere ? before : undefined,
        after: isWanted ? release ?? nothing : undefined,
        held: held.get(name)?.has(cluster) ?? false,
      },
    ];
  });
}

function boundsOf(
  { plan, decisions }: FeasibilityInput,
  cluster: number,
): Bound[] {
  const { capacity } = plan.snapshot.clusters[cluster].spec;
  const bounds: Bound[] = [];
  for (const [namespace, { entity }] of decisions.namespaces) {
    const quota = entity.spec.resources?.quota;
    if (quota) bounds.push({ namespace, limits: readCapacity(quota) });
  }
  if (capacity) bounds.push({ limits: readCapacity(capacity) });
  return bounds;
}
