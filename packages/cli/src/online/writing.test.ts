import {
  MutationInput,
  MutationOutcome,
} from '@res-edge/backstage-plugin-res-edge-common';
import { entityLine } from '../__testUtils__/entities';
import { resedgeWith } from '../__testUtils__/resedge';
import { TestFolder } from '../__testUtils__/TestFolder';
import {
  TestAnswer,
  TestRequest,
  TestServer,
} from '../__testUtils__/TestServer';

/** Names say what becomes of them. */
function outcome(mutation: MutationInput, index: number): MutationOutcome {
  const { name } = (mutation.entity?.metadata ?? mutation) as { name: string };
  const kind = mutation.kind ?? (mutation.entity?.kind as 'EdgeCluster');
  if (name.startsWith('yaml')) {
    const error = { name: 'ConflictError', message: 'is registered in YAML' };
    return { index, kind, name, status: 'failed', error };
  }
  if (mutation.action === 'delete')
    return { index, kind, name, status: 'deleted' };
  return { index, kind, name, status: 'created', etag: '"7"' };
}

function answer({ body, query }: TestRequest): TestAnswer {
  const { mutations } = JSON.parse(body) as { mutations: MutationInput[] };
  const results = mutations.map(outcome);
  const failed = results.some(({ status }) => status === 'failed');
  const applied =
    query.get('dryRun') !== 'true' &&
    !(failed && query.get('atomic') === 'true');
  const counts = {
    created: 0,
    updated: 0,
    deleted: 0,
    unchanged: 0,
    failed: 0,
  };
  return { body: { revision: 7, applied, counts, results } };
}

const clusters = (...names: string[]) =>
  names.map(name => entityLine('EdgeCluster', name)).join('');
const YAML = `apiVersion: res-edge.io/v1alpha1
kind: EdgeGroup
metadata: { name: central }
spec: { type: sales }
`;

describe('writing to a server', () => {
  let server: TestServer;
  let folder: TestFolder;
  beforeAll(async () => {
    server = await TestServer.create(answer);
    folder = TestFolder.create({
      'fleet/clusters.ndjson': clusters('a', 'b'),
      'fleet/groups.yaml': YAML,
      'fleet/other.yaml': 'kind: ConfigMap\n',
      'some.ndjson': clusters('a', 'yaml-1'),
      'many.ndjson': clusters(
        ...Array.from({ length: 2500 }, (_, index) => `store-${index}`),
      ),
      'broken/a.yaml': YAML,
      'broken/b.yaml': YAML.replace('central', 'No Name'),
      'empty/a.txt': '',
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
  const sent = () =>
    server.requests.map(({ body }) => JSON.parse(body).mutations);

  it('applies what files, folders and standard input have', async () => {
    expect(await run('apply -f @fleet')).toMatchObject({
      status: 0,
      stderr: '',
      stdout: `edgecluster:default/a created
edgecluster:default/b created
edgegroup:default/central created
`,
    });
    expect(sent()[0]).toMatchObject([
      { action: 'apply', entity: { metadata: { name: 'a' } } },
      { action: 'apply', entity: { metadata: { name: 'b' } } },
      { action: 'apply', entity: { kind: 'EdgeGroup' } },
    ]);
    const mixed = await run(
      'apply -f @fleet/groups.yaml -f - -o name',
      YAML.replace('central', 'east'),
    );
    expect(mixed).toMatchObject({
      status: 0,
      stdout: 'edgegroup:default/central\nedgegroup:default/east\n',
    });
  });

  it('says what failed, and what all-or-nothing and a dry run leave as it is', async () => {
    expect(await run('apply -f @some.ndjson')).toMatchObject({
      status: 1,
      stdout: 'edgecluster:default/a created\n',
      stderr: 'edgecluster:default/yaml-1: is registered in YAML\n',
    });
    expect((await run('apply -f @some.ndjson --atomic')).stdout).toBe(
      'edgecluster:default/a created (nothing is written)\n',
    );
    expect((await run('apply -f @fleet/groups.yaml --dry-run')).stdout).toBe(
      'edgegroup:default/central created (dry run)\n',
    );
    expect((await run('apply -f @some.ndjson -o json')).json()).toMatchObject({
      applied: true,
      results: [{ name: 'a', status: 'created' }, { status: 'failed' }],
    });
  });

  it('sends many in several requests, or in one where it is all or nothing', async () => {
    const { status, json } = await run('apply -f @many.ndjson -o json');
    expect(status).toBe(0);
    expect(sent().map(({ length }) => length)).toEqual([1000, 1000, 500]);
    expect(json().results[2499]).toMatchObject({
      index: 2499,
      name: 'store-2499',
    });
    server.requests.length = 0;
    await run('apply -f @many.ndjson --atomic');
    expect(sent()).toHaveLength(1);
  });

  it('deletes by name, and what files name', async () => {
    expect(await run('delete cluster a')).toMatchObject({
      status: 0,
      stdout: 'edgecluster:default/a deleted\n',
    });
    expect(await run('delete -f @fleet/groups.yaml')).toMatchObject({
      stdout: 'edgegroup:default/central deleted\n',
    });
    expect(sent()).toEqual([
      [{ action: 'delete', kind: 'EdgeCluster', name: 'a' }],
      [{ action: 'delete', kind: 'EdgeGroup', name: 'central' }],
    ]);
    expect(await run('delete cluster yaml-1')).toMatchObject({ status: 1 });
  });

  it.each([
    ['apply', 2, "required option '-f, --filename <path>' not specified"],
    ['apply x -f @fleet', 2, 'needs no argument'],
    ['apply -f @nowhere', 2, 'there is no file or folder'],
    ['apply -f @fleet/other.yaml', 2, 'there is no entity of Res-Edge in'],
    ['apply -f @broken', 1, 'b.yaml'],
    ['apply -f @empty', 1, 'no valid entity of Res-Edge'],
    ['apply -f -', 2, 'there is no entity of Res-Edge in -'],
    ['delete', 2, 'give KIND NAME, or -f, not both'],
    ['delete cluster a -f @fleet', 2, 'give KIND NAME, or -f, not both'],
    ['delete cluster', 2, 'needs KIND NAME or no argument'],
  ])('%s writes nothing, with status %d', async (args, status, message) => {
    const found = await run(args);
    expect(found.stderr).toContain(message);
    expect(found).toMatchObject({ status, stdout: '' });
    expect(server.requests).toEqual([]);
  });
});
