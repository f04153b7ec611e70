import {
  AttributeValue,
  ClusterSelector,
  Selector,
} from '@res-edge/backstage-plugin-res-edge-common';
import fc from 'fast-check';
import { ApplicationDecision } from '../model';
import {
  application,
  ApplicationOptions,
  cluster,
  decisions,
  group,
  namespace,
  prohibition,
  rollout,
  staged,
} from './build';
import { Fleet } from './reference';

/** Small fleets with ties, circles, missing keys, full clusters and empty sets. */
const GROUPS = ['geo', 'geo.east', 'geo.east.x', 'geo.west', 'beta'];
const CLUSTERS = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6'];
const APPLICATIONS = ['a0', 'a1', 'a2', 'a3', 'a4', 'a5'];
const SPACES = ['n0', 'n1', 'n2'];

const some = <T>(items: readonly T[], minLength = 1) =>
  fc.subarray([...items], { minLength });
const optional = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.option(arbitrary, { nil: undefined });

const matchExpression = fc.oneof(
  fc.record({
    key: fc.constantFrom('size', 'grill', 'lanes', 'open', 'nobody'),
    operator: fc.constantFrom('In' as const, 'NotIn' as const),
    values: some(['s', 'l', 'acme', 'other', '2', 'true']),
  }),
  fc.record({
    key: fc.constantFrom('size', 'grill', 'lanes', 'nobody'),
    operator: fc.constantFrom('Exists' as const, 'DoesNotExist' as const),
  }),
  fc.record({
    key: fc.constantFrom('lanes', 'size'),
    operator: fc.constantFrom(
      'Gt' as const,
      'Ge' as const,
      'Lt' as const,
      'Le' as const,
    ),
    values: fc.tuple(fc.integer({ min: 0, max: 4 })),
  }),
);

const expression = fc
  .tuple(fc.constantFrom('lanes', 'nobody'), fc.integer({ min: 0, max: 4 }))
  .map(([key, least]) => `cluster.attributes.${key} >= ${least}`);

export const selectors: fc.Arbitrary<ClusterSelector> = fc
  .record(
    {
      all: fc.constant(true as const),
      groups: some(GROUPS),
      matchLabels: fc.dictionary(
        fc.constantFrom('size', 'grill', 'open'),
        fc.constantFrom('s', 'l', 'acme', 'true'),
        { minKeys: 1 },
      ),
      matchExpressions: fc.array(matchExpression, {
        minLength: 1,
        maxLength: 2,
      }),
      expression,
      include: some(CLUSTERS),
      exclude: some(CLUSTERS),
    },
    { requiredKeys: [] },
  )
  .filter(({ exclude, ...rest }) => Object.keys(rest).length > 0);

const requests = fc.record(
  {
    cpu: fc.integer({ min: 0, max: 4 }).map(String),
    memory: fc.integer({ min: 0, max: 4 }).map(String),
  },
  { requiredKeys: [] },
);
const bounds = fc.record(
  {
    cpu: fc.integer({ min: 0, max: 8 }).map(String),
    memory: fc.integer({ min: 0, max: 8 }).map(String),
  },
  { requiredKeys: [] },
);

const clusters = fc.tuple(
  ...CLUSTERS.map(name =>
    fc
      .record({
        size: optional(fc.constantFrom('s', 'l')),
        attributes: fc.record(
          {
            grill: fc.array(fc.constantFrom('acme', 'other'), {
              maxLength: 2,
            }) as fc.Arbitrary<AttributeValue>,
            lanes: fc.integer({ min: 0, max: 4 }),
            open: fc.boolean(),
          },
          { requiredKeys: [] },
        ),
        groups: some(GROUPS, 0),
        capacity: optional(bounds),
        state: fc.constantFrom(
          undefined,
          'active' as const,
          'provisioning' as const,
          'draining' as const,
          'retired' as const,
        ),
      })
      .map(({ size, ...facts }) =>
        cluster(name, { ...facts, labels: size === undefined ? {} : { size } }),
      ),
  ),
);

