import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  DatabaseRegistrationProblemStore,
  InventoryRecord,
  openDatabase,
} from '../database';
import { CatalogErrors } from './CatalogErrors';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const FLEET = 'url:https://example.org/fleet/all.yaml';

function locationOf(name: string, status?: object): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Location',
    metadata: { name, namespace: 'default' },
    spec: { target: 'x' },
    ...(status && { status }),
  } as Entity;
}

async function createErrors() {
  const knex = await databases.init('SQLITE_3');
  await openDatabase(
    mockServices.database({ knex, migrations: { skip: false } }),
  );
  let now = Date.parse('2026-11-20T12:00:00Z');
  const store = DatabaseRegistrationProblemStore.create({
    knex,
    now: () => new Date(now),
  });
  let served: Entity[] = [];
  const known: string[] = [];
  const errors = CatalogErrors.create({
    catalog: {
      ...catalogServiceMock.mock(),
      getEntitiesByRefs: (request, options) =>
        catalogServiceMock({ entities: served }).getEntitiesByRefs(
          request,
          options as never,
        ),
    },
    auth: mockServices.auth(),
    store,
    inventory: {
      get: async (kind, name) =>
        known.includes(`${kind}/${name}`)
          ? ({ origin: { type: 'catalog' } } as InventoryRecord)
          : undefined,
    },
    isOurs: location => location === FLEET,
    now: () => now,
  });
  return {
    errors,
    open: async () => (await store.list()).map(({ entity }) => entity),
    store,
    known,
    pass: (minutes: number) => {
      now += minutes * 60_000;
    },
    serve: (entities: Entity[]) => {
      served = entities;
    },
  };
}

describe('CatalogErrors', () => {
  it('remembers what is wrong with our entities and our files', async () => {
    const { errors, store } = await createErrors();
    const note = (entity: string, location: string, ...found: unknown[]) =>
      errors.note({ entity, location, errors: found });

    const wrong = new Error('spec.colour: unknown field');
    await expect(note('edgecluster:default/a', 'x:y', wrong)).resolves.toBe(
      true,
    );
    await expect(note('edgecluster:default/a', 'x:y', wrong)).resolves.toBe(
      false,
    );
    await expect(note('location:default/f', FLEET, wrong)).resolves.toBe(true);
    await expect(
      note('location:default/g', 'url:https://x', wrong),
    ).resolves.toBe(false);
    await expect(note('component:default/h', FLEET, wrong)).resolves.toBe(
      false,
    );
    // From other processes errors come as they please.
    await expect(note('edgegroup:default/i', FLEET, {}, null)).resolves.toBe(
      true,
    );
    await expect(errors.note(undefined)).resolves.toBe(false);
    await expect(errors.note({ entity: 5, errors: [] })).resolves.toBe(false);

    await expect(store.list()).resolves.toMatchObject([
      {
        entity: 'edgecluster:default/a',
        field: '',
        message: 'the catalog cannot process it: spec.colour: unknown field',
      },
      {
        entity: 'edgegroup:default/i',
        message: 'the catalog cannot process it: it does not say why',
      },
      { entity: 'location:default/f' },
    ]);
  });

  it('forgets what is served, what is healthy again, and what nobody tells of any more', async () => {
    const { errors, open, pass, serve } = await createErrors();
    const names = [
      'edgecluster:default/a',
      'edgecluster:default/b',
      'location:default/f',
      'location:default/g',
    ];
    for (const entity of names) {
      await errors.note({ entity, location: FLEET, errors: [new Error('x')] });
    }
    serve([
      locationOf('f'),
      locationOf('g', { items: [{ level: 'error', type: 'x', message: 'x' }] }),
    ]);

    await expect(
      errors.settle(new Map([['edgecluster:default/a', FLEET]])),
    ).resolves.toBe(true);
    await expect(open()).resolves.toEqual(names.slice(1));
    await expect(errors.settle(new Map())).resolves.toBe(false);

    pass(6);
    await expect(errors.settle(new Map())).resolves.toBe(true);
    await expect(open()).resolves.toEqual([
      'edgecluster:default/b',
      'location:default/g',
    ]);

    pass(25 * 60);
    await errors.note({
      entity: names[3],
      location: FLEET,
      errors: [new Error('x')],
    });
    await errors.settle(new Map());
    await expect(open()).resolves.toEqual(['location:default/g']);
  });

  it('remembers a name that two locations register, as long as the first one has it', async () => {
    const { errors, store, open, pass } = await createErrors();
    const conflict = {
      entityRef: 'edgecluster:default/a',
      newLocationKey: 'url:https://ann:secret@example.org/b.yaml',
      existingLocationKey: FLEET,
    };
    await expect(errors.noteConflict(conflict)).resolves.toBe(true);
    await expect(errors.noteConflict(conflict)).resolves.toBe(false);
    await expect(
      errors.noteConflict({ ...conflict, entityRef: 'component:default/a' }),
    ).resolves.toBe(false);
    await expect(errors.noteConflict(undefined)).resolves.toBe(false);
    await expect(store.problems()).resolves.toEqual([
      {
        entity: 'edgecluster:default/a',
        field: 'metadata.name',
        message: `is registered twice: ${FLEET} was first and counts, url:https://example.org/b.yaml has no effect`,
      },
    ]);

    pass(3 * 24 * 60);
    await errors.settle(new Map([['edgecluster:default/a', FLEET]]));
    await errors.settle(new Map());
    await expect(open()).resolves.toHaveLength(1);
    await errors.settle(new Map([['edgecluster:default/a', 'url:other']]));
    await expect(open()).resolves.toEqual([]);

    await errors.noteConflict(conflict);
    pass(8 * 24 * 60);
    await errors.settle(new Map());
    await expect(open()).resolves.toEqual([]);
  });

  it('forgets what the catalog had, and has no more', async () => {
    const { errors, open, known } = await createErrors();
    for (const name of ['gone', 'never-served']) {
      const entity = `edgecluster:default/${name}`;
      await errors.note({ entity, location: FLEET, errors: [new Error('x')] });
    }
    known.push('EdgeCluster/gone');
    await expect(errors.settle(new Map())).resolves.toBe(true);
    await expect(open()).resolves.toEqual(['edgecluster:default/never-served']);
  });
});
