import {
  buildAsFlux,
  KustomizeBuilder,
  parseObjects,
} from '@res-edge/backstage-plugin-res-edge-node';
import fs from 'node:fs';
import { entityLine } from './__testUtils__/entities';
import { resedge } from './__testUtils__/resedge';
import { TestFolder } from './__testUtils__/TestFolder';

// What each test proves: the problem names entity and field, nothing is written outside of what Res-Edge owns, and the
// rest of the demo fleet is planned as if the hostile file were not there.

type Files = Record<string, string>;
/** Entity, field, and a part of the message. */
type Expected = readonly [string, string, RegExp];

const OWNED =
  /^out\/(?:main\/(?:\.res-edge|apps|groups|namespaces|policies)|delivery\/shard-\d+\/(?:apps|clusters|groups|namespaces))\//;

/** A line whose spec is written as it stands: not all of it can be said in JavaScript. */
const rawLine = (kind: string, name: string, spec: string) =>
  `{"apiVersion":"res-edge.io/v1alpha1","kind":"${kind}","metadata":{"name":"${name}"},"spec":${spec}}\n`;
const namespaceLine = (name: string, selector: unknown) =>
  entityLine('EdgeNamespace', name, {
    owner: 'group:default/team',
    businessUnit: 'x',
    environment: 'prod',
    selector,
  });
const cluster = (name: string, rest: string) =>
  `apiVersion: res-edge.io/v1alpha1\nkind: EdgeCluster\nmetadata: { name: ${name} }\nspec: {}\n${rest}`;
const loops = (depth: number) =>
  Array.from({ length: depth }).reduce<string>(
    (inner, _, index) => `[1,2,3,4,5,6,7,8,9,10].all(v${index}, ${inner})`,
    'true',
  );

/** Plans the demo fleet with these files in it. */
async function plan(files: Files) {
  const world = TestFolder.create();
  fs.cpSync(TestFolder.labs().path, world.at('fleet'), { recursive: true });
  for (const [file, text] of Object.entries(files))
    world.write(`fleet/${file}`, text);
  const before = new Set(Object.keys(world.files()));
  const { status, json, stderr } = await resedge(
    ...['plan', world.at('fleet'), '--out', world.at('out'), '-o', 'json'],
  );
  expect(stderr).toBe('');
  const written = Object.keys(world.files()).filter(file => !before.has(file));
  expect(written.filter(file => !OWNED.test(file))).toEqual([]);
  return { world, status, answer: json() };
}

