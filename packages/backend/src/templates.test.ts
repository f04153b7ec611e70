import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { urlReaderServiceFactory } from '@backstage/backend-defaults/urlReader';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  createTemplateAction,
  scaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import resEdgePlugin from '@res-edge/backstage-plugin-res-edge-backend';
import scaffolderModuleResEdge from '@res-edge/backstage-plugin-scaffolder-backend-module-res-edge';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import request from 'supertest';
import { parse } from 'yaml';

// A task goes through the scaffolder, the data service, kustomize and git.
jest.setTimeout(300_000);

const folder = path.resolve(__dirname, '../../../examples/templates');
const templates: Entity[] = readdirSync(folder)
  .filter(name => name.endsWith('.yaml'))
  .map(name => parse(readFileSync(path.join(folder, name), 'utf8')))
  .map(({ metadata, ...rest }) => ({
    ...rest,
    metadata: { ...metadata, namespace: 'default' },
  }));

interface Task {
  status: string;
  state?: unknown;
  output: Record<string, any>;
}

/** Stands for what GitHub's module adds; a dry run does not call it. */
const publishModule = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'publish',
  register(reg) {
    reg.registerInit({
      deps: { scaffolder: scaffolderActionsExtensionPoint },
      async init({ scaffolder }) {
        scaffolder.addActions(
          createTemplateAction({
            id: 'publish:github',
            schema: {
              input: {
                repoUrl: z => z.string(),
                description: z => z.string().optional(),
                defaultBranch: z => z.string(),
              },
              output: {
                remoteUrl: z => z.string(),
                repoContentsUrl: z => z.string(),
              },
            },
            async handler() {},
          }),
        );
      },
    });
  },
});

