import { BillEntry, DeliveredCluster, GitOpsEngine } from '../../model';
import { byCodeUnit } from '../format/digest';
import { Revision } from '../revision/Revision';
import { BillContent, groupsOf } from './bill';
import {
  billComponents,
  missingComponents,
  wantedComponents,
} from './clusterComponents';
import { ClusterValue, literalLines } from './clusterValues';
import { HeldHere, keptEntries, withoutEnd } from './heldHere';
import { excludedApplications } from './excludedApplications';
import {
  PlacedApplication,
  PlacedGroup,
  PlacedRevision,
} from './FleetRevisions';
import { ReadRemoval } from './isRemoved';
import { leavingNamespaces } from './leavingNamespaces';
import { movingApplications } from './movingApplications';
import { ObjectConflict } from './objectConflicts';
import { OrderedApplication, syncWaves } from './syncWaves';

/** What is to be on one cluster. @internal */
export interface WantedCluster {
  readonly name: string;
  readonly engine: GitOpsEngine;
  /** Its values stay, even where nothing that stays reads them. */
  readonly draining: boolean;
  readonly namespaces: readonly PlacedRevision[];
  readonly applications: readonly PlacedApplication[];
  readonly groups: readonly PlacedGroup[];
  /** Where left out, it has what is read of it. */
  readonly values?: ReadonlyMap<string, ClusterValue>;
  readonly delivered?: DeliveredCluster;
  /** Of the whole fleet. */
  readonly conflicts: readonly ObjectConflict[];
  /** Combinations of components that do not build, by key, with the reason. */
  readonly broken: ReadonlyMap<string, string>;
  /** The clock. */
  readonly now: Date;
  /** Left out where nothing is known of it. */
  readonly removedAt?: ReadRemoval;
  /** Left out where nothing is held. */
  readonly held?: HeldHere;
  /** Where applications stand that are delivered, held, and not wanted any more. */
  readonly placeOf: (entry: BillEntry) => OrderedApplication | undefined;
}

/** What goes onto one cluster, with the revisions that it needs. @internal */
export interface ComposedCluster {
  readonly content: BillContent;
  readonly revisions: readonly Revision[];
  /** Lines of the delivered values that what stays still reads. */
  readonly keptLines?: ReadonlyMap<string, string>;
  /** Whether these win over new ones: what is held reads what it read. */
  readonly heldValues: boolean;
  /** Groups of which something is missing that waits for nothing. */
  readonly missingGroups: ReadonlySet<string>;
  /** Whether it changes by itself as time goes by. */
  readonly leaving: boolean;
}

/** Told of an entity, by its reference, that one cluster does not get, and why. @internal */
export type ReportMissing = (entity: string, reason: string) => void;

/**
 * Composes the bill of one cluster. What cannot be delivered there stays as it was delivered, or stays away, and
 * what needs it likewise.
 *
 * @internal
 */
export function composeCluster(
  wanted: WantedCluster,
  report: ReportMissing,
): ComposedCluster {
  const { delivered, held } = wanted;
  const revisions: Revision[] = [];
  const namespaces: BillEntry[] = [];
  const stayed = new Set<string>();
  const take = (
    placed: PlacedRevision,
    entries: BillEntry[],
    before?: readonly BillEntry[],
    away = false,
  ): BillEntry | undefined => {
    if (placed.revision && placed.entry && !away) {
      revisions.push(placed.revision);
      entries.push(placed.entry);
      return undefined;
    }
    const kept = before?.find(({ name }) => name === placed.name);
    if (kept) entries.push(withoutEnd(kept));
    return kept;
  };
  for (const namespace of wanted.namespaces) {
    const away = held?.namespaces.has(namespace.name);
    take(namespace, namespaces, delivered?.bill.namespaces, away);
  }
  const kept = keptEntries(held, wanted, delivered);
  const applications: BillEntry[] = [];
  const components = wantedComponents(wanted.groups);
  const mayMove = movingApplications(
    wanted.applications,
    delivered,
    wanted.now,
    wanted.removedAt,
  );
  const movers = new Set(mayMove.map(({ name }) => name));
  const excluded = excludedApplications(
    wanted,
    namespaces,
    components,
    movers,
    report,
  );
  const stayedIn = new Set<string | undefined>();
  for (const application of wanted.applications) {
    const { name } = application;
    const away = excluded?.has(name);
    if (movers.has(name) && !away) continue;
    const before = delivered?.bill.applications;
    const stays = take(application, applications, before, away);
    if (!stays) continue;
    stayed.add(name);
    stayedIn.add(stays.namespace);
  }
  for (const { name, namespace } of kept.applications) {
    stayed.add(name);
    stayedIn.add(namespace);
  }
  for (const { name } of kept.namespaces) stayedIn.add(name);
  const moving = mayMove.filter(({ name }) => !stayed.has(name));
  const unwanted = unwantedNamespaces(wanted);
  const needed = unwanted.filter(({ name }) => stayedIn.has(name));
  const leaving = leavingNamespaces(
    unwanted.filter(({ name }) => !stayedIn.has(name)),
    delivered?.bill.applications ?? [],
    wanted.now,
    wanted.removedAt,
  );
  const present = new Set(
    [...applications, ...kept.applications].map(({ name }) => name),
  );
  const lines = billComponents(wanted, components, present, stayed, report);
  const own = components.get(undefined) ?? [];
  const ownStay = lines.some(
    ({ path, application }) =>
      application === undefined && !own.some(other => other.path === path),
  );
  const used = new Set(lines.map(({ path }) => path));
  for (const group of wanted.groups) {
    if (group.revision && group.components.some(({ path }) => used.has(path))) {
      revisions.push(group.revision);
    }
  }
  const keptPlaces = kept.applications.flatMap(
    entry => wanted.placeOf(entry) ?? [],
  );
  const ordered = [...wanted.applications, ...keptPlaces];
  return {
    content: {
      cluster: wanted.name,
      ...(wanted.engine === 'argocd' && {
        engine: wanted.engine,
        waves: syncWaves(ordered, present),
      }),
      namespaces: inOrder(namespaces, [...needed.map(withoutEnd), ...leaving]),
      applications: inOrder(applications, kept.applications),
      ...(moving.length > 0 && { moving }),
      groups: groupsOf(lines),
      components: lines,
      addons: addonsOf(ordered, present),
    },
    revisions,
    keptLines:
      delivered && (wanted.draining || ownStay || stayed.size > 0)
        ? literalLines(delivered.values)
        : undefined,
    heldValues: held?.firm === true,
    missingGroups: missingComponents(wanted, components, lines, present),
    leaving: leaving.length + moving.length > 0,
  };
}

function inOrder(
  entries: readonly BillEntry[],
  more: readonly BillEntry[],
): readonly BillEntry[] {
  return more.length === 0
    ? entries
    : [...entries, ...more].sort((a, b) => byCodeUnit(a.name, b.name));
}

function addonsOf(
  applications: readonly OrderedApplication[],
  present: ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> {
  const addons = new Map<string, string[]>();
  for (const { name, namespace, addon } of applications) {
    if (!addon || !present.has(name)) continue;
    const list = addons.get(namespace);
    if (list) list.push(name);
    else addons.set(namespace, [name]);
  }
  return addons;
}

/** Those that are on the cluster and shall not be; an application that stays as it is may still need one. */
function unwantedNamespaces({ delivered, namespaces }: WantedCluster) {
  const before = delivered?.bill.namespaces ?? [];
  const wanted = new Set(namespaces.map(({ name }) => name));
  return before.filter(({ name }) => !wanted.has(name));
}