describe('hostile input', () => {
  let placed: Record<string, string[]>;

  function placements(answer: {
    applications: Record<string, { clusters: string[] }>;
  }) {
    return Object.fromEntries(
      Object.entries(answer.applications).map(([name, { clusters }]) => [
        name,
        clusters,
      ]),
    );
  }

  beforeAll(async () => {
    placed = placements((await plan({})).answer);
  });

  it.each<[string, Files, Expected[]]>([
    [
      'aliases that explode',
      {
        'x.yaml': cluster(
          'bomb',
          `a: &a [l, l, l]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: [*c, *c, *c, *c]\n`,
        ),
      },
      [['edgecluster:default/bomb', 'd[2]', /more than 10 aliases/]],
    ],
    [
      'a cluster that is named as a path',
      { 'x.ndjson': entityLine('EdgeCluster', '../../x') },
      [['edgecluster:default/../../x', 'metadata.name', /DNS-1123 label/]],
    ],
    [
      'keys of prototypes',
      {
        'x.ndjson':
          rawLine('EdgeCluster', 'p1', '{"values":{"__proto__":"x"}}') +
          rawLine('EdgeCluster', 'p2', '{"attributes":{"constructor":"x"}}') +
          rawLine('EdgeCluster', 'p3', '{"capacity":{"__proto__":"1"}}') +
          rawLine('EdgeCluster', 'p4', '{"groups":["__proto__"]}') +
          rawLine('EdgeCluster', 'p5', '{"groups":["constructor"]}') +
          entityLine('EdgeCluster', 'p6', {}, { labels: { constructor: 'x' } }),
        'y.yaml': cluster('p7', '__proto__: { polluted: yes }\n'),
      },
      [
        ['edgecluster:default/p1', 'spec.values', /the key "__proto__"/],
        ['edgecluster:default/p2', 'spec.attributes', /key "constructor"/],
        ['edgecluster:default/p3', 'spec.capacity.__proto__', /unknown field/],
        ['edgecluster:default/p4', 'spec.groups[0]', /got "__proto__"/],
        ['edgecluster:default/p5', 'spec.groups[0]', /no group 'constructor'/],
        ['edgecluster:default/p6', 'metadata.labels', /key "constructor"/],
        ['edgecluster:default/p7', '__proto__', /unknown field/],
      ],
    ],
    [
      'groups that go in a circle',
      {
        'x.ndjson':
          entityLine('EdgeGroup', 'ring.a', { parent: 'ring.b', type: 'x' }) +
          entityLine('EdgeGroup', 'ring.b', { parent: 'ring.a' }) +
          entityLine('EdgeCluster', 'in-ring', { groups: ['ring.a'] }),
      },
      ['ring.a', 'ring.b'].map(name => [
        `edgegroup:default/${name}`,
        'spec.parent',
        /ring\.a -> ring\.b -> ring\.a/,
      ]),
    ],
    [
      'selectors of 10,000 terms',
      {
        'x.ndjson':
          namespaceLine(
            's1',
            Array(10_000).fill('cluster.name == "x"').join(' || '),
          ) +
          namespaceLine('s2', Array(10_000).fill('/g/stores').join(' or ')) +
          namespaceLine('s3', {
            matchExpressions: Array(10_000).fill({
              key: 'a',
              operator: 'Exists',
            }),
          }),
      },
      [
        ['edgenamespace:default/s1', 'spec.selector', /1 to 16384 characters/],
        ['edgenamespace:default/s2', 'spec.selector', /1 to 16384 characters/],
        [
          'edgenamespace:default/s3',
          'spec.selector.matchExpressions',
          /at most 100/,
        ],
      ],
    ],
    [
      'CEL that would not end',
      { 'x.ndjson': namespaceLine('c1', loops(12)) },
      [['edgenamespace:default/c1', 'spec.selector', /more than \d+ steps/]],
    ],
    [
      'numbers at the edges',
      {
        'x.ndjson':
          rawLine('EdgeGroup', 'n1', '{"type":"x","precedence":1e309}') +
          rawLine('EdgeGroup', 'n2', '{"precedence":9007199254740993}') +
          rawLine('EdgeCluster', 'n3', '{"attributes":{"a":1e309}}') +
          rawLine(
            'EdgeCluster',
            'n4',
            '{"attributes":{"a":9007199254740993}}',
          ) +
          rawLine('EdgeCluster', 'n5', '{"capacity":{"cpu":1e309}}') +
          rawLine('EdgeCluster', 'n6', '{"capacity":{"cpu":"1e-30"}}') +
          rawLine('EdgeCluster', 'n7', '{"capacity":{"cpu":"1e999999999"}}') +
          rawLine('EdgeCluster', 'n8', '{"capacity":{"cpu":"-1"}}') +
          // These two are fine: zero, and more than all there is.
          rawLine('EdgeCluster', 'n9', '{"attributes":{"a":-0}}') +
          rawLine(
            'EdgeCluster',
            'n10',
            '{"capacity":{"memory":"99999999999999999999Ei"}}',
          ),
        'y.yaml': `apiVersion: res-edge.io/v1alpha1\nkind: EdgeCluster\nmetadata: { name: n11 }\nspec: { attributes: { a: 9007199254740993 } }\n`,
      },
      [
        ['edgegroup:default/n1', 'spec.precedence', /got Infinity/],
        ['edgegroup:default/n2', 'spec.precedence', /-1000000 to 1000000/],
        ['edgecluster:default/n3', 'spec.attributes.a', /got Infinity/],
        ['edgecluster:default/n4', 'spec.attributes.a', /9007199254740991/],
        ['edgecluster:default/n5', 'spec.capacity.cpu', /in quotes/],
        ['edgecluster:default/n6', 'spec.capacity.cpu', /a billionth/],
        ['edgecluster:default/n7', 'spec.capacity.cpu', /is no quantity/],
        ['edgecluster:default/n8', 'spec.capacity.cpu', /is negative/],
        ['edgecluster:default/n11', 'spec.attributes.a', /9007199254740991/],
      ],
    ],
    [
      'one word in two forms of Unicode',
      {
        'x.ndjson':
          entityLine('EdgeCluster', 'caf\u00e9') +
          entityLine('EdgeCluster', 'cafe\u0301') +
          entityLine('EdgeCluster', 'u1', { groups: ['caf\u00e9'] }) +
          entityLine('EdgeCluster', 'u2', { values: { 'cafe\u0301': '1' } }) +
          entityLine('EdgeCluster', 'u3', {}, { labels: { a: 'caf\u00e9' } }),
      },
      [
        ['edgecluster:default/caf\u00e9', 'metadata.name', /DNS-1123/],
        ['edgecluster:default/cafe\u0301', 'metadata.name', /DNS-1123/],
        ['edgecluster:default/u1', 'spec.groups[0]', /DNS-1123/],
        ['edgecluster:default/u2', 'spec.values', /must be a key/],
        ['edgecluster:default/u3', 'metadata.labels.a', /63 letters/],
      ],
    ],
  ])('of %s is told, and stops nothing else', async (_, files, expected) => {
    const { status, answer } = await plan(files);
    expect(status).toBe(1);
    const byEntity = (a: { entity: string }, b: { entity: string }) =>
      a.entity < b.entity ? -1 : 1;
    const problems = [...answer.problems].sort(byEntity);
    expect(problems).toEqual(
      expected
        .map(([entity, field, message]) => ({
          entity,
          field,
          message: expect.stringMatching(message),
        }))
        .sort(byEntity),
    );
    for (const { message } of problems)
      expect(message).toMatch(/\([xy]\.(?:yaml|ndjson), .*line \d+\)$/);
    expect(placements(answer)).toEqual(placed);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('of 50 MB of YAML is not read', async () => {
    const { status, answer } = await plan({
      'x.yaml': `${cluster('big', '')}${'# comment\n'.repeat(5_000_000)}`,
    });
    expect(status).toBe(1);
    expect(answer.problems).toEqual([
      {
        entity: '',
        field: '',
        message: expect.stringMatching(/^x\.yaml: the file is too large/),
      },
    ]);
    expect(placements(answer)).toEqual(placed);
  });

  it('of values that would begin a document is a text like any other', async () => {
    const value =
      'x"\'\n---\napiVersion: v1\nkind: Secret\nmetadata: { name: y }\n';
    const { world, status, answer } = await plan({
      'x.ndjson':
        entityLine('EdgeGroup', 'injected', {
          type: 'x',
          precedence: 1000,
          values: { taxRegion: value },
        }) +
        entityLine(
          'EdgeCluster',
          'victim',
          {
            groups: ['stores.central.tx', 'injected'],
            timeZone: 'UTC',
            values: { posHost: value, storeNumber: '1' },
          },
          { labels: { city: 'x', ring: 'prod' } },
        ) +
        entityLine('EdgeNamespace', 'unit', {
          owner: 'group:default/team',
          businessUnit: value,
          environment: 'prod',
          values: { a: value },
          selector: { include: ['victim'] },
        }),
      'y.ndjson': entityLine('EdgeCluster', 'zone', { timeZone: value }),
    });
    expect(status).toBe(1);
    expect(answer.problems).toEqual([
      {
        entity: 'edgecluster:default/zone',
        field: 'spec.timeZone',
        message: expect.stringContaining('must be an IANA time zone'),
      },
    ]);
    const { imdb, ...others } = placements(answer);
    expect(imdb).toEqual([...placed.imdb, 'victim'].sort());
    expect(others['dogs-cats']).toEqual(placed['dogs-cats']);

    const shard = 'out/delivery/shard-001/';
    const tree = new Map<string, string>();
    for (const [file, text] of Object.entries(world.files())) {
      if (!file.startsWith('out/')) continue;
      if (file.startsWith(shard)) tree.set(file.slice(shard.length), text);
      if (!file.endsWith('.yaml')) continue;
      for (const { kind } of parseObjects(text))
        expect(kind).not.toBe('Secret');
    }
    const { bill, kustomizations } = await buildAsFlux(
      KustomizeBuilder.create(),
      tree,
      'victim',
    );
    const objects = [...bill, ...[...kustomizations.values()].flat()];
    expect(objects.map(({ kind }) => kind)).not.toContain('Secret');
    const orders = JSON.stringify(kustomizations.get('app-imdb'));
    expect(orders).toContain(JSON.stringify(`https://${value}/orders`));
  });
});
