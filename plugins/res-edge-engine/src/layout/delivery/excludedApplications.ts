import { entityRefOf } from '@res-edge/backstage-plugin-res-edge-common';
import { BillEntry } from '../../model';
import type { ReportMissing, WantedCluster } from './ClusterComposer';
import {
  componentProblem,
  waitingComponents,
  WantedComponents,
} from './clusterComponents';
import { missingValue } from './clusterValues';
import { PlacedApplication } from './FleetRevisions';
import { ObjectConflict } from './objectConflicts';

/**
 * The applications whose new revision a cluster cannot get; none in the usual case.
 *
 * @param moving - names of those that go to another namespace, and arrive later
 * @internal
 */
export function excludedApplications(
  wanted: WantedCluster,
  namespaces: readonly BillEntry[],
  components: WantedComponents,
  moving: ReadonlySet<string>,
  report: ReportMissing,
): ReadonlySet<string> | undefined {
  let excluded: Set<string> | undefined;
  const present = new Set(namespaces.map(({ name }) => name));
  const exclude = (name: string, reason?: string) => {
    excluded = (excluded ?? new Set()).add(name);
    if (reason !== undefined) {
      report(entityRefOf('EdgeApplication', name), reason);
    }
  };
  // Half a move is no state to stay in: what has left its old namespace is not held.
  const arrives = (name: string) =>
    wanted.delivered?.bill.moving?.some(move => move.name === name) === true;
  const waiting = waitingComponents(
    wanted.held?.groups,
    wanted.delivered?.bill.components ?? [],
    components,
  );
  for (const { name, namespace, revision } of wanted.applications) {
    const waits = waiting.has(name);
    const changes = () =>
      revision?.digest !== deliveredEntry(wanted, name)?.revision;
    const held = wanted.held?.applications.has(name) && !arrives(name);
    if (!revision || held || (waits && changes())) {
      exclude(name);
    } else if (!present.has(namespace)) {
      exclude(name, `its namespace '${namespace}' cannot be delivered`);
    } else {
      const missing =
        (wanted.values && missingValue(revision.clusterKeys, wanted.values)) ??
        (waits
          ? undefined
          : componentProblem(wanted, { name, revision }, components, report));
      if (missing !== undefined) exclude(name, missing);
    }
  }
  const isAway = (name: string) =>
    excluded?.has(name)
      ? deliveredEntry(wanted, name) === undefined
      : moving.has(name);
  excludeConflicts(wanted, isAway, exclude);
  if (!excluded && moving.size === 0) return undefined;
  const gone: Set<string> = (excluded ??= new Set());
  for (let before = -1; before !== gone.size; ) {
    before = gone.size;
    for (const { name, dependsOn } of wanted.applications) {
      if (gone.has(name) || moving.has(name)) continue;
      const away = dependsOn.find(isAway);
      if (away === undefined) continue;
      const why = moving.has(away)
        ? 'moves to another namespace first'
        : 'cannot be delivered';
      exclude(name, `'${away}', which it depends on, ${why}`);
    }
  }
  return gone;
}

/**
 * Of two applications that bring one object, the one that is there stays; the other keeps what it has, or stays away.
 * Where both are there and both change, both keep what they have: it did not conflict. Where neither is, the first by
 * name comes.
 */
function excludeConflicts(
  wanted: WantedCluster,
  isAway: (name: string) => boolean,
  exclude: (name: string, reason: string) => void,
): void {
  if (wanted.conflicts.length === 0) return;
  const here = new Set(wanted.applications);
  const stateOf = ({ name, entry }: PlacedApplication) => {
    const before = deliveredEntry(wanted, name);
    if (!before) return 0;
    return before.revision === entry?.revision ? 2 : 1;
  };
  const conflicts = wanted.conflicts
    .filter(({ first, second }) => here.has(first) && here.has(second))
    .map(conflict => ({
      conflict,
      states: [stateOf(conflict.first), stateOf(conflict.second)],
    }));
  // What is there already is settled before what would come.
  const rank = ([one, other]: number[]) => (one === 0 && other === 0 ? 1 : 0);
  conflicts.sort((a, b) => rank(a.states) - rank(b.states));
  for (const { conflict, states } of conflicts) {
    const { first, second } = conflict;
    if (isAway(first.name) || isAway(second.name)) continue;
    const lose = (loser: PlacedApplication, other: PlacedApplication) =>
      exclude(loser.name, conflictReason(conflict, other));
    const [one, other] = states;
    if (one < other) lose(first, second);
    else lose(second, first);
    if (one === 1 && other === 1) lose(first, second);
  }
}

function conflictReason(
  { object }: ObjectConflict,
  { name }: PlacedApplication,
): string {
  return `it brings ${object}, which application '${name}' brings there too`;
}

function deliveredEntry({ delivered }: WantedCluster, name: string) {
  return delivered?.bill.applications.find(entry => entry.name === name);
}
