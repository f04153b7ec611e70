import { createMockDirectory } from '@backstage/backend-test-utils';
import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import {
  EntityInput,
  validateEdgeEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { parse } from 'yaml';
import { FakeBackend } from '../__testUtils__/FakeBackend';
import { FakeInventory } from '../__testUtils__/FakeInventory';
import * as actions from '.';

const workspace = createMockDirectory();
let backend: FakeBackend;
let inventory: FakeInventory;

beforeEach(async () => {
  workspace.clear();
  inventory = new FakeInventory();
  backend = await FakeBackend.start(request => inventory.answer(request));
});

afterEach(() => backend.stop());

const all = {
  'application:onboard': actions.createApplicationOnboardAction,
  'application:release': actions.createApplicationReleaseAction,
  'application:retire': actions.createApplicationRetireAction,
  'cluster:register': actions.createClusterRegisterAction,
  'namespace:create': actions.createNamespaceCreateAction,
  'overlays:publish': actions.createOverlaysPublishAction,
  'target:change': actions.createTargetChangeAction,
} as const;

async function run(
  name: keyof typeof all,
  input: object,
  over: object = {},
): Promise<Record<string, any>> {
  const action = all[name](backend) as any;
  const context = {
    ...createMockActionContext<any, any>({
      input: input as any,
      workspacePath: workspace.path,
      templateInfo: { entityRef: 'template:default/t' },
    }),
    ...over,
  };
  await action.handler(context);
  return Object.fromEntries((context.output as jest.Mock).mock.calls);
}

const application: EntityInput = {
  apiVersion: 'res-edge.io/v1alpha1',
  kind: 'EdgeApplication',
  metadata: { name: 'imdb' },
  spec: {
    owner: 'group:default/pos-team',
    source: { path: './sources/d0' },
    version: '1.0.0',
    values: { image: 'registry.example.com/imdb:1.0.0', logLevel: 'info' },
    overrides: [
      { name: 'west', selector: { groups: ['geo.us.west'] } },
      { name: 'east', selector: { groups: ['geo.us.east'] } },
    ],
  },
};

const namespace: EntityInput = {
  apiVersion: 'res-edge.io/v1alpha1',
  kind: 'EdgeNamespace',
  metadata: { name: 'point-of-sale' },
  spec: {
    owner: 'group:default/pos-team',
    selector: { groups: ['geo.us'], matchLabels: { size: 'large' } },
  },
};

describe('actions that write', () => {
  it('register a cluster once, in the name of the user', async () => {
    const input = {
      name: 'store-1',
      groups: ['geo.us'],
      attributes: { lanes: 2, grill: ['acme3000'] },
      labels: { size: 'large' },
    };
    const entityRef = 'edgecluster:default/store-1';
    expect(await run('cluster:register', input)).toEqual({
      entityRef,
      status: 'created',
    });
    expect(inventory.entities.get('EdgeCluster/store-1')).toEqual({
      apiVersion: 'res-edge.io/v1alpha1',
      kind: 'EdgeCluster',
      metadata: {
        name: 'store-1',
        labels: { size: 'large' },
        annotations: { 'backstage.io/source-template': 'template:default/t' },
      },
      spec: {
        groups: ['geo.us'],
        attributes: { lanes: 2, grill: ['acme3000'] },
      },
    });
    expect(await run('cluster:register', input)).toEqual({
      entityRef,
      status: 'unchanged',
    });
    await expect(
      run('cluster:register', { ...input, groups: [] }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    expect(backend.requests.map(({ user }) => user)).toEqual(
      Array(3).fill('user:default/mock'),
    );
  });

  it('change nothing in a dry run, and say what would be', async () => {
    inventory.add(application);
    const before = new Map(inventory.entities);
    const dryRun = { isDryRun: true };
    expect(
      await run('cluster:register', { name: 'store-1' }, dryRun),
    ).toMatchObject({ status: 'created' });
    expect(
      await run('application:retire', { name: 'imdb' }, dryRun),
    ).toMatchObject({ status: 'deleted' });
    workspace.setContent({ 'west.yaml': 'kind: ConfigMap\n' });
    const overrides = [{ name: 'w', selector: '/c/a', patches: ['west.yaml'] }];
    expect(
      await run('overlays:publish', { application: 'imdb', overrides }, dryRun),
    ).toMatchObject({ status: 'updated' });
    expect(inventory.entities).toEqual(before);
    expect(inventory.sources).toEqual([]);
  });

  it('are not made again by a task that is taken up again', async () => {
    await run(
      'cluster:register',
      { name: 'store-1' },
      { checkpoint: async () => ({ status: 'created' }) },
    );
    expect(backend.requests).toEqual([]);
  });

  it('tell what the data service refuses', async () => {
    inventory.refuse = () => ({
      name: 'NotAllowedError',
      message: "This needs the permission 'res-edge.cluster.create'",
    });
    await expect(
      run('cluster:register', { name: 'store-1' }),
    ).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining('res-edge.cluster.create'),
    });
  });

  it('onboard an application with its manifests and patches', async () => {
    workspace.setContent({
      fleet: {
        'apps.yaml': JSON.stringify({
          ...application,
          spec: {
            ...application.spec,
            source: { path: './imdb' },
            overrides: [
              { name: 'w', selector: '/c/a', patches: ['patches/w.yaml'] },
            ],
          },
        }),
        imdb: { 'kustomization.yaml': 'resources: []\n', base: { a: 'ä' } },
        patches: { 'w.yaml': 'kind: ConfigMap\n' },
      },
      'other.txt': 'not asked for',
    });
    await run('application:onboard', { filePath: 'fleet/apps.yaml' });
    expect(inventory.sources).toEqual([
      {
        'fleet/imdb/kustomization.yaml': 'resources: []\n',
        'fleet/imdb/base/a': 'ä',
        'fleet/patches/w.yaml': 'kind: ConfigMap\n',
      },
    ]);
    const entity = inventory.entities.get('EdgeApplication/imdb')!;
    expect(validateEdgeEntity(entity)).toMatchObject({
      spec: {
        source: { path: './sources/d1/fleet/imdb' },
        overrides: [
          { name: 'w', patches: ['./sources/d1/fleet/patches/w.yaml'] },
        ],
      },
    });
  });

  it.each([
    [{}, /no edge-application.yaml/],
    [{ filePath: '../x.yaml' }, /not allowed|outside/i],
    [{ filePath: 'none.yaml' }, /holds 0 applications/],
    [{ filePath: 'app.yaml', name: 'other' }, /0 applications named other/],
    [{ filePath: 'app.yaml' }, /sources\/d0 is not in the workspace/],
    [{ filePath: 'bomb.yaml' }, /alias/i],
    [{ filePath: 'binary.yaml' }, /bin\/a is no UTF-8 text/],
  ])('refuse to onboard %j', async (input, message) => {
    workspace.setContent({
      'none.yaml': 'a: 1\n',
      'app.yaml': JSON.stringify(application),
      'bomb.yaml': 'a: &a [x]\nkind: EdgeApplication\nb: [*a, *a]\n',
      'binary.yaml': JSON.stringify({
        ...application,
        spec: { ...application.spec, source: { path: './bin' } },
      }),
      bin: { a: Buffer.from([0xff, 0xfe, 0x00]) },
    });
    await expect(run('application:onboard', input)).rejects.toThrow(message);
    expect(inventory.entities.size).toBe(0);
  });

  it('release a version, with an image and values, or with manifests', async () => {
    inventory.add(application);
    const input = {
      name: 'imdb',
      version: '1.0.1',
      image: 'registry.example.com/imdb:1.0.1',
      values: { logLevel: 'debug' },
    };
    expect(await run('application:release', input)).toMatchObject({
      status: 'updated',
    });
    expect(inventory.entities.get('EdgeApplication/imdb')!.spec).toEqual({
      ...application.spec,
      version: '1.0.1',
      values: { image: 'registry.example.com/imdb:1.0.1', logLevel: 'debug' },
    });
    expect(await run('application:release', input)).toMatchObject({
      status: 'unchanged',
    });
    expect(backend.requests.at(-1)!.body).toMatchObject({
      mutations: [{ action: 'replace', ifMatch: '"7"' }],
    });
    workspace.setContent({ v2: { 'kustomization.yaml': '' } });
    await run('application:release', {
      name: 'imdb',
      version: '2.0.0',
      sourcePath: './v2/',
    });
    expect(inventory.entities.get('EdgeApplication/imdb')!.spec).toMatchObject({
      version: '2.0.0',
      source: { path: './sources/d1/v2' },
    });
  });

  it('refuse an image that means nothing', async () => {
    inventory.add(application);
    const release = { name: 'imdb', version: '2' };
    await expect(
      run('application:release', { ...release, image: 'imdb' }),
    ).rejects.toThrow('must end in a tag');
    const { values, ...spec } = application.spec;
    inventory.add({ ...application, spec });
    await expect(
      run('application:release', { ...release, image: 'imdb:2' }),
    ).rejects.toThrow('no value image');
  });

  it('replace a selector as a whole', async () => {
    inventory.add(namespace);
    await run('target:change', {
      namespace: 'point-of-sale',
      selector: { groups: ['geo.eu'] },
    });
    expect(inventory.entities.get('EdgeNamespace/point-of-sale')!.spec).toEqual(
      { owner: 'group:default/pos-team', selector: { groups: ['geo.eu'] } },
    );
  });

  it('publish overlays in their places', async () => {
    inventory.add(application);
    workspace.setContent({ patches: { 'w.yaml': 'kind: ConfigMap\n' } });
    await run('overlays:publish', {
      application: 'imdb',
      overrides: [
        { name: 'north', selector: '/g/geo/north', values: { a: 'b' } },
        { name: 'west', selector: '/g/geo/west', patches: ['patches/w.yaml'] },
      ],
    });
    const { overrides } = inventory.entities.get('EdgeApplication/imdb')!
      .spec as any;
    expect(overrides).toEqual([
      {
        name: 'west',
        selector: '/g/geo/west',
        patches: ['./sources/d1/patches/w.yaml'],
      },
      { name: 'east', selector: { groups: ['geo.us.east'] } },
      { name: 'north', selector: '/g/geo/north', values: { a: 'b' } },
    ]);
  });

  it('retire what is there, and find nothing to do where it is not', async () => {
    inventory.add(application);
    expect(await run('application:retire', { name: 'imdb' })).toMatchObject({
      status: 'deleted',
    });
    expect(await run('application:retire', { name: 'imdb' })).toMatchObject({
      status: 'unchanged',
    });
  });

  it.each(Object.keys(all) as (keyof typeof all)[])(
    'run the examples of %s',
    async name => {
      const examples = all[name](backend).examples as TemplateExample[];
      for (const { example } of examples) {
        inventory.entities.clear();
        inventory.add(application, namespace);
        if (name === 'application:onboard') {
          inventory.entities.clear();
          workspace.setContent({
            'edge-application.yaml': JSON.stringify(application),
            sources: { d0: { 'kustomization.yaml': '' } },
          });
        }
        if (name === 'namespace:create') inventory.entities.clear();
        const { input } = parse(example).steps.at(-1);
        const { status } = await run(name, input);
        expect(status).not.toBe('unchanged');
        for (const entity of inventory.entities.values()) {
          expect(() => validateEdgeEntity(entity)).not.toThrow();
        }
      }
    },
  );
});
