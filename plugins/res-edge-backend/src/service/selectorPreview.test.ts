import { TestDatabases } from '@backstage/backend-test-utils';
import request from 'supertest';
import { createTestApi, TestApi } from '../__testUtils__';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('previews of selectors', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await createTestApi(await databases.init('SQLITE_3'));
  });

  it('names the place of an error in a selector', async () => {
    const { status, body } = await request(api.app)
      .post('/v1/selectors/preview')
      .send({ selector: 'cluster.labels.ring == ' });
    expect(status).toBe(400);
    expect(body.error.position).toEqual(expect.any(Number));

    const unknown = await request(api.app)
      .post('/v1/selectors/preview')
      .send({ selector: { groups: ['mars'] } });
    expect(unknown.status).toBe(400);
    expect(unknown.body.error.field).toBe('groups[0]');
  });

  it.each([
    {},
    { selector: 5 },
    { selector: null },
    { selector: [] },
    { selector: {} },
    { selector: { everything: true } },
    { selector: { all: true }, by: 'mars' },
    { selector: { all: true }, sample: 1001 },
    { selector: { all: true }, more: 1 },
    { selector: 'x'.repeat(100_001) },
  ])('refuses the preview of %j', async body => {
    const response = await request(api.app)
      .post('/v1/selectors/preview')
      .send(body);
    expect([400, 413]).toContain(response.status);
  });

  it('takes one filter and several', async () => {
    const names = async (url: string) =>
      (await request(api.app).get(url).expect(200)).body.items.map(
        (item: { name: string }) => item.name,
      );
    const one = '/v1/entities?filter=labels.state%3Dtx,labels.ring%3Dbeta';
    await expect(names(one)).resolves.toEqual(['tx-austin-1']);
    await expect(names(`${one}&filter=labels.state=ut`)).resolves.toEqual([
      'tx-austin-1',
      'ut-provo-1',
    ]);
  });
});
