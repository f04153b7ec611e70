import fc from 'fast-check';
import { DeliveredShard } from '../../model';
import {
  renderingInput,
  TestApplication,
  TestFleet,
} from '../__testUtils__/renderingInput';
import { parseBill } from './bill';
import { DeliveryRenderer } from './DeliveryRenderer';
import { renderDelivery } from './renderDelivery';

const BILL = /^clusters\/([^/]+)\/kustomization\.yaml$/;
const NAMES = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5'];
const someClusters = fc.subarray(NAMES);
const someValues = fc.dictionary(
  fc.constantFrom('k', 'l'),
  fc.constantFrom('1', '2'),
);
const someCluster = fc.record(
  {
    groups: fc.subarray(['geo.a', 'geo.b', 'dev']),
    values: someValues,
    ring: fc.constantFrom('beta', 'prod'),
    retired: fc.boolean(),
    shard: fc.constantFrom('s1', 's2'),
  },
  { requiredKeys: [] },
);
const someApplication: fc.Arbitrary<TestApplication> = fc.record(
  {
    namespace: fc.constantFrom('n0', 'n1'),
    version: fc.constantFrom('1', '2'),
    objects: fc.subarray(['x', 'y', 'z', 'w'], { minLength: 1 }),
    keys: fc.subarray(['k', 'l', 'labels.ring', 'name']),
    dependsOn: fc.subarray(['a0', 'a1']),
    addon: fc.boolean(),
    on: someClusters,
    broken: fc.constantFrom(false, false, true),
  },
  { requiredKeys: ['namespace', 'objects', 'on'] },
);
const someGroup = fc.record({ values: someValues });

type Edit = (fleet: TestFleet) => void;
type Step = {
  edits: Edit[];
  minutes: number;
  stop: boolean;
  reread: boolean;
  /** Combinations that do not build, by their number. */
  broken: number[];
};

const someEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(fc.constantFrom(...NAMES), fc.option(someCluster)).map(
    ([name, facts]): Edit =>
      fleet => {
        if (facts) fleet.clusters[name] = facts;
        else delete fleet.clusters[name];
      },
  ),
  fc.tuple(fc.constantFrom('a0', 'a1', 'a2'), fc.option(someApplication)).map(
    ([name, app]): Edit =>
      fleet => {
        if (app) fleet.applications[name] = app;
        else delete fleet.applications[name];
      },
  ),
  fc.tuple(fc.constantFrom('n0', 'n1'), someClusters).map(
    ([name, on]): Edit =>
      fleet => {
        fleet.namespaces[name] = on;
      },
  ),
  fc.tuple(fc.constantFrom('geo', 'geo.a', 'geo.b', 'dev'), someGroup).map(
    ([name, { values }]): Edit =>
      fleet => {
        fleet.groups![name].values = values;
      },
  ),
  fc.tuple(fc.constantFrom('geo.a', 'dev'), fc.subarray(['a0', 'a1'])).map(
    ([name, names]): Edit =>
      fleet => {
        fleet.components![name] = names;
      },
  ),
  fc.constantFrom(5, 20).map(
    (precedence): Edit =>
      fleet => {
        fleet.groups!.dev.precedence = precedence;
      },
  ),
);
const someSteps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    edits: fc.array(someEdit, { maxLength: 3 }),
    minutes: fc.constantFrom(0, 10, 70),
    stop: fc.boolean(),
    reread: fc.boolean(),
    broken: fc.subarray([0, 1, 2, 3]),
  }),
  { minLength: 1, maxLength: 6 },
);

function beginning(): TestFleet {
  const all = () => [...NAMES];
  return {
    clusters: Object.fromEntries(
      NAMES.map((name, index) => [
        name,
        {
          groups: [index % 2 ? 'geo.a' : 'geo.b'],
          shard: index < 3 ? 's1' : 's2',
        },
      ]),
    ),
    groups: {
      geo: { precedence: 10, values: { k: '1' } },
      'geo.a': { parent: 'geo' },
      'geo.b': { parent: 'geo' },
      dev: { precedence: 10 },
    },
    components: {},
    namespaces: { n0: all(), n1: all() },
    applications: {
      a0: { namespace: 'n0', objects: ['x'], keys: ['k'], on: all() },
      a1: { namespace: 'n0', objects: ['y'], on: all() },
    },
  };
}

describe('DeliveryRenderer', () => {
  it('gives after any changes the very bytes that a fresh one gives', () => {
    fc.assert(
      fc.property(someSteps, steps => {
        const fleet = beginning();
        const renderer = DeliveryRenderer.create();
        let delivered = new Map<string, DeliveredShard>();
        let time = 0;
        for (const { edits, minutes, stop, reread, ...step } of steps) {
          for (const edit of edits) edit(fleet);
          time += minutes * 60_000;
          if (reread) {
            delivered = new Map(
              [...delivered].map(([name, shard]) => [name, { ...shard }]),
            );
          }
          const plain = renderingInput(
            structuredClone(fleet),
            delivered,
            new Date(time),
          );
          const combinations = renderer.combinations(plain);
          const input = {
            ...plain,
            retention: 60 * 60_000,
            broken: new Map(
              step.broken.flatMap(number =>
                combinations
                  .slice(number, number + 1)
                  .map(({ key }) => [key, 'it is broken']),
              ),
            ),
          };
          const expected = renderDelivery(input);
          const run = renderer.render(input);
          const found = [];
          delivered = new Map(delivered);
          for (const shard of run.shards) {
            found.push(shard);
            for (const { path, content } of shard.changes) {
              const [, cluster] = BILL.exec(path) ?? [];
              if (cluster === undefined || content === undefined) continue;
              const { bill } = shard.delivered.clusters.get(cluster)!;
              expect(parseBill(cluster, String(content))).toEqual(bill);
            }
            delivered.set(shard.shard, shard.delivered);
            // A process that stops half-way.
            if (stop) break;
          }
          const whole = stop ? expected.shards.slice(0, 1) : expected.shards;
          expect(found).toEqual(whole);
          const rest = !stop && {
            problems: run.problems(),
            again: [...renderer.render({ ...input, delivered }).shards],
            problemsAgain: renderer.render({ ...input, delivered }).problems(),
          };
          expect(rest).toEqual(
            !stop && {
              problems: expected.problems,
              again: [],
              problemsAgain: expected.problems,
            },
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it('does not look at folders for which nothing changed', () => {
    const fleet = beginning();
    const renderer = DeliveryRenderer.create();
    const input = renderingInput(fleet);
    const [s1, s2] = [...renderer.render(input).shards];
    const delivered = new Map([
      ['s1', s1.delivered],
      ['s2', s2.delivered],
    ]);
    // Would differ if it were rendered.
    const forged = { ...s1.delivered.clusters.get('c0')!, billHash: 'forged' };
    (s1.delivered.clusters as Map<string, typeof forged>).set('c0', forged);
    fleet.clusters.c1 = { ...fleet.clusters.c1, values: { k: '7' } };
    const changed = [
      ...renderer.render(renderingInput(fleet, delivered)).shards,
    ];
    expect(changed.map(({ clusters }) => clusters)).toEqual([['c1']]);
    expect(changed[0].changes.map(({ path }) => path)).toEqual([
      'clusters/c1/values/kustomization.yaml',
    ]);
  });
});
