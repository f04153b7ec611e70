import fc from 'fast-check';
import { parse } from 'yaml';
import { billText, parseBill } from './bill';
import { BillReader } from './BillReader';
import { clusterValues, literalLines, valuesText } from './clusterValues';
import { readDeliveredShard } from './readDeliveredShard';
import { readUnreferenced, unreferencedText } from './unreferencedRevisions';

const content = {
  cluster: 'c1',
  namespaces: [
    { name: 'cache', revision: '0a1b2c3d4e5e' },
    { name: 'pos', revision: '0a1b2c3d4e5f' },
  ],
  moving: [{ name: 'kiosk', from: 'bar', arrivesAfter: '2026-11-20T19:00Z' }],
  applications: [
    {
      name: 'imdb',
      revision: '111111111111',
      version: '1.0.1',
      namespace: 'pos',
    },
    {
      name: 'redis',
      revision: '222222222222',
      version: '7',
      namespace: 'cache',
    },
  ],
  groups: [{ name: 'geo.tx', revision: '333333333333' }],
  components: [
    { path: 'groups/geo.tx/revisions/333333333333/1-audit' },
    { path: 'groups/geo.tx/revisions/333333333333/2-tax', application: 'imdb' },
  ],
  addons: new Map([['pos', ['redis']]]),
};

describe('a bill', () => {
  it('is a page that a person can read, and reads back', () => {
    const text = billText(content);
    expect(text).toContain(
      '  - ../../apps/imdb/revisions/111111111111/flux # 1.0.1\n',
    );
    const { addons, ...bill } = content;
    expect(parseBill('c1', text)).toEqual(bill);
    expect(parse(text).resources).toEqual([
      '../../namespaces/cache/revisions/0a1b2c3d4e5e/flux',
      '../../apps/redis/revisions/222222222222/flux',
      '../../namespaces/pos/revisions/0a1b2c3d4e5f/flux',
      '../../apps/imdb/revisions/111111111111/flux',
    ]);
    expect(parse(text).components).toEqual([
      'values',
      '../../groups/geo.tx/revisions/333333333333/1-audit',
    ]);
    expect(parse(text).patches).toHaveLength(3);
  });

  it('says nothing of namespaces where applications did not follow theirs', () => {
    const [first, ...lines] = billText(content).split('\n');
    const older = ['# The bill of c1: what it runs.', ...lines].join('\n');
    expect(first).toContain('each with its applications');
    expect(
      parseBill('c1', older).applications.map(({ namespace }) => namespace),
    ).toEqual([undefined, undefined]);
  });

  it('is written for Argo CD with waves, and reads back alike', () => {
    const waves = new Map([[2, ['imdb', 'redis']]]);
    const forArgoCd = { ...content, engine: 'argocd' as const, waves };
    const text = billText(forArgoCd);
    const { addons, waves: _, ...bill } = forArgoCd;
    expect(parseBill('c1', text)).toEqual(bill);
    expect(BillReader.create().read('c1', text)).toEqual(bill);
    const { namespace, resources, patches } = parse(text);
    expect(namespace).toBe('argocd');
    expect(resources).toContain(
      '../../apps/imdb/revisions/111111111111/argocd',
    );
    expect(patches[2]).toEqual({
      target: {
        group: 'argoproj.io',
        kind: 'Application',
        name: 'app-(imdb|redis)',
        namespace: 'argocd',
      },
      patch: expect.stringContaining('value: "2"'),
    });
  });

  it('is valid where there is nothing to run', () => {
    const empty = {
      cluster: 'c1',
      namespaces: [],
      applications: [],
      groups: [],
      components: [],
    };
    const text = billText({ ...empty, addons: new Map() });
    expect(parse(text)).not.toHaveProperty('resources');
    expect(parseBill('c1', text)).toEqual(empty);
    expect(parseBill('c1', 'nonsense: [')).toEqual(empty);
  });

  it('is read among others as it is read alone', () => {
    const names = fc.constantFrom('a', 'app', 'imdb', 'c1', 'flux');
    const entry = fc.record({
      name: names,
      revision: fc.constantFrom('1', 'a'),
    });
    const someBill = fc
      .record({
        cluster: names,
        namespaces: fc.array(entry, { maxLength: 2 }),
        applications: fc.array(entry, { maxLength: 2 }),
        components: fc.array(
          fc.record({
            path: fc.constant('groups/c1/revisions/1/values'),
            application: fc.option(names, { nil: undefined }),
          }),
          { maxLength: 2 },
        ),
        header: fc.boolean(),
      })
      .map(({ header, ...bill }) => {
        const addons = new Map<string, string[]>();
        const text = billText({ ...bill, groups: [], addons });
        // What somebody wrote by hand need not begin as a bill does.
        return [bill.cluster, header ? text : text.slice(20)] as const;
      });
    fc.assert(
      fc.property(fc.array(someBill, { maxLength: 8 }), bills => {
        const reader = BillReader.create();
        for (const [cluster, text] of bills) {
          expect(reader.read(cluster, text)).toEqual(parseBill(cluster, text));
        }
      }),
    );
  });

  it('is read from the listing of a branch', () => {
    const text = billText(content);
    const shard = readDeliveredShard('shard-001', [
      {
        path: 'clusters/c1/values/kustomization.yaml',
        hash: 'v',
        content: 'values',
      },
      {
        path: 'clusters/c1/kustomization.yaml',
        hash: 'b',
        content: Buffer.from(text),
      },
      {
        path: 'apps/imdb/revisions/111111111111/flux/app-imdb.yaml',
        hash: 'x',
      },
      {
        path: 'apps/imdb/revisions/111111111111/flux/kustomization.yaml',
        hash: 'x',
      },
      { path: 'README.md', hash: 'x' },
    ]);
    expect(shard.revisions).toEqual(
      new Set(['apps/imdb/revisions/111111111111']),
    );
    const { addons, ...bill } = content;
    expect(shard.clusters).toEqual(
      new Map([
        ['c1', { bill, billHash: 'b', valuesHash: 'v', values: 'values' }],
      ]),
    );
  });
});

