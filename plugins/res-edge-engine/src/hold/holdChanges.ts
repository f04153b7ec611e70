import { Bitmap } from '../bitmap';
import { Holds } from '../model';
import { FeasibilityInput } from './Changes';
import { HoldSchedule } from './HoldSchedule';
import { FeasibleHolds, keepFeasible } from './keepFeasible';

const NOTHING: Holds['applications'] = new Map();

/**
 * What of a plan waits now, by the windows, freezes and overrides of main, and what waits with it.
 *
 * A cluster to which nothing is delivered yet waits for nothing: there is nothing that a change could disturb.
 *
 * @public
 */
export function holdChanges(
  input: Omit<FeasibilityInput, 'versions'> & {
    /** What waits for other reasons, prohibitions included. */
    readonly also?: Holds;
    /** Asked where something is held alone. */
    readonly versions: () => FeasibilityInput['versions'];
    readonly schedule: HoldSchedule;
    /** The clock. */
    readonly now: Date;
  },
): FeasibleHolds {
  const { schedule, now, baseline, plan, also } = input;
  const direct = schedule.at(now);
  if (holdsNothing(direct) && (!also || holdsNothing(also))) {
    return { holds: direct, following: [] };
  }
  const delivered = Bitmap.empty(plan.snapshot.size);
  for (const clusters of baseline.applications.values()) delivered.or(clusters);
  for (const clusters of baseline.namespaces?.values() ?? []) {
    delivered.or(clusters);
  }
  const there = (held: Holds['applications']) =>
    new Map(
      [...held].map(([name, clusters]) => [
        name,
        clusters.clone().and(delivered),
      ]),
    );
  const scheduled = {
    applications: there(direct.applications),
    namespaces: there(direct.namespaces),
  };
  const { holds, following } = keepFeasible(
    { ...input, versions: input.versions() },
    together(scheduled, also),
  );
  return { holds: together(holds, also), following };
}

/** @public */
export function holdsNothing({
  applications,
  namespaces,
  groups,
}: Holds): boolean {
  return applications.size + namespaces.size + (groups?.size ?? 0) === 0;
}

/** What either holds. @public */
export function together(one: Holds, other: Holds | undefined): Holds {
  if (!other) return one;
  const behindGroups = behindBoth(one, other);
  return {
    applications: union(one.applications, other.applications),
    namespaces: union(one.namespaces, other.namespaces),
    ...((one.groups || other.groups) && {
      groups: union(one.groups ?? NOTHING, other.groups ?? NOTHING),
    }),
    ...(behindGroups && { behindGroups }),
  };
}

function union(
  a: Holds['applications'],
  b: Holds['applications'],
): Holds['applications'] {
  const result = new Map(a);
  for (const [name, clusters] of b) {
    const known = result.get(name);
    result.set(name, known ? known.clone().or(clusters) : clusters);
  }
  return result;
}

/** What waits for groups by one of them, and for nothing else by the other. */
function behindBoth(one: Holds, other: Holds): Holds['behindGroups'] {
  if (!one.behindGroups && !other.behindGroups) return undefined;
  const behind = new Map<string, Bitmap>();
  for (const [name, clusters] of union(
    one.behindGroups ?? NOTHING,
    other.behindGroups ?? NOTHING,
  )) {
    const left = clusters.clone();
    for (const { applications, behindGroups } of [one, other]) {
      const held = applications.get(name);
      if (!held) continue;
      const known = behindGroups?.get(name);
      left.andNot(known ? held.clone().andNot(known) : held);
    }
    behind.set(name, left);
  }
  return behind;
}
