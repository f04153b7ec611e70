import {
  EntityPage,
  EntityRow,
  Explanation,
  InventoryEntity,
  SelectorPreview,
} from '@res-edge/backstage-plugin-res-edge-common';
import { parseAllDocuments } from 'yaml';
import { resedge } from '../__testUtils__/resedge';
import {
  TestAnswer,
  TestRequest,
  TestServer,
} from '../__testUtils__/TestServer';

const NAMES = Array.from({ length: 1203 }, (_, index) => `store-${index}`);

function clusterEntity(name: string) {
  return {
    apiVersion: 'res-edge.io/v1alpha1',
    kind: 'EdgeCluster',
    metadata: { name, labels: { ring: 'beta' } },
    spec: { environment: 'prod', groups: ['central'] },
  };
}

function clusterRow(name: string, withEntity: boolean): EntityRow {
  return {
    kind: 'EdgeCluster',
    name,
    labels: { ring: 'beta' },
    problems: 0,
    applications: 4,
    state: 'active',
    environment: 'prod',
    groups: ['central'],
    owner: 'group:default/stores',
    ...(withEntity && { entity: clusterEntity(name) }),
  };
}

const EXPLANATION: Explanation = {
  application: 'imdb',
  cluster: 'store-1',
  placed: true,
  summary: "'imdb' is placed on 'store-1'",
  eta: { version: '1.0.2', reason: "Ring 'prod' waits for a person" },
  steps: [{ step: 'target', verdict: 'passed', message: 'it is selected' }],
};

const PREVIEW: SelectorPreview = {
  count: 1203,
  total: 5000,
  sample: [],
  byGroup: [{ group: 'central', count: 1203, total: 1300 }],
};

function answer({ path, query }: TestRequest): TestAnswer {
  const operation = path.replace('/api/res-edge/v1/', '');
  if (operation === 'entities') {
    const [, only] =
      /^metadata\.name=(.*)$/.exec(query.get('filter') ?? '') ?? [];
    const names = only ? [only] : NAMES;
    const start = Number(query.get('cursor') ?? 0);
    const end = start + Number(query.get('limit'));
    const page: EntityPage = {
      items: names
        .slice(start, end)
        .map(name => clusterRow(name, query.get('fields') === '*')),
      total: names.length,
      nextCursor: end < names.length ? String(end) : undefined,
    };
    return { body: page };
  }
  if (operation === 'entities/EdgeCluster/store-7') {
    const found: Pick<InventoryEntity, 'entity' | 'origin' | 'problems'> = {
      entity: clusterEntity('store-7'),
      origin: { type: 'catalog', location: 'url:https://example.org/a.yaml' },
      problems: [
        {
          entity: 'edgecluster:default/store-7',
          field: 'spec.groups[0]',
          message: 'there is no group \u001b[31mcentral',
        },
      ],
    };
    return { body: found };
  }
  if (operation === 'clusters/store-7/placements') {
    return {
      body: {
        cluster: 'store-7',
        shard: 'shard-3',
        groups: ['central'],
        namespaces: [{ name: 'shop' }],
        applications: [
          {
            application: 'imdb',
            state: 'refused',
            step: 'fit',
            reason: 'no memory is left',
          },
        ],
        values: [
          { key: 'region', value: 'tx', origin: 'edgegroup:default/central' },
        ],
      },
    };
  }
  if (operation === 'selectors/preview') return { body: PREVIEW };
  if (operation === 'explain') return { body: EXPLANATION };
  const message = `No EdgeCluster 'nowhere' is registered`;
  return {
    status: 404,
    body: { error: { name: 'NotFoundError', message }, response: {} },
  };
}

