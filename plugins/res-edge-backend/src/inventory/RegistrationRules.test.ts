import { mockServices } from '@backstage/backend-test-utils';
import {
  EdgeEntity,
  EdgeKind,
  RES_EDGE_API_VERSION,
} from '@res-edge/backstage-plugin-res-edge-common';
import { RegistrationRules } from './RegistrationRules';

const FLEET = 'url:https://example.org/fleet/all.yaml';
const FRANCHISE = 'url:https://example.org/franchise/all.yaml';
const POS = 'url:https://example.org/pos/all.yaml';

const rules = rulesOf([
  {
    locations: ['url:https://example.org/fleet/*'],
    kinds: ['EdgeCluster', 'EdgeGroup', 'EdgeNamespace', 'EdgePolicy'],
  },
  {
    locations: ['url:https://example.org/franchise/*'],
    kinds: ['EdgeCluster', 'EdgeGroup', 'EdgeNamespace', 'EdgePolicy'],
    groups: ['franchise.north'],
  },
  {
    locations: ['url:https://example.org/pos/*'],
    kinds: ['EdgeNamespace', 'EdgePolicy', 'EdgeApplication'],
    namespaces: ['point-of-sale', 'pos-*'],
  },
]);

function rulesOf(data: object[]): RegistrationRules {
  return RegistrationRules.fromConfig(
    mockServices.rootConfig({
      data: { resEdge: { registration: { rules: data } } } as never,
    }),
  );
}

function at(location: string, kind: EdgeKind, name: string, spec: object = {}) {
  const entity = {
    apiVersion: RES_EDGE_API_VERSION,
    kind,
    metadata: { name, namespace: 'default' },
    spec,
  } as EdgeEntity;
  return { entity, location };
}

const known = [
  at(FLEET, 'EdgeGroup', 'geo'),
  at(FLEET, 'EdgeGroup', 'franchise'),
  at(FLEET, 'EdgeGroup', 'franchise.north', { parent: 'franchise' }),
  at(FLEET, 'EdgeGroup', 'franchise.south', { parent: 'franchise' }),
];

function problemsOf(...items: ReturnType<typeof at>[]): string[] {
  const { entities, problems } = rules.admit([...items, ...known]);
  expect(entities.length + problems.length).toBe(items.length + known.length);
  return problems.map(
    ({ entity, field, message }) => `${entity} ${field}: ${message}`,
  );
}

