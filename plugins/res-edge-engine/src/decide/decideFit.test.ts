import {
  application,
  cluster,
  decisions,
  group,
  namespace,
} from '../__testUtils__/build';
import { everywhere, placed, plan, refused } from '../__testUtils__/plans';

describe('decide: what fits', () => {
  it('takes by priority, then what runs, then the name, what is needed first', () => {
    const given = (
      priority: Record<string, number>,
      baseline: Record<string, string[]> = {},
    ) =>
      placed(
        plan({
          clusters: [cluster('a', { capacity: { cpu: '2' } })],
          decisions: decisions({
            namespaces: [everywhere],
            applications: ['x', 'y', 'z'].map(name =>
              application(name, {
                namespace: 'shop',
                requests: { cpu: '1' },
                priority: priority[name],
                dependsOn: name === 'z' ? ['y'] : [],
              }),
            ),
          }),
          baseline,
        }),
      );
    expect(given({})).toEqual({ x: 'a', y: 'a', z: '' });
    expect(given({ z: 1 })).toEqual({ x: '', y: 'a', z: 'a' });
    expect(given({}, { z: ['a'], y: ['a'] })).toEqual({
      x: '',
      y: 'a',
      z: 'a',
    });
    expect(given({ x: 1, z: 1 })).toEqual({ x: 'a', y: 'a', z: '' });
  });

  it('names the bound that is exceeded', () => {
    const found = plan({
      clusters: [cluster('a', { capacity: { memory: '1Gi' } }), cluster('b')],
      decisions: decisions({
        namespaces: [namespace('shop', { all: true }, { cpu: '1' })],
        applications: [
          application('big', {
            namespace: 'shop',
            requests: { cpu: '250m', memory: '2Gi' },
          }),
          application('busy', {
            namespace: 'shop',
            requests: { cpu: '1001m' },
          }),
        ],
      }),
    });
    expect(refused(found, 'big')).toEqual([
      {
        step: 'fit',
        rule: 'edgeapplication:default/big#spec.requests.memory',
        reason:
          "Its request of 2Gi memory does not fit into what is left of the cluster's capacity",
        clusters: 'a',
      },
    ]);
    expect(refused(found, 'busy')).toEqual([
      {
        step: 'fit',
        rule: 'edgenamespace:default/shop#spec.resources.quota.cpu',
        reason:
          "Its request of 1001m cpu does not fit into what is left of the quota of namespace 'shop'",
        clusters: 'ab',
      },
    ]);
  });

  it.each([
    ['0.1', '0.2', '0.3', 'ab'],
    ['100m', '0.2', '300m', 'ab'],
    ['0.1', '0.2', '0.299999999', 'a'],
    ['1n', '8Ei', '8Ei', 'a'],
    ['1n', '8Ei', '9223372036854775808.000000001', 'ab'],
    ['1', '9007199254740993', '9007199254740993', 'a'],
    ['1', '9007199254740993', '9007199254740994', 'ab'],
  ])(
    'computes exactly: %s and %s in %s',
    (first, second, capacity, expected) => {
      const found = plan({
        clusters: [cluster('c', { capacity: { cpu: capacity } })],
        decisions: decisions({
          namespaces: [everywhere],
          applications: [
            application('a', { namespace: 'shop', requests: { cpu: first } }),
            application('b', { namespace: 'shop', requests: { cpu: second } }),
          ],
        }),
      });
      expect(
        [...found.applications.values()]
          .filter(item => !item.placed.isEmpty())
          .map(({ name }) => name)
          .join(''),
      ).toBe(expected);
    },
  );

  it('counts a capacity that cannot be read as not declared', () => {
    const found = plan({
      clusters: [cluster('a', { capacity: { cpu: 'lots', memory: '1' } })],
      decisions: decisions({
        namespaces: [everywhere],
        applications: [
          application('x', { namespace: 'shop', requests: { cpu: '100' } }),
          application('y', { namespace: 'shop', requests: { memory: '2' } }),
        ],
      }),
    });
    expect(placed(found)).toEqual({ x: 'a', y: '' });
  });

  it('understands the clusters of a namespace, and not in a circle', () => {
    const found = plan({
      decisions: decisions({
        namespaces: [
          namespace('base', { include: ['a'] }),
          namespace('rest', 'not /n/base'),
          namespace('round', '/n/about'),
          namespace('about', '/n/round'),
        ],
        applications: [
          application('x', { namespace: 'rest' }),
          application('y', { namespace: 'rest', requires: ['/n/base'] }),
        ],
      }),
    });
    expect(placed(found)).toEqual({ x: 'b', y: '' });
    expect(found.problems.map(({ entity }) => entity)).toEqual([
      'edgenamespace:default/about',
      'edgenamespace:default/round',
    ]);
  });

  it('takes long chains of dependencies', () => {
    const names = Array.from(
      { length: 3_000 },
      (_, i) => `app-${String(i).padStart(5, '0')}`,
    );
    const found = plan({
      clusters: [cluster('a', { capacity: { cpu: '2999' } })],
      decisions: decisions({
        namespaces: [everywhere],
        applications: names.map((name, i) =>
          application(name, {
            namespace: 'shop',
            requests: { cpu: '1' },
            dependsOn: i + 1 < names.length ? [names[i + 1]] : [],
          }),
        ),
      }),
    });
    const missing = [...found.applications.values()].filter(item =>
      item.placed.isEmpty(),
    );
    expect(missing.map(({ name }) => name)).toEqual(['app-00000']);
  });

  it('gives the same plan whatever the order of its inputs', () => {
    const namespaces = [
      everywhere,
      namespace('broken', 'x'),
      namespace('worse', 'y'),
    ];
    const applications = [
      application('b', { namespace: 'shop' }),
      application('a', { namespace: 'broken' }),
      application('c'),
    ];
    const clusters = [cluster('b'), cluster('a')];
    const once = plan({
      clusters,
      groups: [group('g')],
      decisions: decisions({ namespaces, applications }),
    });
    const again = plan({
      clusters: [...clusters].reverse(),
      groups: [group('g')],
      decisions: decisions({
        namespaces: [...namespaces].reverse(),
        applications: [...applications].reverse(),
      }),
    });
    expect([...again.applications.keys()]).toEqual([
      ...once.applications.keys(),
    ]);
    expect(placed(again)).toEqual(placed(once));
    expect([...again.namespaces]).toEqual([...once.namespaces]);
    expect(again.problems).toEqual(once.problems);
  });
});
