import { IANAZone } from 'luxon';
import { Bitmap } from '../bitmap';
import { ClusterCalendar } from '../calendar';
import { Snapshot } from '../snapshot';

/** Clusters for which the clock and the operating hours are the same. @internal */
export interface CalendarClass {
  readonly key: string;
  readonly calendar: ClusterCalendar;
  readonly clusters: Bitmap;
}

const known = new WeakMap<Snapshot, readonly CalendarClass[]>();

/** A cluster without a time zone that can be read goes by this one. */
const DEFAULT_ZONE = 'UTC';

/** All clusters, by what windows read of them: few classes, however many clusters. @internal */
export function calendarClasses(snapshot: Snapshot): readonly CalendarClass[] {
  let classes = known.get(snapshot);
  if (!classes) known.set(snapshot, (classes = classify(snapshot)));
  return classes;
}

function classify(snapshot: Snapshot): CalendarClass[] {
  const classes = new Map<string, CalendarClass>();
  snapshot.clusters.forEach(({ spec }, number) => {
    const { timeZone = DEFAULT_ZONE, hours } = spec;
    const key = JSON.stringify([timeZone, hours]);
    let found = classes.get(key);
    if (!found) {
      const calendar = {
        timeZone: IANAZone.isValidZone(timeZone) ? timeZone : DEFAULT_ZONE,
        hours,
      };
      found = { key, calendar, clusters: Bitmap.empty(snapshot.size) };
      classes.set(key, found);
    }
    found.clusters.add(number);
  });
  return [...classes.values()];
}
