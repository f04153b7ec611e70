import { readImport } from '../readImport';

const limits = { maxContent: 1_000_000, maxRecords: 1000 };

function read(content: unknown) {
  return readImport(
    {
      format: 'original',
      content: JSON.stringify(content),
      defaults: {
        EdgeNamespace: { 'spec.owner': 'group:default/platform' },
        EdgeApplication: {
          'spec.owner': 'group:default/platform',
          'spec.version': '1.0.0',
        },
      },
    },
    limits,
  );
}

const groups = {
  '@odata.context': 'http://localhost/api/v1/$metadata#Groups',
  value: [
    { id: 3, name: 'stores', namePath: '/stores/', type: 'Group' },
    { id: 4, name: 'central', namePath: '/stores/central/', parentId: 3 },
    { id: 8, name: 'Round_Rock', parentId: 4, type: 'Group' },
    {
      id: 1,
      name: 'beta',
      namePath: '/beta/',
      type: 'Label',
      expression: '/m/ring/beta or /g/8',
      metadata: [{ key: 'color', value: 'red' }],
    },
  ],
};
const clusters = {
  '@odata.context': 'http://localhost/api/v1/$metadata#Clusters',
  value: [
    {
      id: 17,
      name: 'central-tx-atx-2301',
      description: 'A store',
      environment: 'Prod',
      timeZone: 'America/Chicago',
      gitOpsRepo: '/github.com/example/gitops',
      tags: ['edge', 'Not a tag!'],
      metadata: [
        { key: 'ring', value: 'beta' },
        { key: 'address', value: '1 South Lamar' },
        { key: '__proto__', value: 'x' },
      ],
      capacity: { memoryLimit: 2048, cpuLimit: 1.5 },
      groups: [{ id: 8 }, { id: 1 }],
      createdBy: 'dbo',
    },
  ],
};

describe('readOriginal', () => {
  it('takes over groups, clusters, namespaces and applications', async () => {
    const records = await read([
      clusters,
      groups,
      {
        namespaces: [
          {
            id: 20,
            name: 'go-vote',
            description: '...',
            expression: '/g/stores/central/Round_Rock and not /c/17',
            tags: ['go-vote'],
            businessUnit: 'Platform',
            environment: 'Prod',
            capacity: { memoryLimit: 512, cpuLimit: 1.0 },
            metadata: [
              { key: 'type', value: 'go-vote' },
              { key: 'name', value: 'x' },
            ],
            owners: ['Web Team', 'other'],
            overrideDeploymentWindow: true,
          },
          { id: 21, name: 'idle', expression: 'none' },
        ],
        applications: {
          namespaceId: 20,
          name: 'shaken-stirred',
          environment: 'Prod',
          repoUrl: '/github.com/cse-labs/test',
          pat: '/cse-labs',
          path: '/apps/go-vote',
          owner: 'platform',
          type: 'AddOn',
          capacity: { memoryLimit: 64, cpuLimit: 0.25 },
          metadata: [{ key: 'nodePort', value: '32081' }],
        },
        policies: [{ id: 1, name: 'no-ingress' }],
      },
    ]);
    const specOf = (name: string) =>
      records.find(record => record.name === name)?.entity?.spec;
    expect(records.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'EdgeGroup stores',
      'EdgeGroup stores.central',
      'EdgeGroup stores.central.round-rock',
      'EdgeGroup beta',
      'EdgeCluster central-tx-atx-2301',
      'EdgeNamespace go-vote',
      'EdgeNamespace idle',
      'EdgeApplication shaken-stirred',
      'EdgePolicy no-ingress',
    ]);
    expect(records.flatMap(({ problem }) => problem ?? [])).toEqual([]);
    expect(specOf('stores')).toEqual({ type: 'stores' });
    expect(specOf('stores.central')).toEqual({ parent: 'stores' });
    expect(specOf('stores.central.round-rock')).toEqual({
      parent: 'stores.central',
    });
    expect(records[3].entity).toMatchObject({
      metadata: { labels: { color: 'red' } },
      spec: {
        type: 'beta',
        selector: '/m/ring/beta or /g/stores/central/round-rock',
      },
    });
    expect(records[4]).toMatchObject({
      entity: {
        metadata: {
          description: 'A store',
          labels: { ring: 'beta' },
          tags: ['edge'],
        },
        spec: {
          environment: 'Prod',
          timeZone: 'America/Chicago',
          attributes: { address: '1 South Lamar' },
          capacity: { cpu: '1.5', memory: '2048Mi' },
          groups: ['stores.central.round-rock', 'beta'],
        },
      },
      notes: [
        "tag 'not-a-tag!': not a tag of the catalog",
        "metadata '__proto__': no key or value that is taken here",
        'gitOpsRepo: has no place here',
      ],
    });
    expect(specOf('go-vote')).toEqual({
      owner: 'group:default/web-team',
      businessUnit: 'Platform',
      environment: 'Prod',
      selector: '/g/stores/central/round-rock and not /c/central-tx-atx-2301',
      resources: { quota: { cpu: '1', memory: '512Mi' } },
      values: { type: 'go-vote' },
    });
    expect(records[5].notes).toEqual([
      'owners other: one owns here',
      "metadata 'name': no key or value that is taken here",
      'overrideDeploymentWindow: has no place here',
    ]);
    expect(specOf('idle')).toEqual({ owner: 'group:default/platform' });
    expect(records[7]).toMatchObject({
      entity: {
        spec: {
          owner: 'group:default/platform',
          type: 'addon',
          namespace: 'go-vote',
          source: { path: './apps/go-vote' },
          requests: { cpu: '0.25', memory: '64Mi' },
          values: { nodePort: '32081' },
          version: '1.0.0',
        },
      },
      notes: [
        'environment: has no place here',
        'repoUrl: has no place here',
        'pat: has no place here',
      ],
    });
    expect(records[8]).toMatchObject({
      notes: [expect.stringMatching(/^policies of the original/)],
    });
  });

  it('finds direct members where only groups list them', async () => {
    const [first, ...others] = clusters.value;
    const records = await read([
      { clusters: [{ ...first, groups: undefined }, ...others] },
      {
        groups: groups.value.map(group => ({
          ...group,
          clusters: group.id === 1 ? [] : [{ id: 17 }],
        })),
      },
    ]);
    expect(
      records.find(({ kind }) => kind === 'EdgeCluster')?.entity?.spec,
    ).toMatchObject({ groups: ['stores.central.round-rock'] });
  });

  it('says which reference leads nowhere', async () => {
    const records = await read({
      namespaces: { name: 'a', expression: '/g/99' },
      applications: [
        { name: 'b', namespaceId: 98, path: 'b' },
        { name: 'c', namespace: { id: 5, name: 'other' }, path: '/c' },
        { name: 'd' },
      ],
    });
    expect(records).toMatchObject([
      {
        problem: {
          message:
            'the group with the id 99 is not in this import; import groups together with what names them',
        },
      },
      {
        problem: { message: expect.stringMatching(/namespace with the id 98/) },
      },
      { entity: { spec: { namespace: 'other' } } },
      { problem: { pointer: '/spec/source', message: 'is required' } },
    ]);
  });

  it('ends where parents go in a circle', async () => {
    const records = await read({
      groups: [
        { id: 1, name: 'a', parentId: 2 },
        { id: 2, name: 'b', parentId: 1 },
      ],
    });
    expect(records).toHaveLength(2);
    expect(records.every(({ problem }) => problem !== undefined)).toBe(true);
  });
});
