import fc from 'fast-check';
import { Snapshot } from '../snapshot';
import { cluster, decisions, group } from '../__testUtils__/build';
import { resolveClusterValues } from './resolveClusterValues';

function resolve(
  groups: ReturnType<typeof group>[],
  values: Record<string, Record<string, string>>,
  entity: ReturnType<typeof cluster>,
) {
  const snapshot = Snapshot.create({ clusters: [entity], groups });
  return resolveClusterValues(snapshot, decisions({ groups: values }), 0);
}

const tree = [
  group('geo', undefined, { precedence: 10 }),
  group('geo.us', 'geo'),
  group('geo.us.tx', 'geo.us'),
  group('geo.ca', 'geo'),
  group('devices', undefined, { precedence: 20 }),
  group('marketing', undefined, { precedence: 10 }),
  group('plain'),
];

describe('resolveClusterValues', () => {
  it('takes leaf over root, hierarchy by precedence, and the cluster over all, and says who was overridden', () => {
    const { values, problems } = resolve(
      tree,
      {
        geo: { a: 'geo', b: 'geo', c: 'geo', d: 'geo' },
        'geo.us.tx': { a: 'tx', b: 'tx', c: 'tx' },
        devices: { b: 'devices' },
        plain: { c: 'plain', e: 'plain' },
        'geo.ca': { a: 'not here' },
      },
      cluster('one', {
        groups: ['geo.us.tx', 'devices', 'plain'],
        values: { c: 'own', f: 'own' },
      }),
    );
    const groupRef = (name: string) => `edgegroup:default/${name}`;
    expect(problems).toEqual([]);
    expect(values).toEqual([
      {
        key: 'a',
        value: 'tx',
        origin: groupRef('geo.us.tx'),
        overrides: [{ value: 'geo', origin: groupRef('geo') }],
      },
      {
        key: 'b',
        value: 'devices',
        origin: groupRef('devices'),
        overrides: [
          { value: 'tx', origin: groupRef('geo.us.tx') },
          { value: 'geo', origin: groupRef('geo') },
        ],
      },
      {
        key: 'c',
        value: 'own',
        origin: 'edgecluster:default/one',
        overrides: [
          { value: 'tx', origin: groupRef('geo.us.tx') },
          { value: 'geo', origin: groupRef('geo') },
          { value: 'plain', origin: groupRef('plain') },
        ],
      },
      { key: 'd', value: 'geo', origin: groupRef('geo') },
      { key: 'e', value: 'plain', origin: groupRef('plain') },
      { key: 'f', value: 'own', origin: 'edgecluster:default/one' },
    ]);
  });

  it('reports two groups that disagree, and leaves the key out', () => {
    const { values, problems } = resolve(
      tree,
      {
        'geo.us': { vlan: '1', same: 'x' },
        marketing: { vlan: '2', same: 'x' },
      },
      cluster('one', { groups: ['geo.us.tx', 'marketing'] }),
    );
    expect(values).toMatchObject([{ key: 'same', value: 'x' }]);
    expect(problems).toEqual([
      {
        entity: 'edgecluster:default/one',
        field: 'spec.values.vlan',
        message:
          "The groups 'geo.us' (\"1\") and 'marketing' (\"2\") set 'vlan' differently for cluster 'one', and neither has precedence; set it on the cluster, or give their hierarchies different precedence",
      },
    ]);
  });

  it('reports two branches of one hierarchy too, deeper or not', () => {
    const { values, problems } = resolve(
      tree,
      { 'geo.us.tx': { vlan: '1' }, 'geo.ca': { vlan: '2' } },
      cluster('one', { groups: ['geo.us.tx', 'geo.ca'] }),
    );
    expect(values).toEqual([]);
    expect(problems).toHaveLength(1);
  });

  it('has no conflict where something stronger decides', () => {
    const values = { 'geo.us': { vlan: '1' }, marketing: { vlan: '2' } };
    expect(
      resolve(
        tree,
        { ...values, devices: { vlan: '3' } },
        cluster('one', { groups: ['geo.us', 'marketing', 'devices'] }),
      ),
    ).toMatchObject({
      problems: [],
      values: [{ value: '3' }],
    });
    expect(
      resolve(
        tree,
        values,
        cluster('one', {
          groups: ['geo.us', 'marketing'],
          values: { vlan: '4' },
        }),
      ),
    ).toMatchObject({
      problems: [],
      values: [{ value: '4' }],
    });
  });

  it('takes keys that are names of prototypes for keys', () => {
    const odd = JSON.parse('{"__proto__": "x", "constructor": "y"}');
    const { values } = resolve(
      tree,
      { geo: odd },
      cluster('one', {
        groups: ['geo'],
        values: JSON.parse('{"__proto__": "z"}'),
      }),
    );
    expect(values.map(({ key, value }) => [key, value])).toEqual([
      ['__proto__', 'z'],
      ['constructor', 'y'],
    ]);
  });

  it('agrees with a plain reference', () => {
    const names = tree.map(({ metadata }) => metadata.name);
    const someValues = fc.dictionary(
      fc.constantFrom('k', 'l'),
      fc.constantFrom('1', '2'),
    );
    fc.assert(
      fc.property(
        fc.subarray(names),
        fc.dictionary(fc.constantFrom(...names), someValues),
        someValues,
        (groups, values, own) => {
          const result = resolve(
            tree,
            values,
            cluster('one', { groups, values: own }),
          );
          const parentOf = (name: string) =>
            tree.find(({ metadata }) => metadata.name === name)!.spec.parent;
          const above = (name: string): string[] => {
            const parent = parentOf(name);
            return parent === undefined ? [] : [parent, ...above(parent)];
          };
          const inside = new Set(
            groups.flatMap(name => [name, ...above(name)]),
          );
          const precedence = (name: string) =>
            tree.find(
              ({ metadata }) => metadata.name === [name, ...above(name)].at(-1),
            )!.spec.precedence ?? 0;
          const expected: Record<string, string> = {};
          const conflicts: string[] = [];
          for (const key of ['k', 'l']) {
            if (own[key] !== undefined) {
              expected[key] = own[key];
              continue;
            }
            const setters = [...inside].filter(
              name => values[name]?.[key] !== undefined,
            );
            const unbeaten = setters.filter(name =>
              setters.every(
                other =>
                  other === name ||
                  (precedence(other) <= precedence(name) &&
                    !above(other).includes(name)),
              ),
            );
            const found = new Set(unbeaten.map(name => values[name][key]));
            if (found.size === 1) [expected[key]] = found;
            if (found.size > 1) conflicts.push(`spec.values.${key}`);
          }
          expect(
            Object.fromEntries(
              result.values.map(({ key, value }) => [key, value]),
            ),
          ).toEqual(expected);
          expect(result.problems.map(({ field }) => field)).toEqual(conflicts);
        },
      ),
      { numRuns: 500 },
    );
  });
});
