import { TestDatabases } from '@backstage/backend-test-utils';
import {
  RolloutMove,
  startRollout,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { DatabaseRolloutStore } from './DatabaseRolloutStore';
import {
  GateReadingStore,
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
  let store: GateReadingStore;

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