describe('RegistrationRules', () => {
  it('lets nothing but applications in where nothing is configured', () => {
    const none = RegistrationRules.fromConfig(mockServices.rootConfig());
    const { entities, problems } = none.admit([
      at(POS, 'EdgeApplication', 'a'),
      at(FLEET, 'EdgeCluster', 'b'),
      at(FLEET, 'EdgeGroup', 'c'),
      at(FLEET, 'EdgeNamespace', 'd'),
      at(FLEET, 'EdgePolicy', 'e'),
    ]);
    expect(entities.map(({ entity }) => entity.metadata.name)).toEqual(['a']);
    expect(problems).toHaveLength(4);
    expect(problems).toContainEqual({
      entity: 'edgecluster:default/b',
      field: '',
      message:
        'has no effect: EdgeCluster may not be registered at this place; resEdge.registration.rules says where',
    });
  });

  it('lets a kind in from the places that a rule names for it', () => {
    expect(
      problemsOf(
        at(FLEET, 'EdgeCluster', 'a'),
        at(FLEET, 'EdgeNamespace', 'a', { selector: { all: true } }),
        at(FLEET, 'EdgePolicy', 'a'),
        at(POS, 'EdgeApplication', 'a'),
      ),
    ).toEqual([]);
    expect(
      problemsOf(
        at(POS, 'EdgeCluster', 'a'),
        at('url:https://example.org/fleet/../pos/a.yaml', 'EdgeCluster', 'b'),
        { ...at('', 'EdgeGroup', 'c'), location: undefined as never },
        // A rule names applications: they come from there alone.
        at(FLEET, 'EdgeApplication', 'd'),
      ),
    ).toEqual([
      expect.stringMatching(/^edgegroup:default\/c : has no effect/),
      expect.stringMatching(/^edgecluster:default\/a : has no effect/),
      expect.stringMatching(/^edgecluster:default\/b : has no effect/),
      expect.stringMatching(/^edgeapplication:default\/d : has no effect/),
    ]);
  });

  it('keeps a place within its subtrees of groups', () => {
    expect(
      problemsOf(
        // The order does not matter.
        at(FRANCHISE, 'EdgeGroup', 'franchise.north.a.b', {
          parent: 'franchise.north.a',
        }),
        at(FRANCHISE, 'EdgeGroup', 'franchise.north.a', {
          parent: 'franchise.north',
        }),
        at(FRANCHISE, 'EdgeCluster', 'a', { groups: ['franchise.north.a.b'] }),
        at(FRANCHISE, 'EdgeNamespace', 'b', {
          selector: { groups: ['franchise.north'], matchLabels: { a: 'b' } },
        }),
        at(FRANCHISE, 'EdgeNamespace', 'c'),
        at(FRANCHISE, 'EdgePolicy', 'w', { type: 'window' }),
        at(FRANCHISE, 'EdgePolicy', 'd', {
          clusters: { groups: ['franchise.north.a'], exclude: ['x'] },
        }),
      ),
    ).toEqual([]);
  });

  it.each<[EdgeKind, object, RegExp]>([
    ['EdgeCluster', {}, /spec.groups: .*must name groups/],
    [
      'EdgeCluster',
      { groups: ['franchise.north', 'geo'] },
      /spec.groups\[1\]: has no effect: this place of registration may only speak about franchise.north and what is below, not about the group 'geo'/,
    ],
    [
      'EdgeCluster',
      { groups: ['franchise.north.made-up'] },
      /spec.groups\[0\]/,
    ],
    ['EdgeGroup', {}, /spec.parent: .*must name groups/],
    ['EdgeGroup', { parent: 'franchise' }, /spec.parent: .*'franchise'/],
    [
      'EdgeGroup',
      { parent: 'franchise.north', selector: { all: true } },
      /spec.selector: .*may reach beyond/,
    ],
    [
      'EdgeNamespace',
      { selector: 'true' },
      /spec.selector: .*may reach beyond/,
    ],
    [
      'EdgeNamespace',
      { selector: { all: true } },
      /spec.selector.groups: .*must name/,
    ],
    [
      'EdgeNamespace',
      { selector: { groups: ['franchise.north', 'franchise.south'] } },
      /spec.selector.groups\[1\]: .*'franchise.south'/,
    ],
    [
      'EdgeNamespace',
      { selector: { groups: ['franchise.north'], include: ['other'] } },
      /spec.selector.include: .*may reach beyond/,
    ],
    [
      'EdgePolicy',
      { clusters: { matchLabels: { a: 'b' } } },
      /spec.clusters.groups/,
    ],
  ])('refuses %s %j of a subtree', (kind, spec, message) => {
    expect(problemsOf(at(FRANCHISE, kind, 'x', spec))).toEqual([
      expect.stringMatching(message),
    ]);
  });

  it('does not let a refused group, or a circle, open what is below it', () => {
    expect(
      problemsOf(
        at(FRANCHISE, 'EdgeGroup', 'evil', { parent: 'geo' }),
        at(FRANCHISE, 'EdgeGroup', 'evil.below', { parent: 'evil' }),
        at(FRANCHISE, 'EdgeCluster', 'a', { groups: ['evil.below'] }),
        at(FRANCHISE, 'EdgeGroup', 'one', { parent: 'two' }),
        at(FRANCHISE, 'EdgeGroup', 'two', { parent: 'one' }),
        at(FRANCHISE, 'EdgeCluster', 'b', { groups: ['one'] }),
      ).map(text => text.split(' ')[0]),
    ).toEqual([
      'edgegroup:default/evil',
      'edgegroup:default/evil.below',
      'edgegroup:default/two',
      'edgegroup:default/one',
      'edgecluster:default/a',
      'edgecluster:default/b',
    ]);
  });

  it('knows groups of other origins as parents', () => {
    const below = at(FLEET, 'EdgeGroup', 'franchise.north.api', {
      parent: 'franchise.north',
    });
    const cluster = at(FRANCHISE, 'EdgeCluster', 'a', {
      groups: ['franchise.north.api'],
    });
    expect(rules.admit([cluster, ...known]).problems).toHaveLength(1);
    expect(rules.admit([cluster, ...known], [below.entity]).problems).toEqual(
      [],
    );
  });

  it('keeps a place within its namespaces', () => {
    expect(
      problemsOf(
        at(POS, 'EdgeNamespace', 'point-of-sale'),
        at(POS, 'EdgeNamespace', 'pos-lab'),
        at(POS, 'EdgeApplication', 'a', { namespace: 'pos-lab' }),
        at(POS, 'EdgeApplication', 'b'),
        at(POS, 'EdgePolicy', 'c', {
          applications: { namespaces: ['pos-lab'] },
        }),
        at(POS, 'EdgePolicy', 'd', { type: 'window' }),
      ),
    ).toEqual([]);
    expect(
      problemsOf(
        at(POS, 'EdgeNamespace', 'bar'),
        at(POS, 'EdgeApplication', 'a', { namespace: 'bar' }),
        at(POS, 'EdgePolicy', 'b', { applications: { names: ['x'] } }),
        at(POS, 'EdgePolicy', 'e', { type: 'freeze', clusters: 'true' }),
        at(POS, 'EdgePolicy', 'c', {
          applications: { namespaces: ['pos-lab', 'bar'] },
        }),
      ),
    ).toEqual([
      expect.stringMatching(/\/bar metadata.name: .*namespace 'bar'/),
      expect.stringMatching(/\/a spec.namespace: .*namespace 'bar'/),
      expect.stringMatching(/\/b spec.applications.namespaces: .*must name/),
      expect.stringMatching(/\/e spec.applications.namespaces: .*must name/),
      expect.stringMatching(/\/c spec.applications.namespaces\[1\]: .*'bar'/),
    ]);
  });

  it('says which key of the configuration is wrong', () => {
    expect(() => rulesOf([{ locations: ['*'], kinds: ['Component'] }])).toThrow(
      /^resEdge.registration.rules\[0\].kinds: 'Component' is unknown; allowed are EdgeCluster/,
    );
  });
});
