const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** A point in time in words relative to now: `in 3 hours`. */
export function timeInWords(value: string): string {
  const seconds = (new Date(value).getTime() - Date.now()) / 1000;
  const [unit, size] = UNITS.find(each => Math.abs(seconds) >= each[1]) ?? [];
  return unit && size
    ? relative.format(Math.round(seconds / size), unit)
    : 'just now';
}

/** A point in time in words relative to now; exactly in the tooltip. */
export function Time(props: { value: string }) {
  const date = new Date(props.value);
  return (
    <time dateTime={props.value} title={date.toLocaleString()}>
      {timeInWords(props.value)}
    </time>
  );
}
