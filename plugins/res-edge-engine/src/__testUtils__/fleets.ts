import {
  AttributeValue,
  ClusterSelector,
  Selector,
} from '@res-edge/backstage-plugin-res-edge-common';
import fc from 'fast-check';
import {
  application,
  cluster,
  decisions,
  group,
  namespace,
  prohibition,
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
          requests,
          requires: fc.oneof(fc.constant<string[]>([]), fc.tuple(expression)),
          dependsOn: fc.oneof(
            fc.constant<string[]>([]),
            some(APPLICATIONS).map(list => list.slice(0, 2)),
          ),
          priority: fc.constantFrom(undefined, 0, 0, 10, -5),
        }),
      ),
    ),
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
  .map(({ clusters: entities, ruled, spaces, apps, policies, baseline }) => ({
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
      applications: apps.map(({ name, ...options }) =>
        application(name, options),
      ),
      policies: policies.map((policy, i) => prohibition(`p${i}`, policy)),
    }),
    baseline,
  }));
