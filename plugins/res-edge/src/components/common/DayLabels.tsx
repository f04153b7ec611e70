import { calendarDays } from './calendarDays';
import styles from './common.module.css';

/** The days above something that shows hours from left to right. */
export function DayLabels(props: { from: string; hours: number }) {
  const { from, hours } = props;
  return (
    <div className={styles.days} aria-hidden>
      {calendarDays(from, hours)
        // The last one must have room for its name.
        .filter(({ start }) => start <= hours * 0.95)
        .map(({ day, start, weekday }) => (
          <span key={start} style={{ left: `${(100 * start) / hours}%` }}>
            <small>{weekday}</small> {day}
          </span>
        ))}
    </div>
  );
}

/** A mark where each day begins, within an SVG whose width is hours. */
export function DayLines(props: {
  from: string;
  hours: number;
  height: number;
}) {
  const { from, height, hours } = props;
  return (
    <>
      {calendarDays(from, hours).map(({ start }) => (
        <line
          key={start}
          className={styles.dayLine}
          x1={start}
          x2={start}
          y1={0}
          y2={height}
        />
      ))}
    </>
  );
}
