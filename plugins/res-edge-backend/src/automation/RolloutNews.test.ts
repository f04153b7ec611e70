import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { RolloutPhase } from '@res-edge/backstage-plugin-res-edge-engine';
import {
  DatabaseAuditLog,
  DatabaseInventoryStore,
  DatabaseRolloutStore,
  openDatabase,
  StoredRollout,
} from '../database';
import { Message } from '../notifications';
import { RolloutNews } from './RolloutNews';

const AT = '2026-11-20T12:00:00.000Z';
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

async function createNews() {
  const knex = await openDatabase(
    mockServices.database({
      knex: await databases.init('SQLITE_3'),
      migrations: { skip: false },
    }),
  );
  const inventory = DatabaseInventoryStore.create({ knex });
  const told: Message[] = [];
  const news = RolloutNews.create({
    inventory,
    audit: DatabaseAuditLog.create({ knex }),
    notifier: { tell: async message => void told.push(message) },
  });
  const store = news.from(DatabaseRolloutStore.create({ knex }));
  const write = (actor: string, version: string, title: string) =>
    inventory.apply(
      [
        {
          action: 'apply',
          kind: 'EdgeApplication',
          name: 'imdb',
          entity: {
            apiVersion: 'res-edge.io/v1alpha1',
            kind: 'EdgeApplication',
            metadata: { name: 'imdb', namespace: 'default', title },
            spec: {
              owner: 'pos-team',
              type: 'application',
              source: { path: './imdb' },
              version,
            },
          },
        },
      ],
      { actor, origin: { type: 'api' } },
    );
  const rollout = (phase: RolloutPhase): StoredRollout => ({
    id: 'r-1',
    startedAt: AT,
    rollout: {
      ...{ application: 'imdb', release: 'd1', version: '1.0.1', phase },
      ...{ since: AT, rings: [] },
    },
  });
  const move = (to: RolloutPhase, actor?: string) =>
    store.save(rollout(to), [
      { at: AT, from: 'running', to, cause: 'so it is', actor },
    ]);
  return { told, news, store, write, rollout, move };
}

describe('RolloutNews', () => {
  it('tells the owner and who asked for the version, once for each move, by how bad it is', async () => {
    const { told, store, write, rollout, move } = await createNews();
    await write('user:default/ann', '1.0.0', 'IMDb');
    await write('user:default/bob', '1.0.1', 'IMDb');
    await write('user:default/eve', '1.0.1', 'Films');
    await store.save(rollout('running'), []);
    await move('stopped');
    await move('running', 'user:default/ann');
    await move('paused', 'user:default/ann');
    await move('aborted', 'user:default/ann');
    await move('rolling-back', 'user:default/bob');
    await move('rolled-back');
    await move('done');
    await move('overtaken');
    await store.save(rollout('overtaken'), []);
    expect(
      told.map(({ title, severity, except }) => [title, severity, except]),
    ).toEqual([
      ['The rollout of imdb 1.0.1 has stopped', 'high', undefined],
      ['The rollout of imdb 1.0.1 was aborted', 'normal', 'user:default/ann'],
      ['imdb 1.0.1 is taken back', 'high', 'user:default/bob'],
      ['imdb 1.0.1 was taken back everywhere', 'normal', undefined],
      ['imdb 1.0.1 has been through all its rings', 'low', undefined],
      ['A newer one took the place of imdb 1.0.1', 'low', undefined],
    ]);
    for (const message of told)
      expect(message).toMatchObject({
        to: ['group:default/pos-team', 'user:default/bob'],
        description: 'so it is',
        link: '/res-edge/rollouts/r-1',
      });
  });

  it('tells nothing of rings, and of who wrote YAML nobody knows', async () => {
    const { told, news, store, write, rollout } = await createNews();
    await write('plugin:res-edge', '1.0.1', 'IMDb');
    await store.save(rollout('running'), [
      { at: AT, ring: 'beta', from: 'soaking', to: 'done', cause: 'healthy' },
    ]);
    expect(told).toEqual([]);
    await news.tellWaiting(rollout('running'), 'Promote imdb');
    expect(told).toMatchObject([
      { to: ['group:default/pos-team'], description: 'Promote imdb' },
    ]);
  });

  it('tells nobody of an application that is gone', async () => {
    const { told, move } = await createNews();
    await move('done');
    expect(told).toMatchObject([{ to: [] }]);
  });
});
