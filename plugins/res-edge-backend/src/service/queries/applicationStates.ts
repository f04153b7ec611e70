import {
  APPLICATION_STATES,
  ApplicationState,
  applicationState,
  BillEntry,
  Bitmap,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { StateCounts } from '@res-edge/backstage-plugin-res-edge-common';
import { VisibleFleet } from '../../permissions';
import { FleetStatus } from '../../status';

/** What the queries read of what clusters report. @internal */
export type ReadStatus = Pick<
  FleetStatus,
  'freshness' | 'heardAt' | 'isHeard' | 'report' | 'reportsOf' | 'ownBuild'
>;

/** How an application is on the clusters whose bill names it. @internal */
export interface ApplicationStates {
  /** The clusters that are in each state; all states are there. */
  readonly clusters: ReadonlyMap<ApplicationState, Bitmap>;
  /** The line in the bill, by number of cluster. */
  readonly entries: ReadonlyMap<number, BillEntry>;
}

/** What is wanted of an application against what is reported, on all clusters that the caller may see. @internal */
export function applicationStates(
  fleet: VisibleFleet,
  status: ReadStatus,
  application: string,
): ApplicationStates {
  const { snapshot, delivered } = fleet.view;
  const clusters = new Map(
    APPLICATION_STATES.map(state => [state, Bitmap.empty(snapshot.size)]),
  );
  const entries = new Map<number, BillEntry>();
  for (const [cluster, entry] of delivered.entries(application)) {
    const number = fleet.numberOf(cluster);
    if (number === undefined) continue;
    entries.set(number, entry);
    clusters.get(stateOf(status, cluster, entry))!.add(number);
  }
  return { clusters, entries };
}

/** @param freshness - of the cluster, where it is known already @internal */
export function stateOf(
  status: Pick<ReadStatus, 'freshness' | 'report'>,
  cluster: string,
  { name, revision }: BillEntry,
  freshness = status.freshness(cluster),
): ApplicationState {
  return applicationState(revision, status.report(cluster, name), freshness);
}

/** No cluster in any state. @internal */
export function noStates(): StateCounts {
  return {
    current: 0,
    progressing: 0,
    awaited: 0,
    failed: 0,
    behind: 0,
    stale: 0,
    offline: 0,
    unknown: 0,
  };
}