// With the scaffolder itself and the data service itself: what a template says to an action is nowhere else checked.
describe('the templates of examples/templates', () => {
  const directory = createMockDirectory();
  let backend: TestBackend;

  const api = (method: 'get' | 'post', url: string) =>
    request(backend.server)[method](`/api/res-edge/v1/${url}`);

  beforeAll(async () => {
    // Jest gives tests Arrays and Objects of their own, fetch answers with those of Node, and the scaffolder tells them apart.
    jest
      .spyOn(Response.prototype, 'json')
      .mockImplementation(async function json(this: Response) {
        return JSON.parse(await this.text());
      });
    backend = await startTestBackend({
      features: [
        scaffolderPlugin,
        scaffolderModuleResEdge,
        publishModule,
        resEdgePlugin,
        urlReaderServiceFactory,
        catalogServiceMock.factory({ entities: templates }),
        mockServices.rootConfig.factory({
          data: { resEdge: { git: { folder: directory.resolve('main.git') } } },
        }),
      ],
    });
    await api('post', 'plans/run').send({}).expect(202);
    await until(async () => (await api('get', 'fleet')).status === 200);
    const stores = ['store-1', 'store-2', 'store-3'].map((name, index) => ({
      kind: 'EdgeCluster',
      metadata: { name },
      spec: { groups: ['geo'], attributes: { lanes: index } },
    }));
    const geo = {
      kind: 'EdgeGroup',
      metadata: { name: 'geo' },
      spec: { type: 'geography' },
    };
    await api('post', 'entities:batch')
      .send({
        mutations: [geo, ...stores].map(entity => ({
          action: 'create',
          entity: { apiVersion: 'res-edge.io/v1alpha1', ...entity },
        })),
      })
      .expect(200);
  });

  afterAll(() => backend?.stop());

  async function until<T>(read: () => Promise<T | undefined | false>) {
    for (;;) {
      const value = await read();
      if (value) return value;
      await wait(200);
    }
  }

  async function run(template: string, values: object): Promise<Task> {
    const { body } = await request(backend.server)
      .post('/api/scaffolder/v2/tasks')
      .send({ templateRef: `template:default/${template}`, values })
      .expect(201);
    const task = `/api/scaffolder/v2/tasks/${body.id}`;
    const status = await until(async () => {
      const { body: now } = await request(backend.server).get(task);
      return ['completed', 'failed'].includes(now.status) && now.status;
    });
    const { body: events } = await request(backend.server).get(
      `${task}/events`,
    );
    const log = events.map((event: any) => event.body.message).join('\n');
    if (status === 'failed') throw new Error(log);
    return { status, output: events.at(-1).body.output };
  }

  /** Merges the change request that a task links to. */
  async function merge({ output }: Task) {
    const link: string = output.links[0].url;
    expect(link).toMatch(/^\/res-edge\/change-requests\/.+/);
    const url = `change-requests/${link.split('/').at(-1)}`;
    const { body } = await api('get', url).expect(200);
    await api('post', `${url}/merge`).send({ digest: body.digest }).expect(200);
    return body;
  }

  async function placed(cluster: string, application: string) {
    const { body } = await api('get', `clusters/${cluster}/placements`);
    return body.applications?.find(
      (each: any) =>
        each.application === application && each.state === 'placed',
    );
  }

  const order = {
    name: 'menu-board',
    owner: 'group:default/marketing-team',
    source: 'image',
    version: '1.0.0',
    image: 'registry.example.com/menu-board:1.0.0',
    port: 8080,
    cpu: '100m',
    memory: '64Mi',
    namespace: 'menus',
    requires: 'cluster.attributes.lanes >= 1',
    values: { logLevel: 'info' },
  };

  it('have a namespace, an application in it, its release, another target, and its end', async () => {
    const namespace = {
      name: 'menus',
      owner: 'group:default/marketing-team',
      selector: { groups: ['geo'], exclude: ['store-3'] },
      cpu: '1',
      memory: '1Gi',
      isolation: 'restricted',
    };
    const created = await run('create-namespace', namespace);
    expect(await merge(created)).toMatchObject({
      intent: 'edgenamespace:default/menus',
    });

    const onboarded = await run('onboard-application', order);
    expect(onboarded.output.text[0].content).toContain(
      'Clusters that win it: 1, refused: 0',
    );
    expect(await merge(onboarded)).toMatchObject({
      intent: 'edgeapplication:default/menu-board',
      totals: { won: 1 },
    });
    await until(async () => {
      const found = await placed('store-2', 'menu-board');
      return found?.delivered === '1.0.0';
    });
    expect(await placed('store-1', 'menu-board')).toBeUndefined();

    // The same again is no other change request.
    const again = await run('onboard-application', order);
    expect(again.output.links).toEqual(onboarded.output.links);

    const released = await run('release-version', {
      application: 'menu-board',
      version: '1.1.0',
      image: 'registry.example.com/menu-board:1.1.0',
    });
    const { files } = await merge(released);
    expect(JSON.stringify(files)).toContain('menu-board:1.1.0');
    await until(async () => {
      const found = await placed('store-2', 'menu-board');
      return found?.delivered === '1.1.0';
    });

    const targeted = await run('change-target', {
      namespace: 'menus',
      selector: 'cluster.inGroup("geo")',
    });
    expect(targeted.output.text[0].content).toBe('Placements won: 2, lost: 0');
    await merge(targeted);
    await until(() => placed('store-3', 'menu-board'));

    const retired = await run('retire-application', {
      application: 'menu-board',
      sure: true,
    });
    expect(retired.output.text[0].content).toBe('Placements lost: 2');
    await merge(retired);
    await until(async () => !(await placed('store-2', 'menu-board')));
  });

  it('write a repository, where a team has one', async () => {
    const repository = path.join(folder, 'repository');
    const skeleton = readdirSync(path.join(repository, 'skeleton'));
    const { body } = await request(backend.server)
      .post('/api/scaffolder/v2/dry-run')
      .send({
        template: parse(
          readFileSync(
            path.join(repository, 'onboard-application.yaml'),
            'utf8',
          ),
        ),
        values: {
          name: 'menu-screen',
          owner: 'group:default/marketing-team',
          version: '1.0.0',
          image: 'registry.example.com/menu-screen:1.0.0',
          namespace: 'menus',
          repoUrl: 'github.com?owner=example&repo=menu-screen',
        },
        directoryContents: skeleton.map(name => ({
          path: `skeleton/${name}`,
          base64Content: readFileSync(
            path.join(repository, 'skeleton', name),
          ).toString('base64'),
        })),
      })
      .expect(200);
    const files = new Map<string, string>(
      body.directoryContents.map((file: any) => [
        file.path,
        Buffer.from(file.base64Content, 'base64').toString('utf8'),
      ]),
    );
    expect([...files.keys()].sort()).toEqual([
      'README.md',
      'apps/menu-screen/deployment.yaml',
      'apps/menu-screen/kustomization.yaml',
      'apps/menu-screen/service.yaml',
      'catalog-info.yaml',
      'component.yaml',
      'edge-application.yaml',
    ]);
    expect(parse(files.get('catalog-info.yaml')!).spec.targets).toEqual([
      './component.yaml',
      './edge-application.yaml',
    ]);
    expect(parse(files.get('component.yaml')!)).toMatchObject({
      metadata: { name: 'menu-screen', description: 'menu-screen' },
      spec: { owner: 'group:default/marketing-team' },
    });
    expect(parse(files.get('edge-application.yaml')!).spec).toMatchObject({
      component: 'component:default/menu-screen',
      source: { path: './apps/menu-screen' },
      values: { image: 'registry.example.com/menu-screen:1.0.0' },
    });
  });

  it('register one cluster', async () => {
    const values = {
      name: 'store-4',
      groups: ['geo'],
      labels: { size: 'large' },
      state: 'provisioning',
    };
    const { output } = await run('register-cluster', values);
    expect(output.text[0].content).toBe('Status: created');
    const { body } = await api('get', 'entities/EdgeCluster/store-4');
    expect(body.entity).toMatchObject({
      metadata: {
        labels: { size: 'large' },
        annotations: {
          'backstage.io/source-template': 'template:default/register-cluster',
        },
      },
      spec: { groups: ['geo'], state: 'provisioning' },
    });
  });

  it('register many clusters, all or none', async () => {
    const header = 'name;title;groups;environment;time-zone;size;lanes\n';
    const rows = [
      'store-5;Store 5;geo;prod;America/Chicago;large;2\n',
      'store-6;;geo;;;;\n',
    ];
    await expect(
      run('register-clusters', {
        content: `${header}${rows[0]}Store 6;;geo;;;;\n`,
        delimiter: ';',
      }),
    ).rejects.toThrow(/line 3, .*column name/);
    await api('get', 'entities/EdgeCluster/store-5').expect(404);

    const content = `${header}${rows.join('')}`;
    const { output } = await run('register-clusters', {
      content,
      delimiter: ';',
    });
    expect(output.text[0].content).toBe('Created: 2, updated: 0, unchanged: 0');
    const again = await run('register-clusters', { content, delimiter: ';' });
    expect(again.output.text[0].content).toBe(
      'Created: 0, updated: 0, unchanged: 2',
    );
  });
});
