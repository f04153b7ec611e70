import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { EdgeEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { DatabaseAuditLog } from './DatabaseAuditLog';
import { DatabaseInventoryStore } from './DatabaseInventoryStore';
import { ApplyOptions, Mutation } from './Mutation';
import { openDatabase } from './openDatabase';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

function clusterOf(name: string, spec: object = {}, metadata: object = {}) {
  return {
    apiVersion: 'res-edge.io/v1alpha1',
    kind: 'EdgeCluster',
    metadata: { name, namespace: 'default', ...metadata },
    spec,
  } as EdgeEntity;
}

const kind = 'EdgeCluster';
const at = '2026-11-26T12:00:00.000Z';
const write = (
  action: 'create' | 'replace' | 'apply',
  entity: EdgeEntity,
  more: Partial<Mutation> = {},
) =>
  ({ action, kind, name: entity.metadata.name, entity, ...more } as Mutation);
const patch = (name: string, change: JsonObject): Mutation => ({
  action: 'patch',
  kind,
  name,
  patch: change,
});
const remove = (name: string, more: Partial<Mutation> = {}) =>
  ({ action: 'delete', kind, name, ...more } as Mutation);

describe.each(databases.eachSupportedId())(
  'InventoryStore.apply, %p',
  databaseId => {
    async function createStore() {
      const knex = await openDatabase(
        mockServices.database({
          knex: await databases.init(databaseId),
          migrations: { skip: false },
        }),
      );
      const inventory = DatabaseInventoryStore.create({
        knex,
        now: () => new Date(at),
      });
      const apply = (
        mutations: Mutation[],
        options: Partial<ApplyOptions> = {},
      ) =>
        inventory.apply(mutations, {
          actor: 'user:default/ann',
          origin: { type: 'api' },
          request: 'r1',
          ...options,
        });
      const applyOne = async (
        mutation: Mutation,
        options: Partial<ApplyOptions> = {},
      ) => (await apply([mutation], options)).results[0];
      return {
        inventory,
        audit: DatabaseAuditLog.create({ knex }),
        apply,
        applyOne,
      };
    }

    it('makes each kind of write', async () => {
      const { inventory, audit, applyOne } = await createStore();
      const a = clusterOf('a');
      const draining = clusterOf('a', { state: 'draining' });
      const owned = clusterOf('a', { state: 'draining', owner: 'ops' });
      await expect(applyOne(write('create', a))).resolves.toEqual({
        index: 0,
        kind,
        name: 'a',
        status: 'created',
        revision: 1,
        record: {
          entity: a,
          origin: { type: 'api' },
          revision: 1,
          createdAt: at,
          updatedAt: at,
          alsoAt: [],
        },
      });
      await expect(applyOne(write('replace', draining))).resolves.toMatchObject(
        { status: 'updated', revision: 2 },
      );
      await expect(
        applyOne(patch('a', { spec: { owner: 'ops' } })),
      ).resolves.toMatchObject({
        status: 'updated',
        record: { entity: owned },
      });
      await expect(applyOne(write('apply', a))).resolves.toMatchObject({
        status: 'updated',
        revision: 4,
      });
      await expect(
        applyOne(write('apply', clusterOf('b'))),
      ).resolves.toMatchObject({ status: 'created', revision: 5 });
      const gone = { index: 0, kind, name: 'a', status: 'deleted' };
      await expect(applyOne(remove('a'))).resolves.toEqual(gone);
      await expect(inventory.load()).resolves.toMatchObject({
        revision: 6,
        records: [{ entity: clusterOf('b'), origin: { type: 'api' } }],
      });
      const { items } = await audit.list({ name: 'a' }, { limit: 10 });
      expect(
        items.map(({ operation, before, after }) => [operation, before, after]),
      ).toEqual([
        ['delete', a, undefined],
        ['apply', owned, a],
        ['patch', draining, owned],
        ['replace', a, draining],
        ['create', undefined, a],
      ]);
      expect(items[0]).toMatchObject({
        actor: 'user:default/ann',
        request: 'r1',
        origin: 'api',
        revision: 6,
      });
    });

    it('does nothing where nothing would change', async () => {
      const { inventory, audit, apply } = await createStore();
      const a = clusterOf('a', { state: 'active', owner: 'ops' });
      await apply([write('create', a)]);
      const sameOtherwise = {
        ...a,
        metadata: { name: 'a', uid: 'u', etag: 'e' },
        spec: { owner: 'ops', state: 'active' },
        relations: [],
      } as EdgeEntity;
      const { revision, results } = await apply([
        write('create', sameOtherwise),
        write('replace', sameOtherwise),
        write('apply', a),
        patch('a', {}),
        patch('a', { spec: { environment: null } }),
      ]);
      expect(revision).toBe(1);
      expect(new Set(results.map(({ status }) => status))).toEqual(
        new Set(['unchanged']),
      );
      await expect(inventory.revision()).resolves.toBe(1);
      expect((await audit.list({}, { limit: 10 })).items).toHaveLength(1);
    });

    it.each<[string, Mutation, string, RegExp]>([
      [
        'a create of what is another one',
        write('create', clusterOf('a', { owner: 'b' })),
        'ConflictError',
        /EdgeCluster 'a' exists already/,
      ],
      [
        'a replacement of nothing',
        write('replace', clusterOf('b')),
        'NotFoundError',
        /No EdgeCluster 'b'/,
      ],
      ['a patch of nothing', patch('b', {}), 'NotFoundError', /'b'/],
      ['a deletion of nothing', remove('b'), 'NotFoundError', /'b'/],
      [
        'an invalid entity',
        write('apply', clusterOf('a', { state: 'lost' })),
        'InputError',
        /spec.state/,
      ],
      [
        'a patch to something invalid',
        patch('a', { spec: { state: 'lost' } }),
        'InputError',
        /spec.state/,
      ],
      [
        'a patch of the name',
        patch('a', { metadata: { name: 'b' } }),
        'InputError',
        /metadata.name: must be 'a'/,
      ],
      [
        'another name than the entity has',
        { ...write('apply', clusterOf('b')), name: 'a' },
        'InputError',
        /metadata.name: must be 'a', got 'b'/,
      ],
      [
        'another kind than the entity has',
        { ...write('apply', clusterOf('a')), kind: 'EdgeGroup' },
        'InputError',
        /kind: must be EdgeGroup, got EdgeCluster/,
      ],
      [
        'a prototype in a patch',
        patch('a', JSON.parse('{"spec":{"values":{"__proto__":"x"}}}')),
        'InputError',
        /__proto__/,
      ],
      [
        'an old etag',
        remove('a', { ifMatch: ['"7"'] }),
        'PreconditionFailedError',
        /the record is "1" now, not "7"/,
      ],
      [
        'an etag of nothing',
        write('apply', clusterOf('b'), { ifMatch: ['*'] }),
        'PreconditionFailedError',
        /no such record/,
      ],
      [
        'what must not be there',
        write('apply', clusterOf('a'), { ifNoneMatch: ['*'] }),
        'PreconditionFailedError',
        /there already/,
      ],
    ])('refuses %s', async (_, mutation, name, message) => {
      const { inventory, apply, applyOne } = await createStore();
      await apply([write('create', clusterOf('a'))]);
      const { status, error } = await applyOne(mutation);
      expect(status).toBe('failed');
      expect(error?.name).toBe(name);
      expect(error?.message).toMatch(message);
      await expect(inventory.revision()).resolves.toBe(1);
    });

    it('writes where the etag is the one that was read', async () => {
      const { applyOne } = await createStore();
      const a = clusterOf('a');
      await applyOne(write('apply', a, { ifNoneMatch: ['*'] }));
      await expect(
        applyOne(
          write('apply', clusterOf('a', { owner: 'ops' }), {
            ifMatch: ['"0"', '"1"'],
          }),
        ),
      ).resolves.toMatchObject({ status: 'updated', revision: 2 });
      await expect(
        applyOne(remove('a', { ifMatch: ['*'] })),
      ).resolves.toMatchObject({ status: 'deleted' });
    });

    it('writes what it can, or all or nothing', async () => {
      const { inventory, apply } = await createStore();
      const mutations = [
        write('create', clusterOf('a')),
        write('create', clusterOf('b', { state: 'lost' })),
        patch('a', { spec: { owner: 'ops' } }),
      ];
      const expected = [
        { index: 0, status: 'created' },
        { index: 1, status: 'failed' },
        { index: 2, status: 'updated' },
      ];
      for (const options of [{ atomic: true }, { dryRun: true }]) {
        const result = await apply(mutations, options);
        expect(result).toMatchObject({
          applied: false,
          revision: 0,
          results: expected,
        });
        expect(result.results[0].revision).toBeUndefined();
        await expect(inventory.load()).resolves.toEqual({
          revision: 0,
          records: [],
        });
      }
      await expect(apply(mutations)).resolves.toMatchObject({
        applied: true,
        revision: 1,
        results: expected,
      });
      await expect(inventory.load()).resolves.toMatchObject({
        records: [{ entity: clusterOf('a', { owner: 'ops' }), revision: 1 }],
      });
    });

    it('asks whether the caller may, before it says anything', async () => {
      const { apply } = await createStore();
      await apply(
        ['a', 'b', 'hidden'].map(name => write('create', clusterOf(name))),
      );
      const review: ApplyOptions['review'] = async changes =>
        changes.map(({ before, after }) => {
          if (before?.metadata.name === 'hidden') {
            return new NotFoundError("No EdgeCluster 'hidden' is registered");
          }
          return after?.spec.owner === 'other'
            ? new NotAllowedError('Not to others')
            : undefined;
        });
      const { results } = await apply(
        [
          remove('hidden', { ifMatch: ['"9"'] }),
          patch('hidden', { spec: { state: 'lost' } }),
          write('apply', clusterOf('a', { owner: 'other' })),
          write('apply', clusterOf('a', { environment: 'prod' })),
          patch('b', { spec: { environment: 'prod' } }),
          write('create', clusterOf('c', { owner: 'other' })),
        ],
        { review },
      );
      expect(
        results.map(({ status, error }) => error?.message ?? status),
      ).toEqual([
        "No EdgeCluster 'hidden' is registered",
        "No EdgeCluster 'hidden' is registered",
        'Not to others',
        'An earlier write of this record, in the same request, was refused',
        'updated',
        'Not to others',
      ]);
    });
  },
);
