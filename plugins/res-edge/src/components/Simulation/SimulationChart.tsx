import { RolloutSimulation } from '@res-edge/backstage-plugin-res-edge-common';
import { count, counted, DayLabels, DayLines, exactTime } from '../common';
import styles from './simulation.module.css';

type Hour = RolloutSimulation['hours'][number];

/** On how many clusters of a ring the release is, at the beginning of an hour. */
function having(hour: Hour, ring: string, version: string): number {
  const found = hour.rings.find(({ name }) => name === ring);
  return found?.versions.find(each => each.version === version)?.clusters ?? 0;
}

/** The clusters of each ring, one ring upon the other: where its area begins and ends, hour by hour. */
function stacked({ hours, rings, version }: RolloutSimulation) {
  const floor = hours.map(() => 0);
  return rings.map(({ name }) => {
    const low = [...floor];
    hours.forEach((hour, i) => {
      floor[i] += having(hour, name, version);
    });
    return { name, low, high: [...floor] };
  });
}

/** A polygon in steps: what holds at the beginning of an hour holds until the next. */
function pathOf(low: readonly number[], high: readonly number[], top: number) {
  const steps = (values: readonly number[]) =>
    values.flatMap((value, hour) => [
      `${hour},${top - value}`,
      `${hour + 1},${top - value}`,
    ]);
  return [...steps(high), ...steps(low).reverse()].join(' ');
}

/** What a pointer that rests on an hour is told. */
function inWords(hour: Hour, { version }: RolloutSimulation): string {
  const rings = hour.rings.map(({ deferred, failed, name, phase }) => {
    const more = [
      failed > 0 && `${count(failed)} failed`,
      deferred > 0 && `${count(deferred)} deferred`,
    ].filter(Boolean);
    return [
      `${name} ${phase}: ${count(having(hour, name, version))}`,
      ...more,
    ].join(', ');
  });
  return [exactTime(hour.at), ...rings].join('\n');
}

/** How many clusters of which ring run the release, hour by hour. */
export function SimulationChart(props: { simulation: RolloutSimulation }) {
  const { simulation } = props;
  const { clusters, from, hours, rings, version } = simulation;
  const top = Math.max(1, clusters);
  const width = hours.length;
  return (
    <figure className={styles.chart}>
      <figcaption className={styles.legend}>
        <span>{`Clusters that run ${version}, of ${count(clusters)}:`}</span>
        {rings.map(ring => (
          <span key={ring.name} className={styles.key}>
            {ring.name}
          </span>
        ))}
      </figcaption>
      <DayLabels from={from} hours={width} />
      <svg
        className={styles.areas}
        viewBox={`0 0 ${width} ${top}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Clusters that run ${version} over ${counted(
          width,
          'hour',
        )}`}
      >
        {stacked(simulation).map(({ high, low, name }) => (
          <polygon
            key={name}
            className={styles.area}
            points={pathOf(low, high, top)}
          />
        ))}
        <DayLines from={from} hours={width} height={top} />
        {hours.map((hour, i) => (
          <rect key={hour.at} x={i} width={1} height={top} fill="transparent">
            <title>{inWords(hour, simulation)}</title>
          </rect>
        ))}
      </svg>
      <div className={styles.ends} aria-hidden>
        <span>{exactTime(from)}</span>
        <span>{exactTime(simulation.until)}</span>
      </div>
    </figure>
  );
}
