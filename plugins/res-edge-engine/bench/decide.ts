/* eslint-disable no-console */
import { decide } from '../src/decide';
import { Bitmap } from '../src/bitmap';
import { Plan } from '../src/model';
import { Snapshot } from '../src/snapshot';
import { decideOne } from '../src/__testUtils__/reference';
import { benchFleet, seeded } from './fleet/benchFleet';
import { naivePlan } from './fleet/naivePlan';
import { megabytes, time } from './fleet/timing';

/*
 * How long it takes to index and to decide a fleet of 60,000 clusters and 100 applications, beside the reference of the
 * tests, which goes cluster by cluster. `npm run bench -- decide` at the root runs it.
 */
const CLUSTERS = Number(process.env.CLUSTERS ?? 60_000);
const APPLICATIONS = Number(process.env.APPLICATIONS ?? 100);
const SUBSET = Number(process.env.SUBSET ?? 50);

const [fleet] = time(
  `generate ${CLUSTERS} clusters, ${APPLICATIONS} applications`,
  () => benchFleet(CLUSTERS, APPLICATIONS),
);
const text = fleet.clusters.map(entity => JSON.stringify(entity)).join('\n');
time(`load: ${(text.length / 2 ** 20).toFixed(0)} MB of ndjson parsed`, () =>
  text.split('\n').map(line => JSON.parse(line)),
);
const before = megabytes();
const [snapshot] = time('index (snapshot)', () => Snapshot.create(fleet));
const indexed = megabytes();
const run = (baseline: ReadonlyMap<string, Bitmap>): Plan =>
  decide({
    snapshot,
    decisions: fleet.decisions,
    baseline: { applications: baseline },
    now: new Date(0),
  });
const [first] = time('full plan, first: selectors are parsed', () =>
  run(new Map()),
);
const baseline = new Map(
  [...first.applications].map(([name, { placed }]) => [name, placed]),
);
const rounds = Array.from(
  { length: 7 },
  (_, i) =>
    time(`full plan, with a baseline (${i + 1})`, () => run(baseline))[1],
);
const fresh = Array.from({ length: 3 }, (_, i) => {
  const again = Snapshot.create(fleet);
  return time(`full plan on a new snapshot, selectors parsed (${i + 1})`, () =>
    decide({
      snapshot: again,
      decisions: fleet.decisions,
      baseline: { applications: baseline },
      now: new Date(0),
    }),
  )[1];
});
const planned = megabytes();

const runs = new Map(
  Array.from(baseline, ([name, set]) => [name, new Set(snapshot.namesOf(set))]),
);
const [naive, plain] = time('a plain loop over all clusters', () =>
  naivePlan(fleet, (application, cluster) =>
    runs.get(application)!.has(cluster),
  ),
);
const engine = run(baseline);
const others = fleet.clusters.filter(({ metadata }, i) => {
  const number = snapshot.numberOf(metadata.name)!;
  const names = [...engine.applications.values()]
    .filter(({ placed }) => placed.has(number))
    .map(({ name }) => name);
  return names.join() !== naive[i].join();
});

const random = seeded(11);
const subset = Array.from({ length: Math.min(SUBSET, CLUSTERS) }, () =>
  Math.floor(random() * CLUSTERS),
);
const [answers, slow] = time(`reference, ${subset.length} clusters`, () =>
  subset.map(number => decideOne(fleet, snapshot.clusters[number])),
);
const wrong = subset.filter((number, i) => {
  const placed = [...first.applications.values()]
    .filter(plan => plan.placed.has(number))
    .map(({ name }) => name);
  return placed.join() !== answers[i].placed.join();
});
const sum = (pick: (plan: Plan) => number[]) =>
  pick(first).reduce((total, count) => total + count, 0);
const median = [...rounds].sort((a, b) => a - b)[3];
const scaled = (slow * CLUSTERS) / subset.length;
console.log(
  `placements ${sum(plan =>
    [...plan.applications.values()].map(({ placed }) => placed.count()),
  )}, refused ${sum(plan =>
    [...plan.applications.values()].flatMap(({ refusals }) =>
      refusals.map(({ clusters }) => clusters.count()),
    ),
  )}, problems ${first.problems.length + snapshot.problems.length}`,
);
console.log(`clusters on which the reference differs: ${wrong.length}`);
console.log(
  `work of a full plan: median ${median.toFixed(
    1,
  )} ms, on a new snapshot ${Math.min(...fresh).toFixed(1)} ms`,
);
console.log(
  `plain loop: ${plain.toFixed(0)} ms, ${(plain / median).toFixed(
    0,
  )} times as long; clusters on which it differs: ${others.length}`,
);
console.log(
  `reference, for all: ${(scaled / 1000).toFixed(1)} s, ${(
    scaled / median
  ).toFixed(0)} times as long`,
);
console.log(
  `memory: index ${(indexed - before).toFixed(0)} MB, plans ${(
    planned - indexed
  ).toFixed(0)} MB`,
);