const needs = {
  requests,
  requires: fc.oneof(fc.constant<string[]>([]), fc.tuple(expression)),
  dependsOn: fc.oneof(
    fc.constant<string[]>([]),
    some(APPLICATIONS).map(list => list.slice(0, 2)),
  ),
};

const RINGS = ['beta', 'pilot', 'prod'];
const rings = fc
  .tuple(some(RINGS), fc.tuple(selectors, selectors, selectors))
  .map(([names, where]) =>
    Object.fromEntries(names.map((name, i) => [name, where[i]])),
  );

/** A second release, and which rings have it, have the first, or have none; or are not named at all. */
export const stages = fc.record({
  policy: fc.constantFrom('r0', 'r1'),
  second: fc.record(needs),
  lines: fc.uniqueArray(
    fc.tuple(
      fc.constantFrom(...RINGS, 'all'),
      fc.constantFrom('first' as const, 'second' as const, 'none' as const),
    ),
    { selector: ([ring]) => ring, minLength: 1 },
  ),
});

/** An application of which at least one ring has reached something. */
export function inStages(
  name: string,
  options: ApplicationOptions,
  {
    policy,
    second,
    lines,
  }: typeof stages extends fc.Arbitrary<infer T> ? T : never,
): ApplicationDecision {
  const { requests: first, requires, dependsOn, ...rest } = options;
  const releases = {
    first: { requests: first, requires, dependsOn },
    second: { ...second, version: '2.0.0' },
    none: undefined,
  };
  const [[ring], ...others] = lines;
  const all: typeof lines = lines.every(([, which]) => which === 'none')
    ? [[ring, 'first'], ...others]
    : lines;
  return staged(
    name,
    policy,
    Object.fromEntries(all.map(([each, which]) => [each, releases[which]])),
    rest,
  );
}

export const fleets: fc.Arbitrary<Fleet> = fc
  .record({
    clusters,
    ruled: optional(
      fc.record({
        matchExpressions: fc.array(matchExpression, {
          minLength: 1,
          maxLength: 2,
        }),
      }),
    ),
    spaces: fc.tuple(
      ...SPACES.map(name =>
        fc.tuple(fc.constant(name), optional(selectors), bounds),
      ),
    ),
    apps: fc.tuple(
      ...APPLICATIONS.map(name =>
        fc.record({
          name: fc.constant(name),
          namespace: fc.constantFrom(...SPACES),
          ...needs,
          priority: fc.constantFrom(undefined, 0, 0, 10, -5),
          stages: optional(stages),
        }),
      ),
    ),
    rollouts: fc.tuple(rings, rings),
    policies: fc.array(
      fc.record({
        applications: fc.oneof(
          fc.record({ names: some(APPLICATIONS) }),
          fc.record({ namespaces: some(SPACES) }),
          fc.record({ names: some(APPLICATIONS), namespaces: some(SPACES) }),
        ),
        clusters: selectors as fc.Arbitrary<Selector>,
      }),
      { maxLength: 2 },
    ),
    baseline: fc.dictionary(
      fc.constantFrom(...APPLICATIONS),
      some(CLUSTERS, 0),
    ),
  })
  .map(({ clusters: entities, ruled, spaces, apps, policies, ...rest }) => ({
    clusters: entities,
    groups: [
      group('geo'),
      group('geo.east', 'geo'),
      group('geo.east.x', 'geo.east', ruled && { selector: ruled }),
      group('geo.west', 'geo'),
      group('beta'),
    ],
    decisions: decisions({
      namespaces: spaces.map(([name, selector, quota]) =>
        namespace(name, selector, quota),
      ),
      applications: apps.map(({ name, stages: later, ...options }) =>
        later ? inStages(name, options, later) : application(name, options),
      ),
      policies: [
        ...policies.map((policy, i) => prohibition(`p${i}`, policy)),
        ...rest.rollouts.map((each, i) => rollout(`r${i}`, each)),
      ],
    }),
    baseline: rest.baseline,
  }));
