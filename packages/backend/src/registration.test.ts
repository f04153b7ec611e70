import { setTimeout as wait } from 'node:timers/promises';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import { urlReaderServiceFactory } from '@backstage/backend-defaults/urlReader';
import {
  createMockDirectory,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import catalogModuleResEdge from '@res-edge/backstage-plugin-catalog-backend-module-res-edge';
import resEdgePlugin from '@res-edge/backstage-plugin-res-edge-backend';
import request from 'supertest';
import { YamlServer } from './__testUtils__/YamlServer';

const KINDS = [
  'EdgeCluster',
  'EdgeGroup',
  'EdgeNamespace',
  'EdgeApplication',
  'EdgePolicy',
];

function entity(kind: string, name: string, spec: object = {}): object {
  return {
    apiVersion: 'res-edge.io/v1alpha1',
    kind,
    metadata: { name },
    spec,
  };
}

function application(name: string): object {
  return entity('EdgeApplication', name, {
    owner: 'group:default/pos-team',
    source: { path: './apps' },
    version: '1.0.0',
  });
}

// With the catalog itself, because what it tells of and what it serves is what all of this stands on.
describe('YAML that is registered in the catalog', () => {
  const directory = createMockDirectory();
  let yaml: YamlServer;
  let backend: TestBackend;

  beforeAll(async () => {
    yaml = await YamlServer.start();
    backend = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModuleResEdge,
        resEdgePlugin,
        eventsServiceFactory,
        schedulerServiceFactory,
        urlReaderServiceFactory,
        mockServices.rootConfig.factory({
          data: {
            backend: { reading: { allow: [{ host: yaml.host }] } },
            catalog: {
              processingInterval: { seconds: 1 },
              stitchingStrategy: { pollingInterval: { milliseconds: 100 } },
              rules: [{ allow: ['Location', ...KINDS] }],
              providers: { resEdge: { frequency: { seconds: 1 } } },
            },
            resEdge: {
              git: { folder: directory.resolve('main.git') },
              inventory: {
                delay: { milliseconds: 100 },
                sweep: { seconds: 1 },
              },
              registration: {
                rules: [
                  {
                    kinds: KINDS.filter(kind => kind !== 'EdgeApplication'),
                    locations: [`url:${yaml.urlOf('/fleet/')}*`],
                  },
                ],
              },
            },
          },
        }),
      ],
    });
  }, 60_000);

  afterAll(async () => {
    await backend?.stop();
    await yaml?.stop();
  });

  const get = async (path: string) =>
    (await request(backend.server).get(`/api/res-edge/v1/${path}`)).body;
  const cluster = (name: string) => get(`entities/EdgeCluster/${name}`);
  const messagesOf = async (ref: string): Promise<string[]> => {
    const { items = [] } = await get(
      `problems?entity=${encodeURIComponent(ref)}`,
    );
    return items.map(({ field, message }: { field: string; message: string }) =>
      field === '' ? message : `${field}: ${message}`,
    );
  };

  async function register(path: string): Promise<string> {
    const { body } = await request(backend.server)
      .post('/api/catalog/locations')
      .send({ type: 'url', target: yaml.urlOf(path) })
      .expect(201);
    return body.location.id;
  }

  async function until<T>(
    read: () => Promise<T>,
    holds: (value: T) => boolean,
  ) {
    for (;;) {
      const value = await read();
      if (holds(value)) return value;
      await wait(100);
    }
  }

  it('counts, changes and goes as its place of registration says', async () => {
    yaml.write(
      '/fleet/all.yaml',
      entity('EdgeGroup', 'geo', { type: 'geography' }),
      entity('EdgeCluster', 'a', { groups: ['geo'] }),
      entity('EdgeCluster', 'b', { groups: ['geo'] }),
    );
    yaml.write(
      '/pos/all.yaml',
      application('imdb'),
      entity('EdgeCluster', 'intruder', { groups: ['geo'] }),
      entity('EdgeNamespace', 'everywhere', {
        owner: 'group:default/pos-team',
        selector: { all: true },
      }),
    );
    await register('/fleet/all.yaml');
    const pos = await register('/pos/all.yaml');

    // Registration.
    await until(
      () => cluster('b'),
      ({ entity: found }) => found !== undefined,
    );
    await until(
      () => get('entities/EdgeApplication/imdb'),
      ({ entity: found }) => found !== undefined,
    );
    for (const ref of [
      'edgecluster:default/intruder',
      'edgenamespace:default/everywhere',
    ]) {
      const [message] = await until(
        () => messagesOf(ref),
        messages => messages.length > 0,
      );
      expect(message).toMatch(
        /^has no effect: Edge\w+ may not be registered at this place/,
      );
    }
    expect((await cluster('intruder')).error.name).toBe('NotFoundError');

    // Change.
    yaml.write(
      '/fleet/all.yaml',
      entity('EdgeGroup', 'geo', { type: 'geography' }),
      entity('EdgeCluster', 'a', { groups: ['geo'], environment: 'prod' }),
      entity('EdgeCluster', 'b', { groups: ['geo'] }),
    );
    await until(
      () => cluster('a'),
      ({ entity: found }) => found.spec.environment === 'prod',
    );

    // A name that is taken: the first keeps it.
    yaml.write('/fleet/other.yaml', entity('EdgeCluster', 'a', {}));
    const other = await register('/fleet/other.yaml');
    await until(
      () => messagesOf('edgecluster:default/a'),
      messages => messages.some(text => text.includes('is registered twice')),
    );
    expect((await cluster('a')).entity.spec.environment).toBe('prod');

    // What is wrong, new or not: what was good stays as it was.
    yaml.write(
      '/fleet/all.yaml',
      entity('EdgeGroup', 'geo', { type: 'geography' }),
      entity('EdgeCluster', 'a', { groups: ['geo'], environment: 'prod' }),
      entity('EdgeCluster', 'b', { colour: 'red' }),
      entity('EdgeCluster', 'c', { colour: 'red' }),
    );
    for (const name of ['b', 'c']) {
      await until(
        () => messagesOf(`edgecluster:default/${name}`),
        messages =>
          messages.includes(
            'the catalog cannot process it: spec.colour: unknown field; allowed are owner, environment, groups, attributes, capacity, timeZone, hours, values, gitops, state',
          ),
      );
    }
    expect((await cluster('b')).entity.spec).toEqual({ groups: ['geo'] });

    // A file that is no YAML.
    yaml.write('/fleet/all.yaml', 'kind: [');
    await until(
      () => get('problems'),
      ({ items = [] }) =>
        items.some(
          ({ entity: ref, message }: { entity: string; message: string }) =>
            ref.startsWith('location:default/') &&
            message.includes('the catalog cannot process it: YAML error'),
        ),
    );
    expect((await cluster('a')).entity.spec.environment).toBe('prod');

    // Mended, without b: an orphan, which the catalog deletes some time later.
    yaml.write(
      '/fleet/all.yaml',
      entity('EdgeGroup', 'geo', { type: 'geography' }),
      entity('EdgeCluster', 'a', { groups: ['geo'] }),
      entity('EdgeCluster', 'c', { groups: ['geo'] }),
    );
    await until(
      () => cluster('c'),
      ({ entity: found }) => found !== undefined,
    );
    await until(
      () => messagesOf('edgecluster:default/c'),
      messages => messages.length === 0,
    );
    await until(
      () => cluster('b'),
      ({ error }) => error !== undefined,
    );
    await until(
      () => messagesOf('edgecluster:default/b'),
      messages => messages.length === 0,
    );

    // A location that is taken away.
    for (const id of [pos, other]) {
      await request(backend.server)
        .delete(`/api/catalog/locations/${id}`)
        .expect(204);
    }
    await until(
      () => get('entities/EdgeApplication/imdb'),
      ({ error }) => error !== undefined,
    );
    await until(
      () => messagesOf('edgecluster:default/intruder'),
      messages => messages.length === 0,
    );
    expect((await cluster('a')).entity.metadata.name).toBe('a');
  }, 240_000);

  it('meets in the catalog what the API has, and neither takes the other away', async () => {
    const api = '/api/res-edge/v1/entities';
    const inCatalog = async () =>
      (
        await request(backend.server).get(
          '/api/catalog/entities/by-name/edgecluster/default/from-api',
        )
      ).body;
    await request(backend.server)
      .post(api)
      .send(entity('EdgeCluster', 'from-api', { environment: 'test' }))
      .expect(201);
    const found = await until(inCatalog, ({ kind }) => kind === 'EdgeCluster');
    expect(found.metadata.annotations).toMatchObject({
      'backstage.io/managed-by-location': 'res-edge:inventory',
      'res-edge.io/origin': 'api',
    });

    await request(backend.server)
      .patch(`${api}/EdgeCluster/from-api`)
      .type('application/merge-patch+json')
      .send('{"spec":{"environment":"prod"}}')
      .expect(200);
    await until(inCatalog, ({ spec }) => spec?.environment === 'prod');
    expect((await cluster('from-api')).origin).toEqual({ type: 'api' });

    // YAML with a name that is taken.
    yaml.write('/fleet/taken.yaml', entity('EdgeCluster', 'from-api'));
    await register('/fleet/taken.yaml');
    const messages = await until(
      () => messagesOf('edgecluster:default/from-api'),
      texts => texts.length > 0,
    );
    expect(messages[0]).toMatch(
      /is registered twice: res-edge:inventory was first and counts, url:.*taken.yaml has no effect/,
    );
    expect((await cluster('from-api')).entity.spec.environment).toBe('prod');

    await request(backend.server)
      .delete(`${api}/EdgeCluster/from-api`)
      .expect(204);
    await until(inCatalog, ({ error }) => error?.name === 'NotFoundError');
  }, 240_000);
});
