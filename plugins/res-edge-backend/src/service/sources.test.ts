import { TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import request from 'supertest';
import { createTestApi, TestApi } from '../__testUtils__';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('stored sources', () => {
  let api: TestApi;

  beforeEach(async () => {
    api = await createTestApi(await databases.init('SQLITE_3'));
  });

  function store(files: unknown) {
    // As text: an object would lose the key __proto__.
    return request(api.app)
      .post('/v1/sources')
      .type('application/json')
      .send(`{"files":${JSON.stringify(files)}}`);
  }

  it('have a path for the application', async () => {
    const files = { 'kustomization.yaml': '', 'base/a.yaml': 'a: b' };
    const { body } = await store(files).expect(200);
    expect(body.path).toBe(`./sources/${body.digest}`);
    await store(files).expect(200, body);
    expect(api.auditEvent.success).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['../outside.yaml', /part '\.\.'/],
    ['/etc/passwd', /absolute/],
    ['a//b', /empty part/],
    ['a\\b', /backslash/],
    ['.git/hooks/pre-commit', /stands for '\.git'/],
    ['a\u0000b', /invisible/],
    ['constructor', /not allowed/],
    ['__proto__', /not allowed/],
  ])('refuse the file %j', async (file, message) => {
    const { body } = await store({ 'ok.yaml': '', [file]: 'x' }).expect(400);
    expect(body.error.message).toMatch(message);
    expect(body.error.details).toEqual([
      expect.objectContaining({
        pointer: `/files/${file.replace(/\//g, '~1')}`,
      }),
    ]);
    expect(api.auditEvent.fail).toHaveBeenCalledTimes(1);
  });

  it('refuse what is no set of texts', async () => {
    const many = Array.from({ length: 501 }, (_, index) => [`f${index}`, '']);
    const statuses = [];
    for (const files of [
      {},
      { a: 1 },
      { a: 'x', 'a/b': 'y' },
      Object.fromEntries(many),
      { a: 'x'.repeat(2_000_000) },
    ]) {
      statuses.push((await store(files)).status);
    }
    expect(statuses).toEqual([400, 400, 400, 400, 413]);
  });

  it('need a permission for applications', async () => {
    api.policy.decide = ({ name }) => ({
      result: name.startsWith('res-edge.application.')
        ? AuthorizeResult.DENY
        : AuthorizeResult.ALLOW,
    });
    const { status } = await store({ a: 'x' });
    expect(status).toBe(403);
  });
});