describe('reading from a server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.create(answer);
  });
  beforeEach(() => {
    server.requests.length = 0;
  });
  const ask = (...args: string[]) => resedge(...args, '--server', server.url);

  it('gets all pages, as a table', async () => {
    const { status, stdout, stderr } = await ask('get', 'clusters');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(
      /^NAME +STATE +ENVIRONMENT +APPLICATIONS +PROBLEMS$/,
    );
    expect(lines[1]).toMatch(/^store-0 +active +prod +4 +0$/);
    expect(lines).toHaveLength(1 + NAMES.length);
    expect(server.requests.map(({ query }) => query.get('limit'))).toEqual([
      '1000',
      '1000',
    ]);
  });

  it('asks for what is wanted, and says what it leaves out', async () => {
    const { stdout, stderr } = await ask(
      ...['get', 'edgecluster', '--limit', '2', '-o', 'wide'],
      ...['--group', 'central', '--selector', '{all: true}'],
      ...['--search', 'tx', '--filter', 'a=b', '--filter', 'c,d!=e'],
    );
    expect(stdout).toContain('ring=beta');
    expect(stdout.trimEnd().split('\n')).toHaveLength(3);
    expect(stderr).toBe('2 of 1,203\n');
    const { query } = server.requests[0];
    expect(query.getAll('filter')).toEqual(['a=b', 'c,d!=e']);
    expect(Object.fromEntries(query)).toMatchObject({
      kind: 'EdgeCluster',
      group: 'central',
      selector: '{"all":true}',
      search: 'tx',
      limit: '2',
    });
  });

  it('gives names, JSON and YAML that can be applied again', async () => {
    const few = ['get', 'cluster', '--limit', '2', '-o'];
    expect((await ask(...few, 'name')).stdout).toBe(
      'edgecluster:default/store-0\nedgecluster:default/store-1\n',
    );
    expect((await ask(...few, 'json')).json()).toEqual({
      total: 1203,
      items: [clusterEntity('store-0'), clusterEntity('store-1')],
    });
    const { stdout } = await ask(...few, 'yaml');
    expect(parseAllDocuments(stdout).map(document => document.toJS())).toEqual([
      clusterEntity('store-0'),
      clusterEntity('store-1'),
    ]);
  });

  it('gets one by name', async () => {
    const one = ['get', 'cluster', 'store-7'];
    expect((await ask(...one)).stdout).toMatch(/^NAME.*\nstore-7 .*\n$/);
    expect((await ask(...one, '-o', 'json')).json()).toEqual(
      clusterEntity('store-7'),
    );
  });

  it('describes an entity with what was decided; its text does not steer the terminal', async () => {
    const { stdout, status } = await ask('describe', 'cluster', 'store-7');
    expect(status).toBe(0);
    expect(stdout).toContain('environment: prod');
    expect(stdout).toContain('Origin: catalog (url:https://example.org');
    expect(stdout).toMatch(/imdb +refused +- +- +no memory is left/);
    expect(stdout).toMatch(/region +tx +edgegroup:default\/central/);
    expect(stdout).toContain('there is no group \\u001b[31mcentral');
  });

  it('selects and explains without a folder, in the shapes of a folder', async () => {
    const selected = await ask('select', '{groups: [central]}', '-o', 'json');
    expect(selected.json()).toEqual({ count: 1203, clusters: NAMES });
    const text = await ask('select', '{groups: [central]}');
    expect(text.stdout).toContain('1,203 clusters of 5,000');
    expect(text.stdout).toMatch(/central +1203 +1300/);
    const explained = await ask('explain', 'imdb', 'store-1', '-o', 'json');
    expect(explained.json()).toEqual(EXPLANATION);
    const { stdout } = await ask('explain', 'imdb', 'store-1');
    expect(stdout).toContain(
      "Expected: 1.0.2, no time is known; Ring 'prod' waits for a person",
    );
    expect(stdout).toContain('+ target: it is selected');
  });

  it('has status 1 for what is not there', async () => {
    for (const args of [
      ['get', 'cluster', 'nowhere'],
      ['describe', 'cluster', 'nowhere'],
    ]) {
      expect(await ask(...args)).toMatchObject({
        status: 1,
        stdout: '',
        stderr: "resedge: No EdgeCluster 'nowhere' is registered\n",
      });
    }
  });

  it.each([
    [['get', 'pods'], "KIND is 'pods'; allowed are clusters, groups"],
    [['get'], 'needs KIND or KIND NAME, got nothing'],
    [['get', 'clusters', '--limit', '0'], 'It must be a whole number from 1.'],
    [['get', 'clusters', '-o', 'xml'], 'Allowed choices are table, json, yaml'],
    [['get', 'cluster', 'x', '--group', 'y'], 'not both'],
    [['describe', 'cluster', 'x', '-o', 'json'], "unknown option '-o'"],
    [['select', '{groups: [beta]'], 'SELECTOR is no mapping'],
  ])('says what is wrong with %j, with status 2', async (args, message) => {
    const { status, stdout, stderr } = await ask(...args);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/See: resedge \w+ --help/);
    expect(stdout).toBe('');
    expect(status).toBe(2);
    expect(server.requests).toEqual([]);
  });
});
