import { ReactNode } from 'react';
import {
  CalendarPeriod,
  CalendarWindow,
  PolicyCalendar as Calendar,
} from '@res-edge/backstage-plugin-res-edge-common';
import { useResource } from '../../hooks';
import {
  count,
  counted,
  DayLabels,
  DayLines,
  EdgeLink,
  exactTime,
  hourOf,
  Section,
  Stretch,
  stretchesOf,
  Time,
} from '../common';
import styles from './calendar.module.css';

const HOUR = 3_600_000;

/** Stretches of time on a line as long as the calendar, with a mark where each day begins. */
function Strip(props: {
  calendar: Calendar;
  kind: 'freeze' | 'override' | 'window';
  /** What it shows, in words. */
  label: string;
  stretches: readonly (Stretch & { title: string })[];
}) {
  const { calendar, kind, label, stretches } = props;
  const { from, hours } = calendar;
  return (
    <svg
      className={styles.strip}
      data-kind={kind}
      viewBox={`0 0 ${hours} 1`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {stretches.map(({ length, start, title, value }) => (
        <rect
          key={start}
          x={start}
          width={length}
          height={1}
          fillOpacity={0.2 + 0.8 * value}
        >
          <title>{title}</title>
        </rect>
      ))}
      <DayLines from={from} hours={hours} height={1} />
    </svg>
  );
}

function Row(props: {
  name: string;
  title?: string;
  children: ReactNode;
  strip: ReactNode;
}) {
  return (
    <li className={styles.row}>
      <div className={styles.text}>
        <EdgeLink kind="EdgePolicy" name={props.name} title={props.title} />
        <span>{props.children}</span>
      </div>
      {props.strip}
    </li>
  );
}

function PeriodRow(props: { calendar: Calendar; period: CalendarPeriod }) {
  const { calendar, period } = props;
  const { clusters, name, reason, title, type } = period;
  const { first = calendar.from, last } = period.period;
  const start = hourOf(first, calendar);
  const end = last ? hourOf(last, calendar) : calendar.hours;
  const words = `${type === 'freeze' ? 'Frozen' : 'Lifted'} on ${counted(
    clusters,
    'cluster',
  )}, ${exactTime(first)} – ${last ? exactTime(last) : 'no end is known'}`;
  return (
    <Row
      name={name}
      title={title}
      strip={
        <Strip
          calendar={calendar}
          kind={type}
          label={words}
          stretches={[{ start, length: end - start, value: 1, title: words }]}
        />
      }
    >
      {words}
      {reason && `: ${reason}`}
    </Row>
  );
}

function WindowRow(props: { calendar: Calendar; window: CalendarWindow }) {
  const { calendar, window } = props;
  const { clusters, name, open, title } = window;
  const timeOf = (hour: number) => Date.parse(calendar.from) + hour * HOUR;
  const next = open.findIndex(each => each > open[0]);
  const most = Math.max(...open);
  const label = `Open on up to ${count(most)} of ${counted(
    clusters,
    'cluster',
  )}`;
  return (
    <Row
      name={name}
      title={title}
      strip={
        <Strip
          calendar={calendar}
          kind="window"
          label={label}
          stretches={stretchesOf(open).map(({ length, start, value }) => ({
            ...{ start, length, value: value / clusters },
            title: `${exactTime(timeOf(start))} – ${exactTime(
              timeOf(start + length),
            )}: open on ${count(value)} of ${counted(clusters, 'cluster')}`,
          }))}
        />
      }
    >
      Open now on {count(open[0])} of {counted(clusters, 'cluster')}
      {next > 0 && (
        <>
          , on more <Time value={new Date(timeOf(next)).toISOString()} />
        </>
      )}
    </Row>
  );
}

/** Freezes, overrides and the openings of windows over the next two weeks; nothing where there are none. */
export function PolicyCalendar() {
  const { value } = useResource('policy-calendar', api =>
    api.getPolicyCalendar(),
  );
  if (!value || value.periods.length + value.windows.length === 0) return null;
  return (
    <Section title="Calendar" note="the next two weeks, by your clock">
      <div className={styles.calendar}>
        <DayLabels from={value.from} hours={value.hours} />
        <ul className={styles.rows}>
          {value.periods.map(period => (
            <PeriodRow key={period.name} calendar={value} period={period} />
          ))}
          {value.windows.map(window => (
            <WindowRow key={window.name} calendar={value} window={window} />
          ))}
        </ul>
      </div>
    </Section>
  );
}
