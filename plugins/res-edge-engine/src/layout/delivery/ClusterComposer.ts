import { EdgeClusterEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { BillEntry, DeliveredCluster } from '../../model';
import { clusterValueProblem } from '../capture/placeholder';
import { Revision } from '../revision/Revision';
import { BillContent, ComponentLine } from './bill';
import { ClusterValue, literalLines } from './clusterValues';
import {
  PlacedApplication,
  PlacedGroup,
  PlacedRevision,
} from './FleetRevisions';

/** What is to be on one cluster. @internal */
export interface WantedCluster {
  readonly entity: EdgeClusterEntity;
  readonly namespaces: readonly PlacedRevision[];
  readonly applications: readonly PlacedApplication[];
  readonly groups: readonly PlacedGroup[];
  readonly values: ReadonlyMap<string, ClusterValue>;
  readonly delivered?: DeliveredCluster;
}

/** What goes onto one cluster, with the revisions that it needs. @internal */
export interface ComposedCluster {
  readonly content: BillContent;
  readonly revisions: readonly Revision[];
  /** Lines of the delivered values that what stays still reads. */
  readonly keptLines?: ReadonlyMap<string, string>;
}

/** Told of an application that one cluster does not get, and why. @internal */
export type ReportMissing = (application: string, reason: string) => void;

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
      entries.push(kept);
    }
  };
  for (const namespace of wanted.namespaces) {
    take(namespace, namespaces, delivered?.bill.namespaces);
  }

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
      namespaces,
      applications,
      groups,
      components,
      addons: addonsOf(wanted.applications, present),
    },
    revisions,
    keptLines: stays && delivered ? literalLines(delivered.values) : undefined,
  };
}

/** The applications whose new revision this cluster cannot get; none in the usual case. */
function excludedApplications(
  wanted: WantedCluster,
  namespaces: readonly BillEntry[],
  report: ReportMissing,
): ReadonlySet<string> | undefined {
  let excluded: Set<string> | undefined;
  const present = new Set(namespaces.map(({ name }) => name));
  const exclude = (name: string) => {
    excluded = (excluded ?? new Set()).add(name);
  };
  for (const { name, namespace, revision } of wanted.applications) {
    if (!revision) {
      exclude(name);
    } else if (!present.has(namespace)) {
      exclude(name);
      report(name, `its namespace '${namespace}' cannot be delivered`);
    } else {
      const missing = missingValue(revision, wanted.values);
      if (missing !== undefined) {
        exclude(name);
        report(name, missing);
      }
    }
  }
  if (!excluded) return undefined;

  const gone = excluded;
  const isAway = (name: string) =>
    gone.has(name) &&
    find(wanted.delivered?.bill.applications, name) === undefined;
  for (let before = -1; before !== gone.size; ) {
    before = gone.size;
    for (const { name, dependsOn } of wanted.applications) {
      const away = gone.has(name) ? undefined : dependsOn.find(isAway);
      if (away !== undefined) {
        gone.add(name);
        report(name, `'${away}', which it depends on, cannot be delivered`);
      }
    }
  }
  return excluded;
}

function missingValue(
  { clusterKeys }: Revision,
  values: ReadonlyMap<string, ClusterValue>,
): string | undefined {
  for (const [key, types] of clusterKeys) {
    const found = values.get(key);
    if (!found) return `nothing sets \${{ cluster.${key} }}`;
    for (const type of types) {
      const problem = clusterValueProblem(found.value, type);
      if (problem !== undefined) {
        return `\${{ cluster.${key} | ${type} }}: ${problem} (${found.origin})`;
      }
    }
  }
  return undefined;
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

function find(entries: readonly BillEntry[] | undefined, name: string) {
  return entries?.find(entry => entry.name === name);
}
