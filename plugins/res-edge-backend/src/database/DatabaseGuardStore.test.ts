import { TestDatabases } from '@backstage/backend-test-utils';
import { NamedLosses } from '@res-edge/backstage-plugin-res-edge-engine';
import { DatabaseGuardStore } from './DatabaseGuardStore';
import { GuardStore } from './GuardStore';
import { migrationsFolder } from './openDatabase';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

jest.setTimeout(60_000);

const losses = (
  applications: Record<string, string[]>,
  namespaces: Record<string, string[]> = {},
): NamedLosses => {
  const sets = (names: Record<string, string[]>) =>
    new Map(Object.entries(names).map(([name, list]) => [name, new Set(list)]));
  return { applications: sets(applications), namespaces: sets(namespaces) };
};
const at = (hour: number) => new Date(hour * 3_600_000);

describe.each(databases.eachSupportedId())('DatabaseGuardStore, %s', id => {
  let store: GuardStore;

  beforeEach(async () => {
    const knex = await databases.init(id);
    await knex.migrate.latest({ directory: migrationsFolder });
    store = DatabaseGuardStore.create({ knex });
  });

  it('remembers losses for a while, and forgets those that were seen', async () => {
    await store.addLosses(losses({}), at(0));
    await store.addLosses(losses({ imdb: ['a'], bar: ['a'] }), at(1));
    await store.addLosses(losses({ imdb: ['a', 'b'] }), at(2));
    expect(await store.recentLosses(at(0))).toEqual(
      losses({ imdb: ['a', 'b'], bar: ['a'] }),
    );
    expect(await store.recentLosses(at(1))).toEqual(
      losses({ imdb: ['a', 'b'] }),
    );
    await store.forgetLosses(new Set(['imdb']));
    expect(await store.recentLosses(at(0))).toEqual(losses({ bar: ['a'] }));
    await store.expireLosses(at(1));
    expect(await store.recentLosses(at(0))).toEqual(losses({}));
  });

  it('keeps of what is signed off what would still be lost', async () => {
    const by = { actor: 'user:default/ann', at: at(0), reason: 'Closed' };
    await store.addSignOff({
      ...by,
      losses: losses({ imdb: ['a', 'b'], constructor: ['a'] }),
    });
    await store.addSignOff({
      ...by,
      losses: losses({ imdb: ['c'] }, { shop: ['a'] }),
      policy: 'edgepolicy:default/law 1',
    });
    expect(await store.signedOff()).toEqual(
      losses({ imdb: ['a', 'b', 'c'], constructor: ['a'] }, { shop: ['a'] }),
    );
    await store.keepSignedOff(
      losses({ imdb: ['b', 'c', 'd'] }, { shop: ['a'] }),
    );
    expect(await store.signedOff()).toEqual(
      losses({ imdb: ['b', 'c'] }, { shop: ['a'] }),
    );
    await store.keepSignedOff(losses({}));
    expect(await store.signedOff()).toEqual(losses({}));
    expect(await store.policies()).toEqual(
      new Set(['edgepolicy:default/law 1']),
    );
  });
});
