import { TestDatabases } from '@backstage/backend-test-utils';
import { ApplicationReport } from '@res-edge/backstage-plugin-res-edge-engine';
import { Knex } from 'knex';
import { DatabaseStatusStore } from './DatabaseStatusStore';
import { migrationsFolder } from './openDatabase';
import { StatusRecords, StatusStore } from './StatusStore';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

jest.setTimeout(60_000);

const healthy = (revision: string, at: number): ApplicationReport => ({
  revision,
  condition: 'healthy',
  at,
});

async function contentOf(store: StatusStore) {
  const heartbeats: Record<string, number> = {};
  const reports: Record<string, Record<string, ApplicationReport>> = {};
  for await (const part of store.read()) {
    for (const { cluster, heardAt } of part.heartbeats)
      heartbeats[cluster] = heardAt;
    for (const each of part.reports)
      reports[each.cluster] = Object.fromEntries(each.reports);
  }
  return { heartbeats, reports };
}

describe.each(databases.eachSupportedId())('DatabaseStatusStore, %s', id => {
  let knex: Knex;
  let one: StatusStore;
  let other: StatusStore;

  beforeEach(async () => {
    knex = await databases.init(id);
    await knex.migrate.latest({ directory: migrationsFolder });
    one = DatabaseStatusStore.create({ knex });
    other = DatabaseStatusStore.create({ knex });
  });

  it('gives back what was written, of more clusters than a statement takes', async () => {
    const failed: ApplicationReport = {
      revision: 'b',
      condition: 'failed',
      at: 5000,
      message: 'It does not start',
    };
    const names = Array.from({ length: 2001 }, (_, index) => `c${index}`);
    await one.write({
      heartbeats: names.map(cluster => ({
        cluster,
        heardAt: 1_700_000_000_000,
        clockAt: 1_699_999_999_000,
      })),
      reports: names.map(cluster => ({
        cluster,
        reports: new Map([
          ['imdb', healthy('a', 1000)],
          ['__proto__', failed],
        ]),
      })),
    });
    const { heartbeats, reports } = await contentOf(one);
    expect(Object.keys(heartbeats)).toHaveLength(2001);
    expect(heartbeats.c2000).toBe(1_700_000_000_000);
    expect(Object.entries(reports.c7)).toEqual([
      ['imdb', healthy('a', 1000)],
      ['__proto__', failed],
    ]);
  });

  it('keeps of two replicas what is newer, and tells each what the other wrote', async () => {
    const recordsOf = (
      heardAt: number,
      reports: Record<string, ApplicationReport>,
    ): StatusRecords => ({
      heartbeats: [{ cluster: 'c', heardAt, clockAt: heardAt }],
      reports: [{ cluster: 'c', reports: new Map(Object.entries(reports)) }],
    });
    const start = await one.revision();
    await one.write(recordsOf(2000, { imdb: healthy('b', 2000) }));
    await other.write(
      recordsOf(1000, { imdb: healthy('a', 1000), bar: healthy('x', 1000) }),
    );
    expect(await contentOf(one)).toEqual({
      heartbeats: { c: 2000 },
      reports: { c: { imdb: healthy('b', 2000), bar: healthy('x', 1000) } },
    });

    const seen = await one.changesOfOthers(start);
    expect(seen.reports.map(({ reports }) => [...reports.keys()])).toEqual([
      ['imdb', 'bar'],
    ]);
    expect(await one.changesOfOthers(seen.revision)).toEqual({
      revision: seen.revision,
      heartbeats: [],
      reports: [],
    });
    expect((await other.changesOfOthers(start)).heartbeats).toHaveLength(1);
  });

  it('forgets who is silent, but for those that are kept', async () => {
    await one.write({
      heartbeats: ['a', 'b', 'c'].map((cluster, index) => ({
        cluster,
        heardAt: index * 1000,
        clockAt: 0,
      })),
      reports: [{ cluster: 'a', reports: new Map() }],
    });
    await one.writeAwaited(['a', 'b', 'gone', 'kept'], 500);
    await other.writeAwaited(['kept'], 900);
    const isKept = (cluster: string) => ['b', 'kept'].includes(cluster);
    expect(await one.expire(2000, isKept)).toEqual(['a']);
    expect(await other.readAwaited()).toEqual(new Map([['kept', 500]]));
    expect(await contentOf(one)).toEqual({
      heartbeats: { b: 1000, c: 2000 },
      reports: {},
    });
  });
});
