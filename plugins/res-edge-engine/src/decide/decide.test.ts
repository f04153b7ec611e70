import {
  EdgeClusterEntity,
  EdgeGroupEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Decisions, Plan } from '../model';
import { Snapshot } from '../snapshot';
import {
  application,
  cluster,
  decisions,
  group,
  namespace,
  prohibition,
} from '../__testUtils__/build';
import { decide } from './decide';

interface Given {
  clusters?: EdgeClusterEntity[];
  groups?: EdgeGroupEntity[];
  decisions: Decisions;
  baseline?: Record<string, string[]>;
}

function plan({
  clusters = [cluster('a'), cluster('b')],
  groups = [],
  decisions: given,
  baseline = {},
}: Given): Plan {
  const snapshot = Snapshot.create({ clusters, groups });
  return decide({
    snapshot,
    decisions: given,
    baseline: {
      applications: new Map(
        Object.entries(baseline).map(([name, list]) => [
          name,
          snapshot.bitmapOf(list),
        ]),
      ),
    },
    now: new Date(0),
  });
}

const placed = ({ snapshot, applications }: Plan) =>
  Object.fromEntries(
    [...applications].map(([name, found]) => [
      name,
      snapshot.namesOf(found.placed).join(''),
    ]),
  );
const refused = ({ snapshot, applications }: Plan, name: string) =>
  applications.get(name)!.refusals.map(({ clusters, ...refusal }) => ({
    ...refusal,
    clusters: snapshot.namesOf(clusters).join(''),
  }));

const everywhere = namespace('shop', { all: true });

