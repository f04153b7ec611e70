import { TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import request from 'supertest';
import { createTestApi, TestApi } from '../__testUtils__';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const mapping = {
  columns: {
    Store: 'metadata.name',
    Lanes: { field: 'spec.attributes.lanes', type: 'number' },
  },
};

describe('imports', () => {
  let api: TestApi;

  beforeEach(async () => {
    api = await createTestApi(await databases.init('SQLITE_3'));
  });

  function send(format: string, body: object, query = '') {
    return request(api.app).post(`/v1/imports/${format}${query}`).send(body);
  }

  it('reports each record, and changes nothing where there is nothing to change', async () => {
    const content = 'Store,Lanes\nstore-1,2\nStore 2,1\nstore-3,many\n';
    const first = await send('csv', {
      content,
      mapping,
      defaults: { EdgeCluster: { 'spec.environment': 'prod' } },
    }).expect(200);
    expect(first.body).toMatchObject({
      applied: true,
      counts: { created: 1, updated: 0, unchanged: 0, failed: 2, skipped: 0 },
      records: [
        { number: 1, line: 2, name: 'store-1', status: 'created' },
        {
          number: 2,
          line: 3,
          status: 'failed',
          column: 'Store',
          error: { details: [{ pointer: '/metadata/name' }] },
        },
        {
          number: 3,
          line: 4,
          column: 'Lanes',
          error: { details: [{ pointer: '/spec/attributes/lanes' }] },
        },
      ],
    });
    expect(api.onWrite).toHaveBeenCalledTimes(1);
    const { revision } = first.body;

    const again = await send('csv', {
      content,
      mapping,
      defaults: { EdgeCluster: { 'spec.environment': 'prod' } },
    }).expect(200);
    expect(again.body).toMatchObject({ revision, counts: { unchanged: 1 } });
    expect(api.onWrite).toHaveBeenCalledTimes(1);
    const { items } = await api.audit.list({ name: 'store-1' }, { limit: 10 });
    expect(items).toMatchObject([{ operation: 'import', revision }]);
  });

  it('writes nothing in a dry run, and all or nothing where asked', async () => {
    const content = 'Store,Lanes\nstore-1,2\nstore-2,two\n';
    for (const query of ['?dryRun=true', '?atomic=true']) {
      const { body } = await send('csv', { content, mapping }, query).expect(
        200,
      );
      expect(body).toMatchObject({
        applied: false,
        counts: { created: 1, failed: 1 },
      });
    }
    await request(api.app).get('/v1/entities/EdgeCluster/store-1').expect(404);
    expect(api.onWrite).not.toHaveBeenCalled();
  });

  it('writes only what the caller may, and what is of no other origin', async () => {
    api.policy.decide = ({ name }) => ({
      result:
        name === 'res-edge.group.create'
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
    });
    const line = (kind: string, name: string) =>
      JSON.stringify({
        apiVersion: 'res-edge.io/v1alpha1',
        kind,
        metadata: { name },
        spec: {},
      });
    const { body } = await send('ndjson', {
      content: [
        line('EdgeCluster', 'mine'),
        line('EdgeGroup', 'not-mine'),
        line('EdgeCluster', 'tx-austin-1'),
      ].join('\n'),
    }).expect(200);
    expect(body.records).toMatchObject([
      { status: 'created' },
      { status: 'failed', error: { name: 'NotAllowedError' } },
      { status: 'failed', error: { name: 'ConflictError' } },
    ]);
  });

  it('reads Resources of the catalog that the caller may see', async () => {
    const { body } = await send('resources', {}).expect(200);
    expect(body.records).toMatchObject([
      { kind: 'EdgeCluster', name: 'aks-1', status: 'created' },
    ]);
  });

  it('refuses what is of no use as a whole, and audits that', async () => {
    await send('csv', { content: 'Store\n', mapping }).expect(400);
    await send('xml', { content: 'x' }).expect(400);
    await send('csv', { content: 'x', mapping, colour: 'red' }).expect(400);
    await send('ndjson', { content: 5 }).expect(400);
    expect(api.auditEvent.fail).toHaveBeenCalled();
  });
});
