import { TestDatabases } from '@backstage/backend-test-utils';
import { ArtifactStore } from './ArtifactStore';
import { DatabaseArtifactStore } from './DatabaseArtifactStore';
import { migrationsFolder } from './openDatabase';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

jest.setTimeout(60_000);

const day = (number: number) => new Date(Date.UTC(2026, 0, number));
const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

describe.each(databases.eachSupportedId())('pushed artifacts, %p', id => {
  let store: ArtifactStore;
  let other: ArtifactStore;

  beforeEach(async () => {
    const knex = await databases.init(id);
    await knex.migrate.latest({ directory: migrationsFolder });
    const of = (registry: string) =>
      DatabaseArtifactStore.create({ knex, registry });
    store = of('registry.example.com/fleet');
    other = of('registry.example.com/other');
  });

  const note = (repository: string, letter: string, at: Date) =>
    store.note([{ repository, digest: digest(letter), tag: letter }], at);
  const expired = async (until: Date, options = { limit: 100 }) =>
    (await store.expired(until, options)).map(
      ({ repository, digest: [, , , , , , , letter], isLeft }) =>
        `${repository} ${letter}${isLeft ? ' left' : ''}`,
    );

  it('expire when a newer one of the repository is old enough', async () => {
    await note('a', '1', day(1));
    await note('a', '2', day(2));
    await note('b', '1', day(1));
    await note('a', '3', day(3));
    expect(await expired(day(1))).toEqual([]);
    expect(await expired(day(2))).toEqual(['a 1']);
    expect(await expired(day(9))).toEqual(['a 1', 'a 2']);
    await note('a', '1', day(4));
    expect(await expired(day(9))).toEqual(['a 2', 'a 3']);
    expect(await store.tags('a')).toEqual(new Set(['1', '2', '3']));
    await store.forget({ repository: 'a', digest: digest('2') });
    expect(await expired(day(9))).toEqual(['a 3']);
    expect(await store.tags('a')).toEqual(new Set(['1', '3']));
  });

  it('expire as a whole when their repository was left long enough ago', async () => {
    await note('a', '1', day(1));
    await note('b', '1', day(1));
    await note('b', '2', day(2));
    await store.noteWanted(new Set(['a']), day(3));
    await store.noteWanted(new Set(['a']), day(5));
    expect(await expired(day(2))).toEqual(['b 1']);
    expect(await expired(day(3))).toEqual(['b 1 left', 'b 2 left']);
    await store.noteWanted(new Set(['a', 'b']), day(6));
    expect(await expired(day(9))).toEqual(['b 1']);
    await store.noteWanted(new Set(['a']), day(7));
    await note('b', '3', day(8));
    await store.noteWanted(new Set(['a', 'b']), day(9));
    expect(await expired(day(9))).toEqual(['b 1', 'b 2']);
  });

  it('are given in parts, in their order', async () => {
    for (const repository of ['b', 'a']) {
      await note(repository, '1', day(1));
      await note(repository, '2', day(2));
      await note(repository, '3', day(3));
    }
    const first = await store.expired(day(9), { limit: 3 });
    const next = await store.expired(day(9), { limit: 3, after: first.at(-1) });
    const none = await store.expired(day(9), { limit: 3, after: next.at(-1) });
    expect([...first, ...next].map(({ repository }) => repository)).toEqual([
      ...['a', 'a', 'b', 'b'],
    ]);
    expect([first.length, none]).toEqual([3, []]);
  });

  it('are those of one registry', async () => {
    await note('a', '1', day(1));
    await note('a', '2', day(2));
    await other.noteWanted(new Set(), day(3));
    expect(await other.expired(day(9), { limit: 9 })).toEqual([]);
    expect(await other.tags('a')).toEqual(new Set());
    await other.forget({ repository: 'a', digest: digest('1') });
    expect(await expired(day(9))).toEqual(['a 1']);
  });
});
