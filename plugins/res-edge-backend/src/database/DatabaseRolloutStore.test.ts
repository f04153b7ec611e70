import { TestDatabases } from '@backstage/backend-test-utils';
import {
  RolloutMove,
  startRollout,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { DatabaseRolloutStore } from './DatabaseRolloutStore';
import {
  GateReadingStore,
  RolloutHistory,
  StoredGateReading,
  StoredRollout,
} from './RolloutStore';
import { migrationsFolder } from './openDatabase';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

jest.setTimeout(60_000);

function rolloutOf(id: string, application: string): StoredRollout {
  const rollout = startRollout({
    ...{ application, release: `${id}-digest`, version: '1.4.2' },
    rings: new Map([
      ['beta', 'older'],
      ['prod', undefined],
    ]),
    now: new Date('2026-11-26T10:00Z'),
  });
  return { id, startedAt: rollout.since, rollout };
}

describe.each(databases.eachSupportedId())('DatabaseRolloutStore, %s', id => {
  let store: GateReadingStore & RolloutHistory;

  beforeEach(async () => {
    const knex = await databases.init(id);
    await knex.migrate.latest({ directory: migrationsFolder });
    store = DatabaseRolloutStore.create({ knex });
  });

  it('keeps what was read last of each gate', async () => {
    const at = '2026-11-26T10:05:00.000Z';
    const gate = {
      ...{ name: 'errors', type: 'webhook', webhook: 'sales' },
    };
    const reading: StoredGateReading = {
      ...{ rollout: 'r1', ring: 'beta', gate, state: 'failing', value: 0.1 },
      ...{ message: 'Slow', since: at, at, until: at },
    };
    await store.saveGateReading(reading);
    const other = { ...reading, ring: 'prod' };
    await store.saveGateReading(other);
    await store.saveGateReading({ ...reading, rollout: 'r2' });
    expect(await store.gateReadings(['r1', 'r3'])).toEqual([reading, other]);
    const { value, ...silent } = reading;
    await store.saveGateReading({ ...silent, state: 'no-data' });
    expect(await store.gateReadings(['r1'])).toEqual(
      expect.arrayContaining([other, { ...silent, state: 'no-data' }]),
    );
  });

  it('gives back what was saved, with what happened in order', async () => {
    const stored = rolloutOf('r1', 'imdb');
    await store.save(stored, []);
    const at = '2026-11-26T10:05:00.000Z';
    const moves: RolloutMove[] = [
      {
        ...{ at, ring: 'beta', from: 'waiting', to: 'rolling' },
        cause: 'Main names the release for it',
      },
      {
        ...{ at, from: 'running', to: 'paused' },
        ...{ cause: 'Tills are slow', actor: 'user:default/ada' },
      },
    ];
    const paused = {
      ...stored,
      rollout: { ...stored.rollout, phase: 'paused' as const, since: at },
    };
    await store.save(paused, moves);
    expect(await store.get('r1')).toEqual(paused);
    expect(await store.latest()).toEqual([paused]);
    expect(await store.moves('r1')).toEqual(moves);
    expect(await store.moves('r2')).toEqual([]);
    expect(await store.lastMoves()).toEqual(new Map([['r1', moves[1]]]));
    await expect(store.get('r2')).rejects.toThrow("There is no rollout 'r2'");
  });

  it('gives all of an application page by page, the newest first, with what happened to each as a whole', async () => {
    const at = (hour: number) =>
      new Date(Date.UTC(2026, 10, 26, hour)).toISOString();
    const of = (name: string, hour: number): StoredRollout => ({
      ...rolloutOf(name, 'imdb'),
      startedAt: at(hour),
    });
    const turns: RolloutMove[] = [
      { at: at(11), from: 'running', to: 'paused', cause: 'Tills are slow' },
      {
        ...{
          at: at(12),
          from: 'paused',
          to: 'overtaken',
          cause: 'A newer one',
        },
        actor: 'user:default/ada',
      },
    ];
    const ringMove: RolloutMove = {
      ...{ at: at(11), ring: 'beta', from: 'waiting', to: 'rolling' },
      cause: 'Main names the release for it',
    };
    await store.save(rolloutOf('other', 'bar'), turns);
    await store.save(of('r1', 10), [turns[0], ringMove, turns[1]]);
    // Two that began at the same time.
    for (const name of ['r3', 'r2']) await store.save(of(name, 12), []);
    await store.save(of('r4', 13), []);

    const ids = [];
    const cursors = [];
    let cursor: string | undefined;
    do {
      const page = await store.history('imdb', { limit: 2, cursor });
      ids.push(...page.items.map(each => each.id));
      cursor = page.nextCursor;
      cursors.push(cursor);
    } while (cursor !== undefined);
    expect(ids).toEqual(['r4', 'r2', 'r3', 'r1']);
    expect(cursors).toEqual([expect.any(String), undefined]);
    const { items } = await store.history('imdb', { limit: 10 });
    expect(items.at(-1)).toEqual({ ...of('r1', 10), turns });
    expect(items[0].turns).toEqual([]);
    expect(await store.history('mars', { limit: 10 })).toEqual({ items: [] });
    await expect(
      store.history('imdb', { limit: 2, cursor: 'x' }),
    ).rejects.toThrow("cursor: 'x' is none");
  });

  it('has one latest for each application, in order of names', async () => {
    await store.save(rolloutOf('r1', 'imdb'), []);
    await store.save(rolloutOf('r2', 'bar'), []);
    await store.save(rolloutOf('r3', 'imdb'), []);
    const move: RolloutMove = {
      ...{ at: '2026-11-26T10:05:00.000Z', cause: 'A newer one' },
      ...{ from: 'running', to: 'overtaken' },
    };
    await store.save(rolloutOf('r1', 'imdb'), [move]);
    // It is not the latest any more.
    expect(await store.lastMoves()).toEqual(new Map());
    const latest = await store.latest();
    expect(latest.map(each => each.id)).toEqual(['r2', 'r3']);
    expect(await store.get('r1')).toEqual(rolloutOf('r1', 'imdb'));
  });
});
