import { isDeepStrictEqual } from 'node:util';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { EdgeEntity } from '@res-edge/backstage-plugin-res-edge-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { DatabaseInventoryStore } from './DatabaseInventoryStore';
import { InventoryRecord, InventoryStore } from './InventoryStore';
import { Mutation } from './Mutation';
import { openDatabase } from './openDatabase';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const KINDS = ['EdgeCluster', 'EdgeGroup'] as const;
const kind = fc.constantFrom(...KINDS);
const name = fc.constantFrom('a', 'b', 'c');

type Kept = { entity: EdgeEntity; origin: string; revision: number };
type Reference = Map<string, Kept>;

function entityOf(of: (typeof KINDS)[number], called: string, owner: string) {
  return {
    apiVersion: 'res-edge.io/v1alpha1',
    kind: of,
    metadata: { name: called, namespace: 'default' },
    // Of this one the schema knows nothing.
    spec: owner === 'wrong' ? { wrong: 1 } : { owner },
  } as EdgeEntity;
}

const owner = fc.constantFrom('ann', 'bob', 'wrong');
const etags = fc.option(
  fc.constantFrom(['*'], ['"1"'], ['"2"', '"3"'], ['"4"']),
  { nil: undefined, freq: 2 },
);
const mutation: fc.Arbitrary<Mutation> = fc
  .record({
    action: fc.constantFrom(
      ...(['create', 'replace', 'apply', 'patch', 'delete'] as const),
    ),
    kind,
    name,
    owner,
    ifMatch: etags,
    ifNoneMatch: etags,
  })
  .map(({ owner: given, ...mutated }) => ({
    ...mutated,
    entity: entityOf(mutated.kind, mutated.name, given),
    patch: { spec: given === 'wrong' ? { wrong: 1 } : { owner: given } },
  }));

type Step =
  | {
      type: 'apply';
      mutations: Mutation[];
      atomic: boolean;
      dryRun: boolean;
    }
  | {
      type: 'sync';
      entities: { kind: (typeof KINDS)[number]; name: string }[];
      owner: string;
    };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('apply' as const),
      mutations: fc.array(mutation, { maxLength: 5 }),
      atomic: fc.boolean(),
      dryRun: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('sync' as const),
      entities: fc.uniqueArray(fc.record({ kind, name }), {
        selector: ({ kind: of, name: called }) => `${of}/${called}`,
      }),
      owner: fc.constantFrom('ann', 'bob'),
    }),
  },
);

/** A mutation in the plainest way: what becomes of the record, or that it fails. */
function expected(
  kept: Kept | undefined,
  { action, entity, patch, ifMatch, ifNoneMatch }: any,
): 'failed' | EdgeEntity | undefined {
  const after =
    action === 'patch'
      ? kept && { ...kept.entity, spec: { ...kept.entity.spec, ...patch.spec } }
      : entity;
  const etag = kept && `"${kept.revision}"`;
  const hits = (given: string[]) =>
    etag !== undefined && (given.includes('*') || given.includes(etag));
  const needed = action !== 'create' && action !== 'apply';
  if (
    (needed && !kept) ||
    (action !== 'delete' && 'wrong' in after.spec) ||
    (kept && kept.origin !== 'api') ||
    (ifMatch && !hits(ifMatch)) ||
    (ifNoneMatch && hits(ifNoneMatch)) ||
    (action === 'create' && kept && !isDeepStrictEqual(kept.entity, after))
  ) {
    return 'failed';
  }
  return action === 'delete' ? undefined : after;
}

function runBatch(
  state: Reference,
  mutations: readonly Mutation[],
  revision: number,
): { after: Reference; statuses: string[] } {
  const after = new Map(state);
  const statuses = mutations.map(mutated => {
    const key = `${mutated.kind}/${mutated.name}`;
    const kept = after.get(key);
    const entity = expected(kept, mutated);
    if (entity === 'failed') return 'failed';
    if (entity === undefined) {
      after.delete(key);
      return 'deleted';
    }
    if (kept && isDeepStrictEqual(kept.entity, entity)) return 'unchanged';
    after.set(key, { entity, origin: 'api', revision });
    return kept ? 'updated' : 'created';
  });
  return { after, statuses };
}

