import fc from 'fast-check';
import { Bitmap } from '../bitmap';
import { decide } from '../decide';
import { Decisions, Plan } from '../model';
import { Snapshot } from '../snapshot';
import {
  application,
  cluster,
  decisions,
  group,
  namespace,
} from '../__testUtils__/build';
import { fleets } from '../__testUtils__/fleets';
import { comparePlans } from './comparePlans';
import { countByGroup, countByHierarchy } from './countByGroup';

const groups = [
  group('geo'),
  { ...group('geo.tx', 'geo'), metadata: { name: 'geo.tx', title: 'Texas' } },
  group('geo.la', 'geo'),
  group('beta'),
];
const fleet = Snapshot.create({
  clusters: [
    cluster('a', { groups: ['geo.tx'] }),
    cluster('b', { groups: ['geo.la', 'beta'] }),
    cluster('c', { groups: ['geo.tx'] }),
  ],
  groups,
});
const plan = (snapshot: Snapshot, given: Decisions): Plan =>
  decide({
    snapshot,
    decisions: given,
    baseline: { applications: new Map() },
    now: new Date(0),
  });
const on = (
  selector: Parameters<typeof namespace>[1],
  version = '1.0.0',
  requests?: Record<string, string>,
  quota?: Record<string, string>,
) =>
  decisions({
    namespaces: [namespace('shop', selector, quota)],
    applications: [
      application('imdb', { namespace: 'shop', version, requests }),
    ],
  });
const none = { count: 0, sample: [], byGroup: [] };

describe('comparePlans', () => {
  it('finds nothing where nothing changed', () => {
    const same = plan(fleet, on({ all: true }));
    expect(comparePlans(same, plan(fleet, on({ all: true })))).toEqual([]);
  });

  it('says who wins and loses, by group', () => {
    const effects = comparePlans(
      plan(fleet, on({ groups: ['geo.la'] })),
      plan(fleet, on({ groups: ['geo.tx'] })),
    );
    expect(effects).toEqual([
      {
        kind: 'application',
        name: 'imdb',
        version: { from: '1.0.0', to: '1.0.0' },
        won: {
          count: 2,
          sample: ['a', 'c'],
          byGroup: [
            {
              group: 'geo.tx',
              title: 'Texas',
              count: 2,
              total: 2,
              hierarchy: 'geo',
            },
          ],
        },
        lost: {
          count: 1,
          sample: ['b'],
          byGroup: [
            { group: 'beta', count: 1, total: 1, hierarchy: 'beta' },
            { group: 'geo.la', count: 1, total: 1, hierarchy: 'geo' },
          ],
        },
        changed: none,
        refused: none,
      },
      expect.objectContaining({
        kind: 'namespace',
        name: 'shop',
        won: expect.objectContaining({ count: 2 }),
        lost: expect.objectContaining({ count: 1 }),
      }),
    ]);
  });

  it('says what changes its release, what is newly refused, and what is all new', () => {
    const before = plan(fleet, on({ groups: ['geo.tx'] }));
    expect(
      comparePlans(before, plan(fleet, on({ groups: ['geo.tx'] }, '2.0.0'))),
    ).toMatchObject([
      {
        kind: 'application',
        version: { from: '1.0.0', to: '2.0.0' },
        changed: { count: 2, sample: ['a', 'c'] },
        won: none,
        lost: none,
      },
    ]);
    expect(
      comparePlans(
        before,
        plan(
          fleet,
          on({ groups: ['geo.tx'] }, '1.0.0', { cpu: '2' }, { cpu: '1' }),
        ),
      ),
    ).toMatchObject([
      { kind: 'application', lost: { count: 2 }, refused: { count: 2 } },
    ]);
    expect(comparePlans(undefined, before)).toMatchObject([
      { kind: 'application', version: { to: '1.0.0' }, won: { count: 2 } },
      { kind: 'namespace', won: { count: 2 } },
    ]);
    expect(comparePlans(before, plan(fleet, decisions({})))).toMatchObject([
      { kind: 'application', version: { from: '1.0.0' }, lost: { count: 2 } },
      { kind: 'namespace', lost: { count: 2 } },
    ]);
  });

  it('compares by name where the clusters are others', () => {
    const moved = Snapshot.create({
      clusters: [
        cluster('0', { groups: ['geo.tx'] }),
        cluster('c', { groups: ['geo.tx'] }),
      ],
      groups,
    });
    expect(
      comparePlans(
        plan(fleet, on({ groups: ['geo.tx'] })),
        plan(moved, on({ groups: ['geo.tx'] })),
      ),
    ).toMatchObject([
      {
        won: { sample: ['0'] },
        lost: { sample: ['a'], byGroup: [{ group: 'geo.tx', count: 1 }] },
      },
      { kind: 'namespace' },
    ]);
  });

  it('agrees with a comparison name by name', () => {
    fc.assert(
      fc.property(fleets, fleets, (first, second) => {
        const plans = [first, second].map(given =>
          plan(Snapshot.create(given), given.decisions),
        );
        const [before, after] = plans.map(
          ({ applications, snapshot }) =>
            new Map(
              [...applications].map(([name, { placed }]) => [
                name,
                snapshot.namesOf(placed),
              ]),
            ),
        );
        const effects = comparePlans(plans[0], plans[1]).filter(
          ({ kind }) => kind === 'application',
        );
        for (const name of after.keys()) {
          const effect = effects.find(found => found.name === name);
          expect(effect?.won.sample ?? []).toEqual(
            after.get(name)!.filter(item => !before.get(name)!.includes(item)),
          );
          expect(effect?.lost.sample ?? []).toEqual(
            before.get(name)!.filter(item => !after.get(name)!.includes(item)),
          );
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('countByGroup', () => {
  it('counts by roots, or by the children of a group', () => {
    expect(countByGroup(fleet, Bitmap.of(3, [0, 1]))).toEqual([
      { group: 'beta', count: 1, total: 1, hierarchy: 'beta' },
      { group: 'geo', count: 2, total: 3, hierarchy: 'geo' },
    ]);
    expect(countByGroup(fleet, Bitmap.of(3, [0]), 'geo')).toEqual([
      { group: 'geo.tx', title: 'Texas', count: 1, total: 2, hierarchy: 'geo' },
    ]);
    expect(
      countByHierarchy(fleet, Bitmap.of(3, [0, 1])).map(count => count.group),
    ).toEqual(['beta', 'geo.la', 'geo.tx']);
    expect(() => countByGroup(fleet, Bitmap.empty(3), 'mars')).toThrow(
      "There is no group 'mars'",
    );
  });
});
