import { EdgeClusterEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { BillEntry, DeliveredCluster } from '../../model';
import { byCodeUnit } from '../format/digest';
import { Revision } from '../revision/Revision';
import { BillContent, ComponentLine } from './bill';
import { ClusterValue, literalLines } from './clusterValues';
import { excludedApplications } from './excludedApplications';
import {
  PlacedApplication,
  PlacedGroup,
  PlacedRevision,
} from './FleetRevisions';
import { leavingNamespaces } from './leavingNamespaces';
import { ObjectConflict } from './objectConflicts';

/** What is to be on one cluster. @internal */
export interface WantedCluster {
  readonly entity: EdgeClusterEntity;
  readonly namespaces: readonly PlacedRevision[];
  readonly applications: readonly PlacedApplication[];
  readonly groups: readonly PlacedGroup[];
  readonly values: ReadonlyMap<string, ClusterValue>;
  readonly delivered?: DeliveredCluster;
  /** Of the whole fleet. */
  readonly conflicts: readonly ObjectConflict[];
  /** The clock. */
  readonly now: Date;
}

/** What goes onto one cluster, with the revisions that it needs. @internal */
export interface ComposedCluster {
  readonly content: BillContent;
  readonly revisions: readonly Revision[];
  /** Lines of the delivered values that what stays still reads. */
  readonly keptLines?: ReadonlyMap<string, string>;
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
  const { delivered } = wanted;
  const revisions: Revision[] = [];
  const namespaces: BillEntry[] = [];
  let stays = false;
  const take = (
    placed: PlacedRevision,
    entries: BillEntry[],
    before?: readonly BillEntry[],
    away = false,
  ) => {
    if (placed.revision && placed.entry && !away) {
      revisions.push(placed.revision);
      entries.push(placed.entry);
      return;
    }
    const kept = find(before, placed.name);
    if (kept) {
      stays = true;
      entries.push(withoutEnd(kept));
    }
  };
  for (const namespace of wanted.namespaces) {
    take(namespace, namespaces, delivered?.bill.namespaces);
  }
  const leaving = leavingNamespaces(
    delivered?.bill.namespaces ?? [],
    new Set(wanted.namespaces.map(({ name }) => name)),
    wanted.now,
  );

  const applications: BillEntry[] = [];
  const excluded = excludedApplications(wanted, namespaces, report);
  for (const application of wanted.applications) {
    const away = excluded?.has(application.name);
    take(application, applications, delivered?.bill.applications, away);
  }

  const present = new Set(applications.map(({ name }) => name));
  const groups: BillEntry[] = [];
  const components: ComponentLine[] = [];
  for (const group of wanted.groups) {
    const lines = group.components.filter(
      ({ application }) =>
        application === undefined || present.has(application),
    );
    if (lines.length === 0) continue;
    take(group, groups);
    components.push(...lines);
  }
  return {
    content: {
      cluster: wanted.entity.metadata.name,
      namespaces:
        leaving.length === 0
          ? namespaces
          : [...namespaces, ...leaving].sort((a, b) =>
              byCodeUnit(a.name, b.name),
            ),
      applications,
      groups,
      components,
      addons: addonsOf(wanted.applications, present),
    },
    revisions,
    keptLines: stays && delivered ? literalLines(delivered.values) : undefined,
    leaving: leaving.length > 0,
  };
}

function addonsOf(
  applications: readonly PlacedApplication[],
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

/** What is wanted again does not leave. */
function withoutEnd({ leavesAfter, ...entry }: BillEntry): BillEntry {
  return entry;
}

function find(entries: readonly BillEntry[] | undefined, name: string) {
  return entries?.find(entry => entry.name === name);
}
