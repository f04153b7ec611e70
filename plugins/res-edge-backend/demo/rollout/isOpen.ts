import { EdgeClusterEntity } from '@res-edge/backstage-plugin-res-edge-common';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
/** An hour of the night in which also stores that never close may change. */
const NIGHT = { from: 180, until: 240 };

/** Whether the clock of a store says that it is open, and that it is not the hour of the night. */
export function isOpen({ spec }: EdgeClusterEntity, at: Date): boolean {
  const parts = new Map(
    new Intl.DateTimeFormat('en-GB', {
      ...{ timeZone: spec.timeZone, hourCycle: 'h23' },
      ...{ weekday: 'short', hour: '2-digit', minute: '2-digit' },
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const day = DAYS.indexOf(parts.get('weekday')!);
  const minute = Number(parts.get('hour')) * 60 + Number(parts.get('minute'));
  if (minute >= NIGHT.from && minute < NIGHT.until) return false;
  return Object.entries(spec.hours ?? {}).some(([days, hours]) => {
    const [first, last = first] = days.split('-').map(indexOfDay);
    const [from, until] = String(hours).split('-').map(minutesOf);
    return day >= first && day <= last && minute >= from && minute < until;
  });
}

function indexOfDay(name: string): number {
  return DAYS.findIndex(day => day.toLowerCase() === name);
}

function minutesOf(time: string): number {
  const [hour, minute] = time.split(':').map(Number);
  return hour * 60 + minute;
}