describe('revisions that no bill names', () => {
  it('are read back, and only as they are written', () => {
    const since = new Map([
      ['apps/imdb/revisions/111111111111', '2026-11-20T19:00Z'],
      ['groups/geo.tx/revisions/333333333333', '2026-11-21T00:00Z'],
    ]);
    const text = unreferencedText(since);
    expect(parse(text)).toEqual(Object.fromEntries(since));
    expect(readUnreferenced(text)).toEqual(since);
    const forged = 'clusters/../x: 2026-11-20T19:00Z\napps: never\n';
    expect(readUnreferenced(forged).size).toBe(0);
  });
});

describe('the values of a cluster', () => {
  const cluster = {
    apiVersion: 'x',
    kind: 'EdgeCluster' as const,
    metadata: { name: 'c1', labels: { ring: 'beta', unused: 'x' } },
    spec: {
      timeZone: 'UTC',
      attributes: { grill: ['a', 'b'], lanes: 2, on: false },
    },
  };

  it('come with their origins; facts win, and lists are joined', () => {
    const found = clusterValues(
      cluster,
      [
        { key: 'banner', value: 'hi', origin: 'edgegroup:default/geo.tx' },
        { key: 'name', value: 'forged', origin: 'edgegroup:default/geo.tx' },
        {
          key: 'environment',
          value: 'forged',
          origin: 'edgegroup:default/geo.tx',
        },
        { key: 'bad key', value: 'x', origin: 'edgegroup:default/geo.tx' },
      ],
      [
        'labels.ring',
        'attributes.grill',
        'attributes.on',
        'labels.none',
        'attributes.constructor',
      ],
    );
    expect(valuesText('c1', found))
      .toBe(`# The values of c1, each with its origin. Written by Res-Edge.
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
configMapGenerator:
  - name: cluster-values
    options:
      annotations:
        config.kubernetes.io/local-config: "true"
      disableNameSuffixHash: true
    literals:
      - 'attributes.grill="a,b"' # cluster
      - 'attributes.on="false"' # cluster
      - 'banner="hi"' # group geo.tx
      - 'labels.ring="beta"' # cluster
      - 'name="c1"' # cluster
      - 'timeZone="UTC"' # cluster
`);
  });

  it('stay one literal, whatever they hold', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        (value, origin) => {
          const text = valuesText(
            'c1',
            new Map([['key', { value, origin: 'cluster' }]]),
          );
          const { literals } = parse(text).configMapGenerator[0];
          expect(literals).toEqual([
            `key="${value.replace(/[\ud800-\udfff]/gu, '\ufffd')}"`,
          ]);
          const own = clusterValues(cluster, [{ key: 'k', value, origin }], []);
          expect(
            parse(valuesText('c1', own)).configMapGenerator[0].literals,
          ).toHaveLength(3);
        },
      ),
    );
  });

  it('keep lines that something still reads', () => {
    const before = valuesText(
      'c1',
      new Map([
        ['old', { value: "it's", origin: 'group a' }],
        ['new', { value: '1', origin: 'group a' }],
      ]),
    );
    const lines = literalLines(before);
    expect([...lines.keys()]).toEqual(['new', 'old']);
    const after = valuesText(
      'c1',
      new Map([['new', { value: '2', origin: 'cluster' }]]),
      lines,
    );
    expect(parse(after).configMapGenerator[0].literals).toEqual([
      'new="2"',
      `old="it's"`,
    ]);
  });
});
