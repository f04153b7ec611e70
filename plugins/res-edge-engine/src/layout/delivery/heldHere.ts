import {
  Bill,
  BillEntry,
  Decisions,
  DeliveredCluster,
  Holds,
} from '../../model';
import { byCodeUnit } from '../format/digest';
import type { PlacedRevision } from './FleetRevisions';
import { OrderedApplication } from './syncWaves';

/** What is held on one cluster. @internal */
export interface HeldHere {
  readonly applications: ReadonlySet<string>;
  readonly namespaces: ReadonlySet<string>;
  /** Those whose values and components stay. */
  readonly groups: ReadonlySet<string>;
  /** Whether more is held than groups, and what waits for them: then all values stay, and all components of the cluster's own build. */
  readonly firm: boolean;
}

/** Entries of a bill that stay although the plan does not want them any more. @internal */
export interface KeptEntries {
  readonly namespaces: readonly BillEntry[];
  readonly applications: readonly BillEntry[];
}

/** The names of what is wanted on one cluster and held back, or of what would leave. @internal */
export interface HeldBack {
  readonly applications: readonly string[];
  readonly namespaces: readonly string[];
  /** Groups whose components cannot be made; left out where nobody asks. */
  readonly groups?: readonly string[];
}

/** Undefined where nothing is held on the cluster. @internal */
export function heldHere(
  holds: Holds | undefined,
  cluster: number,
): HeldHere | undefined {
  if (!holds) return undefined;
  const names = (held: Holds['applications'] = new Map()) =>
    new Set(
      [...held]
        .filter(([, clusters]) => clusters.has(cluster))
        .map(([name]) => name),
    );
  const applications = names(holds.applications);
  const namespaces = names(holds.namespaces);
  const groups = names(holds.groups);
  const isBehind = (name: string) =>
    holds.behindGroups?.get(name)?.has(cluster) === true;
  return applications.size + namespaces.size + groups.size === 0
    ? undefined
    : {
        ...{ applications, namespaces, groups },
        firm:
          namespaces.size > 0 ||
          ![...applications].every(name => isBehind(name)),
      };
}

/**
 * Whether nothing of a cluster's folder may change, so that it is not even rendered.
 *
 * @internal
 */
export function isHeldWhole(
  held: HeldHere,
  wanted: {
    namespaces: readonly PlacedRevision[];
    applications: readonly PlacedRevision[];
  },
  delivered: Bill | undefined,
): boolean {
  const all = (
    names: ReadonlySet<string>,
    ...lists: (readonly { name: string }[] | undefined)[]
  ) => lists.every(list => list?.every(({ name }) => names.has(name)) ?? true);
  return (
    held.firm &&
    !delivered?.moving &&
    all(held.applications, wanted.applications, delivered?.applications) &&
    all(held.namespaces, wanted.namespaces, delivered?.namespaces)
  );
}

/** What differs from what is delivered, and is held. @internal */
export function heldBack(
  held: HeldHere,
  wanted: {
    namespaces: readonly PlacedRevision[];
    applications: readonly PlacedRevision[];
  },
  delivered: Bill | undefined,
): HeldBack | undefined {
  const differing = (
    names: ReadonlySet<string>,
    placed: readonly PlacedRevision[],
    entries: readonly BillEntry[] = [],
  ) =>
    [...names]
      .filter(name => {
        const before = entries.find(entry => entry.name === name);
        const after = placed.find(one => one.name === name);
        // A revision that could not be made would change nothing.
        if (after && !after.entry) return false;
        return before?.revision !== after?.entry?.revision;
      })
      .sort(byCodeUnit);
  const arriving = new Set(delivered?.moving?.map(({ name }) => name));
  const applications = differing(
    held.applications,
    wanted.applications,
    delivered?.applications,
  ).filter(name => !arriving.has(name));
  const namespaces = differing(
    held.namespaces,
    wanted.namespaces,
    delivered?.namespaces,
  );
  return applications.length + namespaces.length === 0
    ? undefined
    : { applications, namespaces };
}

/**
 * What is delivered, held, and not wanted any more. Where the bill does not say which namespace an application is in, no
 * namespace leaves while it stays.
 *
 * @internal
 */
export function keptEntries(
  held: HeldHere | undefined,
  wanted: {
    namespaces: readonly PlacedRevision[];
    applications: readonly PlacedRevision[];
  },
  delivered: DeliveredCluster | undefined,
): KeptEntries {
  if (!held || !delivered) return { namespaces: [], applications: [] };
  const gone = (
    entries: readonly BillEntry[],
    placed: readonly PlacedRevision[],
  ) => {
    const names = new Set(placed.map(({ name }) => name));
    return entries.filter(({ name }) => !names.has(name));
  };
  const { bill } = delivered;
  const applications = gone(bill.applications, wanted.applications).filter(
    ({ name }) => held.applications.has(name),
  );
  const namespaces = gone(bill.namespaces, wanted.namespaces).filter(
    ({ name }) =>
      applications.some(({ namespace = name }) => namespace === name) ||
      held.namespaces.has(name),
  );
  return { applications, namespaces: namespaces.map(withoutEnd) };
}

/** Where an application of a bill stands, as main says; undefined where main does not know it any more. @internal */
export function placeOnMain(
  { applications }: Decisions,
  { name }: BillEntry,
): OrderedApplication | undefined {
  const decision = applications.get(name);
  if (decision?.entity.spec.namespace === undefined) return undefined;
  const { namespace, type } = decision.entity.spec;
  const dependsOn = decision.releases.at(-1)?.dependsOn ?? [];
  return { name, namespace, addon: type === 'addon', dependsOn };
}

/** What is wanted again does not leave. @internal */
export function withoutEnd(kept: BillEntry): BillEntry {
  const { leavesAfter, leaving, ...entry } = kept;
  return leavesAfter === undefined ? kept : entry;
}
