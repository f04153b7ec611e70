import {
  entityRefOf,
  Problem,
  WindowSpec,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  CalendarError,
  ClusterCalendar,
  commonOpenings,
  Interval,
  weeklyOpenings,
} from '../calendar';

/** When a cluster may take in what is delivered, by its own clock. @public */
export interface Maintenance {
  /** IANA. */
  readonly timeZone: string;
  /** In every week: minutes since Monday 00:00, in order, `end` not included. */
  readonly openings: readonly Interval[];
}

const WEEK = 7 * 24 * 60;

/**
 * What a cluster has to keep of windows by itself; undefined where that is nothing.
 *
 * @param windows - by the name of their policies; all must be open
 * @returns with the problems of those that a cluster cannot keep by itself: they hold nothing there
 * @public
 */
export function findMaintenance(
  windows: ReadonlyMap<string, WindowSpec>,
  cluster: ClusterCalendar,
): { maintenance?: Maintenance; problems: Problem[] } {
  const problems: Problem[] = [];
  const weeks: (readonly Interval[])[] = [];
  for (const [name, spec] of windows) {
    try {
      weeks.push(weeklyOpenings(spec, cluster));
    } catch (error) {
      if (!(error instanceof CalendarError)) throw error;
      const { field, message } = error;
      problems.push({
        entity: entityRefOf('EdgePolicy', name),
        field: `spec.${field}`,
        message,
      });
    }
  }
  if (weeks.length === 0) return { problems };
  const openings = commonOpenings(weeks);
  const always =
    openings.length === 1 && openings[0].end - openings[0].start === WEEK;
  if (always) return { problems };
  if (openings.length > 0)
    return { maintenance: { timeZone: cluster.timeZone, openings }, problems };
  const names = [...windows.keys()];
  problems.push({
    entity: entityRefOf('EdgePolicy', names[0]),
    field: 'spec.onCluster',
    message: `${names.join(', ')} never open together on this cluster`,
  });
  return { problems };
}
