import fc from 'fast-check';
import { fleets } from '../__testUtils__/fleets';
import { plan as planOf } from '../__testUtils__/plans';
import { DeliveredShard, Plan } from '../model';
import { distinctGuards } from './distinctGuards';
import { findGuards } from './findGuards';
import { findLosses } from './findLosses';
import { heldLosses } from './heldLosses';

const APPLICATIONS = ['a0', 'a1', 'a2', 'a3', 'a4', 'a5'];
const CLUSTERS = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6'];
const GONE = ['g0', 'g1', 'g2'];

const pairs = (clusters: string[]) =>
  fc.dictionary(
    fc.constantFrom(...APPLICATIONS),
    fc.subarray(clusters),
  ) as fc.Arbitrary<Record<string, string[]>>;

const inputs = fc.record({
  fleet: fleets,
  gone: pairs(GONE),
  recent: pairs([...CLUSTERS, ...GONE, 'g9']),
  signedOff: pairs([...CLUSTERS, ...GONE]),
  share: fc.constantFrom(0, 0.05, 0.3, 0.5, 1),
  atLeast: fc.integer({ min: 1, max: 4 }),
});

type Pair = { application: string; cluster: string };

/** So simple that it is obviously right: lists of pairs, filtered. */
function reference(
  plan: Plan,
  has: Pair[],
  recent: Pair[],
  signedOff: Pair[],
  { share, atLeast }: { share: number; atLeast: number },
) {
  const isIn = (list: Pair[], { application, cluster }: Pair) =>
    list.some(
      each => each.application === application && each.cluster === cluster,
    );
  const isPlaced = ({ application, cluster }: Pair) => {
    const number = plan.snapshot.numberOf(cluster);
    const placed = plan.applications.get(application)?.placed;
    return number !== undefined && placed?.has(number) === true;
  };
  const open = has.filter(pair => !isPlaced(pair) && !isIn(signedOff, pair));
  const before = recent.filter(pair => !isPlaced(pair));
  const clusters = (list: Pair[]) =>
    new Set(list.map(({ cluster }) => cluster)).size;
  const check = (
    scope: string,
    name: string,
    isOf: (pair: Pair) => boolean,
  ) => {
    const now = open.filter(isOf);
    const lost = clusters([...now, ...before.filter(isOf)]);
    const total = clusters([...has, ...before].filter(isOf));
    return now.length > 0 && lost >= atLeast && lost > share * total
      ? [
          {
            scope,
            name,
            lost,
            before: lost - clusters(now),
            total,
            pairs: now
              .map(({ application, cluster }) => `${application} ${cluster}`)
              .sort(),
          },
        ]
      : [];
  };
  const namespaceOf = (application: string) =>
    plan.applications.get(application)?.namespace;
  return [
    ...APPLICATIONS.flatMap(name =>
      check('application', name, ({ application }) => application === name),
    ),
    ...['n0', 'n1', 'n2'].flatMap(name =>
      check(
        'namespace',
        name,
        ({ application }) => namespaceOf(application) === name,
      ),
    ),
    ...['beta', 'geo', 'geo.east', 'geo.east.x', 'geo.west'].flatMap(name =>
      check('group', name, ({ cluster }) => {
        const number = plan.snapshot.numberOf(cluster);
        return (
          number !== undefined && plan.snapshot.groups.members(name).has(number)
        );
      }),
    ),
    ...check('fleet', '', () => true),
  ];
}

const pairsOf = (sets: Record<string, string[]>): Pair[] =>
  Object.entries(sets).flatMap(([application, clusters]) =>
    clusters.map(cluster => ({ application, cluster })),
  );
const setsOf = (sets: Record<string, string[]>) =>
  new Map(
    Object.entries(sets).map(([name, clusters]) => [name, new Set(clusters)]),
  );

function shardOf(gone: Record<string, string[]>): DeliveredShard {
  const clusters = GONE.map(cluster => {
    const applications = APPLICATIONS.filter(name =>
      gone[name]?.includes(cluster),
    ).map(name => ({ name, revision: 'r' }));
    const bill = {
      cluster,
      applications,
      namespaces: [],
      groups: [],
      components: [],
    };
    const files = { billHash: '', valuesHash: '', values: '' };
    return [cluster, { bill, ...files }] as const;
  });
  return { shard: 's', revisions: new Set(), clusters: new Map(clusters) };
}

describe('findGuards', () => {
  it('finds what a list of pairs finds', () => {
    fc.assert(
      fc.property(inputs, ({ fleet, gone, recent, signedOff, ...options }) => {
        const plan = planOf(fleet);
        const { snapshot } = plan;
        const baseline = new Map(
          Object.entries(fleet.baseline).map(([name, list]) => [
            name,
            snapshot.bitmapOf(list),
          ]),
        );
        const losses = findLosses({
          plan,
          decisions: fleet.decisions,
          baseline: { applications: baseline },
          delivered: new Map([['s', shardOf(gone)]]),
        });
        const guards = findGuards({
          plan,
          baseline,
          losses,
          recent: setsOf(recent),
          signedOff: {
            applications: setsOf(signedOff),
            namespaces: new Map(),
          },
          options,
        });
        const shown = guards.map(({ losses: waiting, ...guard }) => ({
          ...guard,
          pairs: [...waiting.applications]
            .flatMap(([name, { clusters, gone: names }]) =>
              [...snapshot.namesOf(clusters), ...names].map(
                cluster => `${name} ${cluster}`,
              ),
            )
            .sort(),
        }));
        expect(shown).toEqual(
          reference(
            plan,
            [...pairsOf(fleet.baseline), ...pairsOf(gone)],
            pairsOf(recent),
            pairsOf(signedOff),
            options,
          ),
        );
        expect(heldLosses(distinctGuards(guards))).toEqual(heldLosses(guards));
        const held = heldLosses(guards);
        expect(new Set(held.applications.keys())).toEqual(
          new Set(
            shown.flatMap(guard => guard.pairs.map(pair => pair.split(' ')[0])),
          ),
        );
      }),
      { numRuns: 500 },
    );
  });
});
