import { TestDatabases } from '@backstage/backend-test-utils';
import { ServiceUnavailableError } from '@backstage/errors';
import { Knex } from 'knex';
import { createTestStatus, TEST_STATUS_NOW } from '../__testUtils__';
import {
  DatabaseStatusStore,
  migrationsFolder,
  StatusRecords,
  StatusStore,
} from '../database';
import { FleetStatus, ReportListener } from './FleetStatus';
import { StatusReport } from './StatusReport';
import { statusSubjectsOf } from './StatusSubjects';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const SECOND = 1000;
const CLUSTER = 'tx-austin-2';

describe('FleetStatus', () => {
  let knex: Knex;
  let now: number;
  let written: StatusRecords[];

  beforeEach(async () => {
    knex = await databases.init('SQLITE_3');
    await knex.migrate.latest({ directory: migrationsFolder });
    now = TEST_STATUS_NOW;
    written = [];
  });

  /** A replica, which writes down what it writes. */
  function create(options: { onNews?: ReportListener } = {}): FleetStatus {
    const store = DatabaseStatusStore.create({ knex });
    const noted: StatusStore = {
      read: () => store.read(),
      revision: () => store.revision(),
      changesOfOthers: since => store.changesOfOthers(since),
      readAwaited: () => store.readAwaited(),
      writeAwaited: (...parameters) => store.writeAwaited(...parameters),
      expire: (...parameters) => store.expire(...parameters),
      write: async records => {
        written.push(records);
        await store.write(records);
      },
    };
    return createTestStatus({ store: noted, now: () => now, ...options });
  }

  const reportOf = (
    revision: string,
    condition: 'healthy' | 'failed' = 'healthy',
    cluster = CLUSTER,
  ): StatusReport => ({
    cluster,
    at: now,
    about: { application: 'imdb', revision, condition },
  });

  it('tells what is said for the first time, also to another replica', async () => {
    const news: string[] = [];
    const listen = (replica: string) => ({
      onNews: (
        cluster: string,
        application: string,
        { condition }: { condition: string },
      ) => void news.push(`${replica}: ${cluster} ${application} ${condition}`),
    });
    const status = create(listen('one'));
    const other = create(listen('other'));
    status.receive(reportOf('r1'));
    now += SECOND;
    status.receive(reportOf('r1'));
    status.receive(reportOf('r1', 'failed'));
    await status.flush();
    await other.refresh();
    await other.refresh();
    await create(listen('later')).load();
    expect(news).toEqual([
      `one: ${CLUSTER} imdb healthy`,
      `one: ${CLUSTER} imdb failed`,
      `other: ${CLUSTER} imdb failed`,
    ]);
  });

  it('writes what changed, and a heartbeat now and then', async () => {
    const status = create();
    for (let minute = 0; minute < 20; minute++) {
      status.receive(reportOf('r1'));
      await status.flush();
      now += 60 * SECOND;
    }
    expect(written.map(({ reports }) => reports.length)).toEqual([1, 0, 0, 0]);
    expect(written.every(({ heartbeats }) => heartbeats.length === 1)).toBe(
      true,
    );
    expect(status.waiting).toBe(0);
  });

  it('puts together what comes between two writes, however much it is', async () => {
    const status = create();
    for (let round = 0; round < 1000; round++) {
      now += SECOND;
      status.receive(reportOf(round % 2 ? 'r1' : 'r2'));
    }
    expect(status.waiting).toBe(1);
    await status.flush();
    expect(written).toHaveLength(1);
    expect(written[0].reports[0].reports.get('imdb')!.revision).toBe('r1');
  });

  it('knows after a restart what was reported', async () => {
    const before = create();
    before.receive(reportOf('r1', 'failed'));
    await before.flush();
    const after = create();
    expect(after.freshness(CLUSTER)).toBe('unknown');
    await after.load();
    expect(after.freshness(CLUSTER)).toBe('fresh');
    expect(after.report(CLUSTER, 'imdb')).toEqual(
      before.report(CLUSTER, 'imdb'),
    );
  });

  it('tells what another replica took in', async () => {
    const [one, other] = [create(), create()];
    one.receive(reportOf('r1'));
    now += SECOND;
    other.receive(reportOf('r2'));
    await one.flush();
    await other.flush();
    const { version } = one;
    await one.refresh();
    expect(one.report(CLUSTER, 'imdb')!.revision).toBe('r2');
    expect(one.version).toBeGreaterThan(version);
    await other.refresh();
    expect(other.report(CLUSTER, 'imdb')!.revision).toBe('r2');
  });

  it('keeps what could not be written for the next time', async () => {
    const status = create();
    status.receive(reportOf('r1'));
    await knex.schema.renameTable('cluster_reports', 'gone');
    await expect(status.flush()).rejects.toThrow();
    expect(status.waiting).toBe(1);
    await knex.schema.renameTable('gone', 'cluster_reports');
    await status.flush();
    expect(status.waiting).toBe(0);
  });

  it('takes silence for staleness and then for being offline, and a replayed report for nothing (demand 17)', () => {
    const status = create();
    const report = reportOf('r1');
    status.receive(report);
    now += 29 * 60 * SECOND;
    expect(status.freshness(CLUSTER)).toBe('fresh');
    now += 60 * SECOND;
    expect(status.freshness(CLUSTER)).toBe('stale');
    expect(status.receive(report)).toBe('unchanged');
    expect(status.freshness(CLUSTER)).toBe('stale');
    now += 90 * 60 * SECOND;
    expect(status.freshness(CLUSTER)).toBe('offline');
    status.receive(reportOf('r1'));
    expect(status.freshness(CLUSTER)).toBe('fresh');
  });

  it('awaits the first report as long as silence may last, whatever restarts', async () => {
    const [one, other] = [create(), create()];
    // Nothing is awaited of who is told nothing.
    expect(one.freshness(CLUSTER)).toBe('unknown');
    await one.awaitFirst([CLUSTER, 'later']);
    now += 20 * 60 * SECOND;
    // Another replica has it from the one that saw it first.
    await other.awaitFirst([CLUSTER, 'newer']);
    const after = create();
    await after.load();
    now += 10 * 60 * SECOND - 1;
    for (const status of [one, other, after])
      expect(status.freshness(CLUSTER)).toBe('awaited');
    now += 1;
    for (const status of [one, other, after])
      expect(status.freshness(CLUSTER)).toBe('unknown');
    expect(other.freshness('newer')).toBe('awaited');
    after.receive(reportOf('r1'));
    expect(after.freshness(CLUSTER)).toBe('fresh');
    expect(after.freshness('later')).toBe('unknown');
  });

  it('hears a cluster whose clock is behind or ahead', () => {
    const status = create();
    const skewed = (offset: number): StatusReport => ({
      ...reportOf('r1'),
      at: now + offset,
    });
    for (const offset of [-3600 * SECOND, 3600 * SECOND]) {
      now += 600 * SECOND;
      status.receive(skewed(offset));
      expect(status.heardAt(CLUSTER)).toBe(now);
    }
  });

  it('forgets clusters that are gone, and only those', async () => {
    const status = create();
    status.receive(reportOf('r1'));
    await status.flush();
    await DatabaseStatusStore.create({ knex }).write({
      heartbeats: [{ cluster: 'gone', heardAt: now, clockAt: now }],
      reports: [],
    });
    await status.refresh();
    expect(status.freshness('gone')).toBe('fresh');
    now += 3600 * SECOND;
    await status.expire(SECOND);
    expect(status.freshness('gone')).toBe('unknown');
    expect(status.heardAt(CLUSTER)).toBeDefined();
  });

  it('says that it does not know the fleet yet', () => {
    expect(() => statusSubjectsOf(undefined)).toThrow(ServiceUnavailableError);
  });
});