function runSync(state: Reference, entities: readonly EdgeEntity[]): Reference {
  const wanted = new Map(
    entities.map(entity => [`${entity.kind}/${entity.metadata.name}`, entity]),
  );
  const after: Reference = new Map(
    [...state].filter(
      ([key, { origin }]) => origin !== 'catalog' || wanted.has(key),
    ),
  );
  for (const [key, entity] of wanted) {
    if (state.get(key)?.origin !== 'api') {
      after.set(key, { entity, origin: 'catalog', revision: 0 });
    }
  }
  return after;
}

const keyOf = ({ entity }: InventoryRecord) =>
  `${entity.kind}/${entity.metadata.name}`;

function contents(records: Iterable<InventoryRecord>): Reference {
  return new Map(
    [...records].map(record => [
      keyOf(record),
      {
        entity: record.entity,
        origin: record.origin.type,
        revision: record.revision,
      },
    ]),
  );
}

describe.each(databases.eachSupportedId())(
  'InventoryStore as a map, %p',
  databaseId => {
    let knex: Knex;
    let store: InventoryStore;

    beforeAll(async () => {
      knex = await openDatabase(
        mockServices.database({
          knex: await databases.init(databaseId),
          migrations: { skip: false },
        }),
      );
      store = DatabaseInventoryStore.create({ knex, allowEmpty: true });
    });

    /** Makes a step in the store and in the reference: what the one says, and what the other does. */
    async function make(
      next: Step,
      { state, revision }: { state: Reference; revision: number },
    ) {
      if (next.type === 'sync') {
        const entities = next.entities.map(one =>
          entityOf(one.kind, one.name, next.owner),
        );
        const synced = runSync(state, entities);
        const result = await store.replaceFromOrigin(
          { type: 'catalog' },
          entities.map(entity => ({ entity })),
          { actor: 'plugin:res-edge', operation: 'sync' },
        );
        const { records } = await store.load();
        const revisions = new Map(
          records.map(record => [keyOf(record), record.revision]),
        );
        return {
          state: new Map(
            [...synced].map(([key, kept]) => [
              key,
              { ...kept, revision: revisions.get(key) ?? 0 },
            ]),
          ),
          revision: result.revision,
          // Who else registers a name is noted in a revision of its own, too.
          said: result.revision - revision <= 1,
          expected: true,
        };
      }
      const { mutations, atomic, dryRun } = next;
      const { after, statuses } = runBatch(state, mutations, revision + 1);
      const applied = !dryRun && !(atomic && statuses.includes('failed'));
      const changes =
        applied &&
        statuses.some(status => status !== 'failed' && status !== 'unchanged');
      const { results, difference, ...said } = await store.apply(mutations, {
        actor: 'user:default/ann',
        origin: { type: 'api' },
        atomic,
        dryRun,
      });
      return {
        state: changes ? after : state,
        revision: changes ? revision + 1 : revision,
        said: { ...said, statuses: results.map(({ status }) => status) },
        expected: {
          applied,
          revision: changes ? revision + 1 : revision,
          statuses,
        },
      };
    }

    it('is what a map says after any writes, and so is who follows them', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 6 }), async steps => {
          await knex('entities').delete();
          await knex('changes').delete();
          await knex('revisions').update({ revision: 0 });
          let at = { state: new Map() as Reference, revision: 0 };
          let follower = { records: new Map(), revision: 0 };
          for (const next of steps) {
            const { said, expected: wanted, ...after } = await make(next, at);
            expect(said).toEqual(wanted);
            at = after;

            const loaded = await store.load();
            expect(loaded.revision).toBe(at.revision);
            expect(contents(loaded.records)).toEqual(at.state);

            follower = await follow(follower);
            expect(follower.revision).toBe(at.revision);
            expect(contents(follower.records.values())).toEqual(at.state);
          }
        }),
        { numRuns: 60 },
      );
    }, 120_000);

    async function follow({
      records: before,
      revision,
    }: {
      records: Map<string, InventoryRecord>;
      revision: number;
    }) {
      const records = new Map(before);
      const difference = (await store.changedSince(revision))!;
      for (const { kind: of, name: called } of difference.deleted) {
        records.delete(`${of}/${called}`);
      }
      for (const record of difference.written) {
        records.set(keyOf(record), record);
      }
      return { records, revision: difference.revision };
    }
  },
);
