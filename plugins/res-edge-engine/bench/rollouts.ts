/* eslint-disable no-console */
import { Bitmap } from '../src/bitmap';
import { HoldSchedule } from '../src/hold';
import {
  advanceRollout,
  rolloutBatch,
  RolloutSimulation,
  SimulatedHour,
  startRollout,
} from '../src/rollout';
import { naiveRollout } from './fleet/naiveRollout';
import {
  PACE,
  ringsOf,
  rolloutFleet,
  worldUnderWay,
} from './fleet/rolloutFleet';
import { median, time, work } from './fleet/timing';

/*
 * Rollouts of 100 applications on 60,000 clusters, all in their last ring: one evaluation of all, beside a plain loop over clusters
 * that must find the same; and one rollout played for seven days. `npm run bench -- rollouts` at the root runs it.
 */
const CLUSTERS = Number(process.env.CLUSTERS ?? 60_000);
const APPLICATIONS = Number(process.env.APPLICATIONS ?? 100);
const ROUNDS = Number(process.env.ROUNDS ?? 15);
const NOW = new Date('2026-11-25T08:00Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const { snapshot, decisions } = rolloutFleet(CLUSTERS, APPLICATIONS);
const clusters = ringsOf(snapshot.size);
const schedule = HoldSchedule.create(snapshot, decisions);
time('holds of all applications, first', () => schedule.at(NOW));
const [holds] = time('holds of all applications, again', () =>
  schedule.at(NOW),
);
const nothing = Bitmap.empty(snapshot.size);

global.gc?.();
const heapBefore = process.memoryUsage();
const rollouts = [...decisions.applications.keys()].map((name, i) =>
  worldUnderWay(name, i + 1, {
    ...{ clusters, now: NOW },
    held: holds.applications.get(name) ?? nothing,
    openings: () =>
      schedule.openings(
        { application: decisions.applications.get(name)!.entity },
        holds.applications.get(name) ?? nothing,
        NOW,
      ),
  }),
);
global.gc?.();
const heapAfter = process.memoryUsage();
const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MB`;
console.log(
  `sets of ${rollouts.length} rollouts: ${megabytes(
    heapAfter.heapUsed +
      heapAfter.arrayBuffers -
      heapBefore.heapUsed -
      heapBefore.arrayBuffers,
  )}`,
);

const evaluate = () =>
  rollouts.map(({ rollout, world }) => {
    const advanced = advanceRollout(rollout, world);
    return { advanced, batch: rolloutBatch(advanced.rollout, world) };
  });
const runs = Array.from({ length: ROUNDS }, () => work(evaluate));
const plain = Array.from({ length: Math.min(ROUNDS, 3) }, () =>
  work(() => rollouts.map(naiveRollout)),
);
evaluate().forEach(({ advanced, batch }, i) => {
  const expected = naiveRollout(rollouts[i]);
  const phases = advanced.rollout.rings.map(({ phase }) => phase).join();
  if (phases !== expected.phases || batch.held.count() !== expected.held)
    throw new Error(`Rollout ${i} is not what the plain loop finds`);
});
console.log(
  `one evaluation of ${rollouts.length} rollouts: ${median(runs).toFixed(
    1,
  )} ms of CPU, median of ${ROUNDS}; first ${runs[0].toFixed(
    1,
  )} ms; a plain loop ${median(plain).toFixed(0)} ms, ${(
    median(plain) / median(runs)
  ).toFixed(0)} times`,
);

const [first, ...others] = PACE.rings.map(({ name }) => name);
const reached = new Map<string, string | undefined>([
  [first, 'new'],
  ...others.map(name => [name, 'old'] as const),
]);
const [[application, { entity }]] = decisions.applications;
function play(days: number) {
  const hours: number[] = [];
  const simulation = RolloutSimulation.create({
    rollout: startRollout({
      ...{ application, release: 'new', version: '2.0.0', now: NOW },
      ...{ rings: reached, before: new Map([[first, 'old']]) },
    }),
    ...{ policy: PACE, reached, clusters, delivered: nothing },
    versions: new Map([['1.9.0', Bitmap.full(snapshot.size)]]),
    reported: { healthy: nothing, failed: nothing, unreachable: nothing },
    holds: HoldSchedule.create(snapshot, decisions).clock({
      application: entity,
    }),
    assumptions: { reportAfter: 10 * MINUTE, failing: nothing },
    from: NOW,
    until: new Date(NOW.getTime() + days * DAY),
    frequency: 5 * MINUTE,
  });
  let hour: SimulatedHour | undefined;
  const next = () => {
    hour = simulation.next();
  };
  do hours.push(work(next));
  while (hour !== undefined);
  const spent = hours.reduce((sum, one) => sum + one, 0);
  const { rollout, until, everywhereAt } = simulation.result();
  console.log(
    `${days} days: ${spent.toFixed(0)} ms of CPU, the longest hour ${Math.max(
      ...hours,
    ).toFixed(0)} ms; ${
      rollout.phase
    } until ${until}, everywhere at ${everywhereAt}`,
  );
}
play(7);
play(7);
play(31);