describe('decide', () => {
  it('places what fits, with its version and release', () => {
    const found = plan({
      decisions: decisions({
        namespaces: [everywhere],
        applications: [
          application('imdb', { namespace: 'shop', version: '1.0.1' }),
        ],
      }),
    });
    expect(found.problems).toEqual([]);
    expect(found.applications.get('imdb')).toMatchObject({
      name: 'imdb',
      namespace: 'shop',
      version: '1.0.1',
      release: 'digest-of-imdb-1.0.1',
      refusals: [],
    });
    expect(placed(found)).toEqual({ imdb: 'ab' });
    expect(found.snapshot.namesOf(found.namespaces.get('shop')!)).toEqual([
      'a',
      'b',
    ]);
    expect(found.namespaceReleases.get('shop')).toBe('digest-of-shop');
  });

  it('places nothing without a namespace, and nothing where the namespace has no selector', () => {
    const found = plan({
      decisions: decisions({
        namespaces: [namespace('none')],
        applications: [
          application('free'),
          application('lost', { namespace: 'none' }),
        ],
      }),
      baseline: { free: ['a'], lost: ['a'] },
    });
    expect(placed(found)).toEqual({ free: '', lost: '' });
    expect(found.problems).toEqual([]);
  });

  it('works on a fleet without clusters or applications', () => {
    expect(
      placed(
        plan({
          clusters: [],
          decisions: decisions({
            namespaces: [everywhere],
            applications: [application('x', { namespace: 'shop' })],
          }),
        }),
      ),
    ).toEqual({ x: '' });
    expect(placed(plan({ decisions: decisions({}) }))).toEqual({});
  });

  it('keeps what runs on draining clusters, takes all from retired ones and prepares provisioning ones', () => {
    const found = plan({
      clusters: [
        cluster('a', { state: 'draining' }),
        cluster('b', { state: 'retired' }),
        cluster('c', { state: 'provisioning' }),
        cluster('d', { state: 'draining' }),
      ],
      decisions: decisions({
        namespaces: [namespace('shop', { include: ['b', 'c', 'd'] })],
        applications: [
          application('old', { namespace: 'shop' }),
          application('new', { namespace: 'shop' }),
        ],
      }),
      baseline: { old: ['a', 'b', 'd'] },
    });
    expect(placed(found)).toEqual({ old: 'acd', new: 'c' });
    // Where an application stays, its namespace stays too.
    expect(found.snapshot.namesOf(found.namespaces.get('shop')!)).toEqual([
      'a',
      'c',
      'd',
    ]);
  });

  it('takes away what is prohibited, over include and on draining clusters, with what depends on it', () => {
    const found = plan({
      clusters: [
        cluster('a', { labels: { state: 'ut' }, state: 'draining' }),
        cluster('b', { labels: { state: 'ut' } }),
        cluster('c'),
      ],
      decisions: decisions({
        namespaces: [namespace('bar', { include: ['a', 'b', 'c'] })],
        applications: [
          application('beer', {
            namespace: 'bar',
            labels: { content: 'alcohol' },
          }),
          application('coaster', { namespace: 'bar', dependsOn: ['beer'] }),
          application('lamp', { namespace: 'bar', dependsOn: ['coaster'] }),
        ],
        policies: [
          prohibition('law', {
            applications: { matchLabels: { content: 'alcohol' } },
            clusters: { matchLabels: { state: 'ut' } },
            reason: 'No sale',
          }),
        ],
      }),
      baseline: { beer: ['a', 'b'], coaster: ['a', 'b'], lamp: ['a', 'b'] },
    });
    expect(placed(found)).toEqual({ beer: 'c', coaster: 'c', lamp: 'c' });
    expect(refused(found, 'beer')).toEqual([
      {
        step: 'prohibit',
        rule: 'edgepolicy:default/law',
        reason: 'No sale',
        clusters: 'ab',
      },
    ]);
    expect(refused(found, 'lamp')).toEqual([
      {
        step: 'depend',
        rule: 'edgeapplication:default/lamp#spec.dependsOn[0]',
        reason: "It needs 'coaster', which is not placed here",
        clusters: 'ab',
      },
    ]);
  });

  it('adds nothing where a prohibition cannot be evaluated, and stops nothing that runs', () => {
    const found = plan({
      decisions: decisions({
        namespaces: [everywhere],
        applications: [
          application('beer', { namespace: 'shop' }),
          application('tea', { namespace: 'shop' }),
        ],
        policies: [
          prohibition('law', {
            applications: { names: ['beer'] },
            clusters: { groups: ['gone'] },
          }),
          prohibition('vague', { applications: {}, clusters: { all: true } }),
        ],
      }),
      baseline: { beer: ['a'] },
    });
    expect(placed(found)).toEqual({ beer: 'a', tea: 'ab' });
    expect(found.problems).toEqual([
      {
        entity: 'edgepolicy:default/law',
        field: 'spec.clusters.groups[0]',
        message: "There is no group 'gone'",
      },
      {
        entity: 'edgepolicy:default/vague',
        field: 'spec.applications',
        message:
          'It selects no application; name names, namespaces or matchLabels',
      },
    ]);
  });

  it('keeps what runs of an application or namespace whose rules cannot be evaluated, and plans the rest', () => {
    const found = plan({
      decisions: decisions({
        namespaces: [
          everywhere,
          namespace('broken', 'cluster.labels.'),
          namespace('full', { all: true }, { cpu: 'much' }),
        ],
        applications: [
          application('good', { namespace: 'shop' }),
          application('needy', {
            namespace: 'shop',
            requires: ['true', 'cluster.inGroup("mars")'],
          }),
          application('odd', { namespace: 'shop', requests: { cpu: '1 cpu' } }),
          application('lonely', { namespace: 'shop', dependsOn: ['nobody'] }),
          application('in-broken', { namespace: 'broken' }),
          application('in-full', { namespace: 'full' }),
          application('nowhere', { namespace: 'mars' }),
        ],
      }),
      baseline: Object.fromEntries(
        ['needy', 'odd', 'lonely', 'in-broken', 'in-full', 'nowhere'].map(
          name => [name, ['b']],
        ),
      ),
    });
    expect(placed(found)).toEqual({
      good: 'ab',
      needy: 'b',
      odd: 'b',
      lonely: 'b',
      'in-broken': 'b',
      'in-full': 'b',
      nowhere: 'b',
    });
    expect(found.snapshot.namesOf(found.namespaces.get('broken')!)).toEqual([
      'b',
    ]);
    expect(
      found.problems.map(({ entity, field }) => `${entity} ${field}`),
    ).toEqual([
      'edgeapplication:default/in-broken spec.namespace',
      'edgeapplication:default/in-full spec.namespace',
      'edgeapplication:default/lonely spec.dependsOn[0]',
      'edgeapplication:default/needy spec.requires[1]',
      'edgeapplication:default/nowhere spec.namespace',
      'edgeapplication:default/odd spec.requests.cpu',
      'edgenamespace:default/broken spec.selector',
      'edgenamespace:default/full spec.resources.quota.cpu',
    ]);
    expect(found.problems[3].message).toBe(
      "There is no group 'mars' (at character 16)",
    );
  });

  it('reports a circle at each in it, and keeps what runs', () => {
    const found = plan({
      decisions: decisions({
        namespaces: [everywhere],
        applications: [
          application('hen', { namespace: 'shop', dependsOn: ['egg'] }),
          application('egg', { namespace: 'shop', dependsOn: ['hen'] }),
          application('self', { namespace: 'shop', dependsOn: ['self'] }),
          application('farm', { namespace: 'shop', dependsOn: ['hen'] }),
        ],
      }),
      baseline: { hen: ['a'] },
    });
    expect(placed(found)).toEqual({ hen: 'a', egg: '', self: '', farm: 'a' });
    expect(found.problems).toEqual([
      {
        entity: 'edgeapplication:default/egg',
        field: 'spec.dependsOn',
        message: 'These applications need one another in a circle: egg, hen',
      },
      {
        entity: 'edgeapplication:default/hen',
        field: 'spec.dependsOn',
        message: 'These applications need one another in a circle: egg, hen',
      },
      {
        entity: 'edgeapplication:default/self',
        field: 'spec.dependsOn',
        message: 'These applications need one another in a circle: self',
      },
    ]);
  });

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
