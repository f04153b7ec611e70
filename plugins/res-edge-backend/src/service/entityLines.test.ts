import { TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { edgeEntityConditions } from '@res-edge/backstage-plugin-res-edge-node';
import request from 'supertest';
import { createTestApi, TestApi } from '../__testUtils__';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const LINES = 'application/x-ndjson';

describe('lists as lines', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await createTestApi(await databases.init('SQLITE_3'));
  });

  async function linesOf(query: string): Promise<object[]> {
    const { text } = await request(api.app)
      .get(`/v1/entities?${query}`)
      .set('accept', LINES)
      .buffer()
      .parse((response, done) => {
        let all = '';
        response.on('data', chunk => (all += chunk));
        response.on('end', () => done(null, all));
      })
      .expect('content-type', /^application\/x-ndjson/)
      .expect(200)
      .then(({ body }) => ({ text: body as string }));
    return text
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line));
  }

  it.each([
    '',
    'sort=-labels.ring',
    'kind=EdgeCluster&fields=spec.groups&expand=applications,values',
  ])('are the items of all pages: %p', async query => {
    const { body } = await request(api.app)
      .get(`/v1/entities?${query}&limit=200`)
      .expect(200);
    expect(body.items.length).toBeGreaterThan(1);
    await expect(linesOf(`${query}&limit=1`)).resolves.toEqual(body.items);
  });

  it('tell what is wrong with the query instead of a first line', async () => {
    const { body } = await request(api.app)
      .get('/v1/entities?expand=colour')
      .set('accept', LINES)
      .expect(400);
    expect(body.error).toMatchObject({ field: 'expand' });
  });

  it('have no more than the caller may see', async () => {
    api.policy.decide = ({ name }) =>
      name === 'res-edge.cluster.read'
        ? {
            result: AuthorizeResult.CONDITIONAL,
            pluginId: 'res-edge',
            resourceType: 'res-edge-entity',
            conditions: edgeEntityConditions.inGroup({ groups: ['geo.us'] }),
          }
        : { result: AuthorizeResult.DENY };
    const { body } = await request(api.app)
      .get('/v1/entities?limit=1000')
      .expect(200);
    await expect(linesOf('')).resolves.toEqual(body.items);
    api.policy.reset();
  });
});
