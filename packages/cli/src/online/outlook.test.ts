import {
  AuditPage,
  ImportReport,
  WhatIf,
} from '@res-edge/backstage-plugin-res-edge-common';
import { entityLine } from '../__testUtils__/entities';
import { resedgeWith } from '../__testUtils__/resedge';
import { TestFolder } from '../__testUtils__/TestFolder';
import { TestServer } from '../__testUtils__/TestServer';

const none = { count: 0, sample: [], byGroup: [] };
const one = {
  count: 1,
  sample: ['store-1'],
  byGroup: [{ group: 'geo.us', count: 1, total: 4 }],
};

const whatIf: WhatIf = {
  revision: 7,
  results: [
    { index: 0, kind: 'EdgeCluster', name: 'store-1', status: 'created' },
  ],
  effect: {
    totals: { won: 1, lost: 0, changed: 0, refused: 0, held: 1, released: 0 },
    effects: [
      {
        ...{ kind: 'application', name: 'imdb', version: { to: '1.0.0' } },
        ...{ won: one, lost: none, changed: none, refused: none, held: one },
      },
    ],
    values: {
      clusters: 1,
      changes: [{ key: 'lanes', to: '3', clusters: one }],
      more: 0,
    },
    problems: {
      arising: { count: 0, items: [] },
      going: {
        count: 1,
        items: [
          {
            entity: 'edgegroup:default/geo',
            field: 'spec.parent',
            message: 'is unknown',
          },
        ],
      },
    },
    changeRequests: [
      { entity: 'edgegroup:default/geo', title: 'Add group geo', direct: true },
    ],
    files: [{ path: '.res-edge/shards/shard-001.yaml', status: 'changed' }],
    delivery: { bills: 1, values: 1, revisions: 0, shards: 1 },
  },
};

const audit: AuditPage = {
  items: [
    {
      sequence: 3,
      at: '2026-11-26T08:00:00.000Z',
      actor: 'user:default/ann',
      request: 'r-1',
      operation: 'patch',
      revision: 7,
      kind: 'EdgeCluster',
      name: 'store-1',
      before: { spec: {} },
      after: { spec: { owner: 'b' } },
    },
  ],
};

const report: ImportReport = {
  revision: 7,
  applied: false,
  counts: { created: 1, updated: 0, unchanged: 0, failed: 1, skipped: 0 },
  effect: whatIf.effect,
  records: [
    { number: 1, line: 1, kind: 'EdgeCluster', name: 'a', status: 'created' },
    {
      ...{ number: 2, line: 2, column: 'Store', status: 'failed' },
      error: { name: 'InputError', message: 'is empty' },
    },
  ],
};

const EFFECT = `
application imdb 1.0.0
  won on 1 cluster: store-1
    by group: geo.us 1
  has to wait on 1 cluster: store-1
    by group: geo.us 1

value lanes: (nothing) -> 3
  changed on 1 cluster: store-1
    by group: geo.us 1

problems that go: 1
  edgegroup:default/geo#spec.parent: is unknown

change requests:
  Add group geo (merged by itself)

1 file of main:
  changed .res-edge/shards/shard-001.yaml

delivery: 1 bill, 1 values file, 0 revisions in 1 shard
`;

describe('what would come, and what came', () => {
  let server: TestServer;
  let folder: TestFolder;

  beforeAll(async () => {
    server = await TestServer.create(({ path }) => {
      if (path.endsWith('/what-if')) return { body: whatIf };
      return { body: path.endsWith('/audit') ? audit : report };
    });
    folder = TestFolder.create({
      'store.ndjson': entityLine('EdgeCluster', 'store-1'),
      'stores.csv': 'Store\na\n\n',
      'mapping.yaml': 'columns: { Store: metadata.name }\n',
    });
  });
  beforeEach(() => {
    server.requests.length = 0;
  });
  const run = (args: string, stdin = '') =>
    resedgeWith(
      { RESEDGE_SERVER: server.url, stdin },
      ...args.replaceAll('@', `${folder.path}/`).split(' '),
    );

  it('diff -f says what applying would cause', async () => {
    const shown = await run('diff -f @store.ndjson');
    expect(shown).toMatchObject({
      status: 0,
      stderr: '',
      stdout: `edgecluster:default/store-1 created\n${EFFECT}`,
    });
    expect(server.requests[0].path).toBe('/api/res-edge/v1/what-if');
    expect(JSON.parse(server.requests[0].body)).toMatchObject({
      mutations: [{ action: 'apply', entity: { kind: 'EdgeCluster' } }],
    });
    const json = await run('diff -f @store.ndjson -o json');
    expect(json.json()).toEqual(whatIf);
    expect((await run('diff -f @store.ndjson -o yaml')).stdout).toContain(
      'revision: 7',
    );
    expect((await run('diff')).status).toBe(2);
    expect((await run('diff a b -f @store.ndjson')).status).toBe(2);
  });

  it('audit says who changed what', async () => {
    const shown = await run(
      'audit cluster store-1 --actor user:default/ann --from 2026-11-26T00:00Z -o wide',
    );
    expect(shown).toMatchObject({
      status: 0,
      stdout: `AT                        ACTOR             OPERATION  WHAT                         REVISION  REQUEST
2026-11-26T08:00:00.000Z  user:default/ann  patch      edgecluster:default/store-1  7         r-1
`,
    });
    expect(Object.fromEntries(server.requests[0].query)).toEqual({
      actor: 'user:default/ann',
      from: '2026-11-26T00:00Z',
      kind: 'EdgeCluster',
      name: 'store-1',
      limit: '50',
    });
    expect((await run('audit -o json')).json()).toEqual(audit);
    expect((await run('audit --operation eat')).status).toBe(2);
  });

  it('import sends a file, and says what is wrong with which record', async () => {
    const shown = await run(
      'import csv @stores.csv --mapping @mapping.yaml --dry-run',
    );
    expect(shown).toMatchObject({
      status: 1,
      stderr: 'line 2, column Store: is empty\n',
      stdout: `1 created, 1 failed (dry run)\n${EFFECT}`,
    });
    const [{ path, query, body }] = server.requests;
    expect([path, query.get('dryRun')]).toEqual([
      '/api/res-edge/v1/imports/csv',
      'true',
    ]);
    expect(JSON.parse(body)).toEqual({
      content: 'Store\na\n\n',
      mapping: { columns: { Store: 'metadata.name' } },
    });
    expect((await run('import csv - -o json', 'a')).json()).toEqual(report);
    expect((await run('import csv')).status).toBe(2);
    expect((await run('import tsv @stores.csv')).status).toBe(2);
    expect((await run('import csv @nowhere.csv')).status).toBe(2);
  });
});
