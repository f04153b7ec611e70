import { Entity } from '@backstage/catalog-model';
import { ImportSource, readImport } from './readImport';

const limits = { maxContent: 10_000, maxRecords: 3 };

function cluster(name: string, more: object = {}): object {
  return {
    apiVersion: 'res-edge.io/v1alpha1',
    kind: 'EdgeCluster',
    metadata: { name },
    spec: {},
    ...more,
  };
}

function read(format: ImportSource['format'], content: string) {
  return readImport({ format, content }, limits);
}

describe('readImport', () => {
  it('reads a line of NDJSON as an entity, without what a catalog adds', async () => {
    const records = await read(
      'ndjson',
      [
        JSON.stringify(
          cluster('a', {
            metadata: {
              name: 'a',
              uid: 'u',
              etag: 'e',
              generation: 3,
              annotations: {
                'backstage.io/managed-by-location': 'url:https://x',
                'example.org/note': 'kept',
              },
            },
            relations: [],
            status: {},
          }),
        ),
        '',
        '{"kind":"EdgeCluster","metadata":{"name":"b"},',
        '{"apiVersion":"res-edge.io/v1alpha1","kind":"EdgeCluster","metadata":{"name":"c"},"spec":{"values":{"__proto__":"x"}}}',
      ].join('\r\n'),
    );
    expect(records).toMatchObject([
      {
        line: 1,
        entity: {
          metadata: {
            name: 'a',
            namespace: 'default',
            annotations: { 'example.org/note': 'kept' },
          },
        },
      },
      {
        line: 3,
        problem: { message: expect.stringMatching(/^not valid JSON/) },
      },
      {
        line: 4,
        name: 'c',
        problem: { message: "the key '__proto__' is not allowed" },
      },
    ]);
    expect(records[0].entity).not.toHaveProperty('relations');
    expect(records[0].entity?.metadata).not.toHaveProperty('uid');
  });

  it('reads documents of YAML, passes over other kinds, and refuses aliases', async () => {
    const records = await read(
      'yaml',
      `
apiVersion: backstage.io/v1alpha1
kind: Location
metadata: { name: all }
spec: { targets: [./a.yaml] }
---
apiVersion: res-edge.io/v1alpha1
kind: EdgeCluster
metadata: { name: a }
spec: { attributes: { lanes: two, grill: &x [acme] , oven: *x } }
---
apiVersion: res-edge.io/v1alpha1
kind: EdgeCluster
metadata: { name: b }
spec: { capacity: { cpu: 4 } }
---
`,
    );
    expect(records).toEqual([
      expect.objectContaining({
        line: 2,
        notes: ['the kind Location is not imported'],
      }),
      expect.objectContaining({
        line: 10,
        kind: 'EdgeCluster',
        name: 'a',
        problem: { message: 'aliases are not allowed' },
      }),
      expect.objectContaining({
        line: 12,
        problem: {
          field: 'spec.capacity.cpu',
          pointer: '/spec/capacity/cpu',
          message: expect.stringMatching(/^must be a Kubernetes quantity/),
        },
      }),
    ]);
  });

  it('makes clusters of Resources, from YAML or from the catalog', async () => {
    const resource: Entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Resource',
      metadata: {
        name: 'TX-1',
        title: 'Austin',
        labels: { ring: 'beta', bad: 'a b', 'bad key!': 'x' },
        annotations: { 'kubernetes.io/api-server': 'https://10.0.0.1' },
        tags: ['edge'],
      },
      spec: { type: 'kubernetes-cluster', owner: 'platform-team' },
    };
    const others: Entity[] = [
      { ...resource, spec: { type: 'database' } },
      { ...resource, kind: 'Component' },
    ];
    async function* fromCatalog() {
      yield* [...others, resource];
    }
    const expected = [
      {
        notes: ["label 'bad key!': no key or value that is taken here"],
        entity: {
          apiVersion: 'res-edge.io/v1alpha1',
          kind: 'EdgeCluster',
          metadata: {
            name: 'tx-1',
            namespace: 'default',
            title: 'Austin',
            labels: { ring: 'beta' },
            tags: ['edge'],
          },
          spec: {
            owner: 'platform-team',
            attributes: { bad: 'a b' },
            environment: 'prod',
          },
        },
      },
    ];
    const defaults = { EdgeCluster: { 'spec.environment': 'prod' } };
    await expect(
      readImport(
        { format: 'resources', resources: fromCatalog, defaults },
        limits,
      ),
    ).resolves.toMatchObject(expected);
    await expect(
      readImport(
        {
          format: 'resources',
          content: [...others, resource]
            .map(entity => JSON.stringify(entity))
            .join('\n---\n'),
          defaults,
        },
        limits,
      ),
    ).resolves.toMatchObject(expected);
  });

  it.each<[Partial<ImportSource>, RegExp]>([
    [{ format: 'csv', content: 'a' }, /^mapping: is required/],
    [
      { format: 'yaml', content: 'a', mapping: { columns: {} } },
      /^mapping: only 'csv'/,
    ],
    [{ format: 'ndjson' }, /^content: is required/],
    [
      { format: 'ndjson', content: ' '.repeat(10_001) },
      /10001 characters are too many; at most 10000/,
    ],
    [{ format: 'ndjson', content: '1\n2\n3\n4\n' }, /more than 3 records/],
    [{ format: 'original', content: '[' }, /^content: not valid JSON/],
    [
      { format: 'original', content: '{"stores":[]}' },
      /^content: must be an answer/,
    ],
    [
      { content: '1', defaults: { EdgeCluster: { 'spec.colour': 'x' } } },
      /^defaults.EdgeCluster: 'spec.colour' is not a field/,
    ],
  ])('refuses %j', async (source, message) => {
    await expect(
      readImport({ format: 'ndjson', ...source }, limits),
    ).rejects.toThrow(message);
  });

  it.each([
    '1',
    'null',
    '[]',
    '"x"',
    '{}',
    '{"kind":"EdgeThing","metadata":5}',
  ])('has a problem with %s', async line => {
    const [record] = await read('ndjson', line);
    expect(record.entity).toBeUndefined();
    expect(record.problem?.message).toMatch(/mapping|kind|one of/);
  });

  it('is not led into depths', async () => {
    const [record] = await read(
      'ndjson',
      `{"kind":"EdgeCluster","metadata":{"name":"a"},"status":${'['.repeat(
        100,
      )}${']'.repeat(100)}}`,
    );
    expect(record.problem?.message).toBe('nested more than 32 deep');
  });
});
