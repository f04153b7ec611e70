import {
  EdgeClusterEntity,
  Selector,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  application,
  cluster,
  decisions,
  group,
  namespace,
  prohibition,
} from '../../src/__testUtils__/build';
import { Fleet } from '../../src/__testUtils__/reference';

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

const REGIONS = ['northeast', 'southeast', 'midwest', 'central', 'west'];
const STATES = 10;
const CITIES = 12;
const SIZES = ['small', 'medium', 'large', 'flagship'];
const GRILLS = ['acme2000', 'acme3000', 'acme3001', 'broil9', 'zeta'];
const ZONES = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
];
/** By size: what a store of that size has, correlated with everything else about it. */
const CAPACITY = [
  { cpu: '4000m', memory: '8192Mi' },
  { cpu: '8000m', memory: '16384Mi' },
  { cpu: '16000m', memory: '32768Mi' },
  { cpu: '32000m', memory: '65536Mi' },
];

const EXPRESSIONS: readonly (readonly [
  string,
  (cluster: EdgeClusterEntity) => boolean,
])[] = [
  [
    'cluster.attributes.lanes >= 2 && cluster.labels.size != "small"',
    ({ spec, metadata }) =>
      Number(spec.attributes?.lanes) >= 2 && metadata.labels!.size !== 'small',
  ],
  [
    'cluster.attributes.grill.exists(g, g.startsWith("acme300"))',
    ({ spec }) =>
      (spec.attributes!.grill as string[]).some(grill =>
        grill.startsWith('acme300'),
      ),
  ],
  [
    'cluster.timeZone.startsWith("America/") && cluster.environment == "prod"',
    ({ spec }) => spec.environment === 'prod',
  ],
  [
    'cluster.labels.ring == "beta" || cluster.attributes.lanes > 3',
    ({ spec, metadata }) =>
      metadata.labels!.ring === 'beta' || Number(spec.attributes?.lanes) > 3,
  ],
];

/** A believable fleet: jagged geography, franchises, devices, sizes and capacities that go together. */
export function benchFleet(
  clusters: number,
  applications: number,
  seed = 7,
): Fleet {
  const random = seeded(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)];
  const groups = [
    group('geo'),
    group('franchise'),
    group('franchise.corporate', 'franchise'),
    group('marketing'),
    group('large-stores', undefined, {
      selector: {
        matchExpressions: [
          { key: 'size', operator: 'In', values: ['large', 'flagship'] },
        ],
      },
    }),
  ];
  for (let i = 0; i < 30; i++)
    groups.push(group(`franchise.owner-${i}`, 'franchise'));
  for (let i = 0; i < 8; i++)
    groups.push(group(`marketing.campaign-${i}`, 'marketing'));
  const places: string[] = [];
  for (const region of REGIONS) {
    groups.push(group(`geo.${region}`, 'geo'));
    for (let state = 0; state < STATES; state++) {
      const name = `geo.${region}.s${state}`;
      groups.push(group(name, `geo.${region}`));
      // Jagged: small states have no cities.
      if (state % 4 === 3) places.push(name);
      else {
        for (let city = 0; city < CITIES; city++) {
          groups.push(group(`${name}.c${city}`, name));
          places.push(`${name}.c${city}`);
        }
      }
    }
  }
  const entities = Array.from({ length: clusters }, (_, i) => {
    const size = Math.min(below(4), below(4) + 1);
    const corporate = random() < 0.4;
    const large = size >= 2;
    return cluster(`store-${String(i).padStart(6, '0')}`, {
      labels: {
        size: SIZES[size],
        ring: random() < 0.02 ? 'beta' : 'prod',
        ownership: corporate ? 'corporate' : 'franchise',
      },
      attributes: {
        grill: large ? [pick(GRILLS), pick(GRILLS)] : [pick(GRILLS)],
        ...(random() < 0.7 && { lanes: 1 + below(size + 1) + below(2) }),
        driveThrough: large && random() < 0.6 ? 'multi-lane' : 'single-lane',
        number: String(i),
      },
      groups: [
        pick(places),
        corporate ? 'franchise.corporate' : `franchise.owner-${below(30)}`,
        ...(random() < 0.3 ? [`marketing.campaign-${below(8)}`] : []),
      ],
      environment: random() < 0.98 ? 'prod' : 'test',
      timeZone: pick(ZONES),
      ...(random() < 0.9 && { capacity: CAPACITY[size] }),
      state:
        random() < 0.01
          ? pick(['draining', 'retired', 'provisioning'] as const)
          : 'active',
    });
  });

  const spaces = Array.from({ length: 40 }, (_, i) => {
    const selectors: Selector[] = [
      { groups: [`geo.${pick(REGIONS)}`] },
      { groups: ['geo'], matchLabels: { size: pick(SIZES) } },
      {
        groups: ['geo.northeast', 'franchise.corporate'],
        matchLabels: { ownership: 'corporate' },
        matchExpressions: [
          { key: 'grill', operator: 'In', values: ['acme3000', 'acme3001'] },
        ],
      },
      { expression: EXPRESSIONS[below(EXPRESSIONS.length)][0] },
      {
        all: true,
        exclude: [`store-${String(below(clusters)).padStart(6, '0')}`],
      },
      {
        groups: ['large-stores'],
        include: [`store-${String(below(clusters)).padStart(6, '0')}`],
      },
      {
        groups: [
          `marketing.campaign-${below(8)}`,
          `franchise.owner-${below(30)}`,
        ],
      },
      { matchExpressions: [{ key: 'lanes', operator: 'Ge', values: [2] }] },
    ];
    const quota = i % 3 === 0 ? { cpu: '2000m', memory: '4096Mi' } : undefined;
    return namespace(`space-${i}`, selectors[i % selectors.length], quota);
  });
  const apps = Array.from({ length: applications }, (_, i) =>
    application(`app-${String(i).padStart(3, '0')}`, {
      namespace: `space-${i % 40}`,
      requests: {
        cpu: `${50 * (1 + below(12))}m`,
        memory: `${64 * (1 + below(10))}Mi`,
      },
      priority: pick([0, 0, 0, 10, 100]),
      requires: i % 7 === 0 ? [EXPRESSIONS[1][0]] : [],
      dependsOn:
        i >= 40 && i % 5 === 0
          ? [`app-${String(i - 40).padStart(3, '0')}`]
          : [],
    }),
  );
  const policies = [
    prohibition('no-kiosk', {
      applications: { names: ['app-001', 'app-002'] },
      clusters: { groups: ['geo.west.s1', 'geo.west.s2'] },
    }),
    prohibition('no-tests', {
      applications: { namespaces: ['space-4'] },
      clusters: 'cluster.environment == "test"',
    }),
  ];
  return {
    clusters: entities,
    groups,
    decisions: decisions({ namespaces: spaces, applications: apps, policies }),
    predicates: new Map([
      ...EXPRESSIONS,
      [
        'cluster.environment == "test"',
        ({ spec }) => spec.environment === 'test',
      ],
    ]),
    baseline: {},
  };
}
