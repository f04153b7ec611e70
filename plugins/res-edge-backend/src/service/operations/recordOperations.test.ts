import {
  mockCredentials,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';

import { createTestView, TestPolicy } from '../../__testUtils__';
import {
  DatabaseInventoryStore,
  InventoryStore,
  openDatabase,
} from '../../database';
import { OperationOptions } from './Operations';
import { recordOperations } from './recordOperations';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const READ = 'res-edge.cluster.read';
const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
const deny: PolicyDecision = { result: AuthorizeResult.DENY };

function cluster(name: string, environment = 'prod') {
  return {
    apiVersion: 'res-edge.io/v1alpha1',
    kind: 'EdgeCluster' as const,
    metadata: { name, namespace: 'default' },
    spec: { environment },
  };
}

async function createRecords(hidden?: string) {
  const knex = await openDatabase(
    mockServices.database({
      knex: await databases.init('SQLITE_3'),
      migrations: { skip: false },
    }),
  );
  const inventory: InventoryStore = DatabaseInventoryStore.create({ knex });
  const policy = new TestPolicy();
  policy.decide = ({ name }) => (name === hidden ? deny : allow);
  const access = await policy
    .accessFactory({ view: createTestView })
    .forCaller(mockCredentials.user(), [READ]);
  const { listRecords } = recordOperations({
    inventory,
  } as Partial<OperationOptions> as OperationOptions);
  return {
    inventory,
    list: (query: Parameters<typeof listRecords>[0]['query']) =>
      listRecords({ path: {}, query, body: {}, access }),
    write: (...names: string[]) =>
      inventory.apply(
        names.map(name => ({
          action: 'apply',
          kind: 'EdgeCluster',
          name,
          entity: cluster(name, `v${names.length}`),
        })),
        { actor: 'user:default/ann', origin: { type: 'api' } },
      ),
    register: (...names: string[]) =>
      inventory.replaceFromOrigin(
        { type: 'catalog' },
        names.map(name => ({ entity: cluster(name), location: 'url:x' })),
        { actor: 'plugin:res-edge', operation: 'sync' },
      ),
  };
}

describe('listRecords', () => {
  it('has every record of the origins, page by page', async () => {
    const { list, write, register } = await createRecords();
    await register('from-yaml');
    await write('a', 'b', 'c');
    const first = await list({ origin: ['api', 'provider'], limit: 2 });
    expect(first).toMatchObject({
      revision: 2,
      records: [
        {
          entity: { metadata: { name: 'a' } },
          origin: { type: 'api' },
          revision: 2,
        },
        { entity: { metadata: { name: 'b' } } },
      ],
      deleted: [],
    });
    const second = await list({
      origin: ['api', 'provider'],
      limit: 2,
      cursor: first.nextCursor,
    });
    expect(second).toMatchObject({
      records: [{ entity: { metadata: { name: 'c' } } }],
    });
    expect(second.nextCursor).toBeUndefined();
    expect((await list({})).records).toHaveLength(4);
  });

  it('has what changed since a revision; what has another origin by now is deleted', async () => {
    const { list, write, register, inventory } = await createRecords();
    await register('y', 'z');
    await write('a', 'b', 'c');
    await expect(list({ since: 2, origin: ['api'] })).resolves.toEqual({
      revision: 2,
      records: [],
      deleted: [],
    });
    await write('b');
    await inventory.apply(
      ['a', 'c'].map(name => ({ action: 'delete', kind: 'EdgeCluster', name })),
      { actor: 'user:default/ann', origin: { type: 'api' } },
    );
    await register('a', 'z');
    const { records, deleted, revision } = await list({
      since: 2,
      origin: ['api', 'provider'],
    });
    expect(revision).toBe(5);
    expect(records).toMatchObject([{ entity: { metadata: { name: 'b' } } }]);
    // 'y' was never of these origins.
    expect(deleted.map(({ name }) => name).sort()).toEqual(['a', 'c']);
    const all = await list({ since: 2 });
    expect(all.deleted).toEqual([
      { kind: 'EdgeCluster', name: 'c' },
      { kind: 'EdgeCluster', name: 'y' },
    ]);
  });

  it('says where changes are not kept for so long', async () => {
    const { list, inventory } = await createRecords();
    jest.spyOn(inventory, 'changedSince').mockResolvedValueOnce(undefined);
    await expect(list({ since: 1 })).rejects.toMatchObject({
      name: 'GoneError',
      statusCode: 410,
    });
  });

  it('is only for those who see everything', async () => {
    const { list } = await createRecords('res-edge.policy.read');
    await expect(list({})).rejects.toThrow(/needs the permissions to read all/);
  });
});
