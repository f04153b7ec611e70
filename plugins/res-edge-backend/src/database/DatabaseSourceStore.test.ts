import { TestDatabases } from '@backstage/backend-test-utils';
import { DatabaseInventoryStore } from './DatabaseInventoryStore';
import { DatabaseSourceStore } from './DatabaseSourceStore';
import { migrationsFolder } from './openDatabase';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

jest.setTimeout(60_000);

const ANN = 'user:default/ann';

describe.each(databases.eachSupportedId())(
  'DatabaseSourceStore, %p',
  databaseId => {
    let now = new Date('2026-11-20T12:00:00Z');

    async function createStores() {
      const knex = await databases.init(databaseId);
      await knex.migrate.latest({ directory: migrationsFolder });
      return {
        sources: DatabaseSourceStore.create({ knex, now: () => now }),
        inventory: DatabaseInventoryStore.create({ knex }),
      };
    }

    it('keeps the same files once, in whatever order they come', async () => {
      const { sources } = await createStores();
      const files = new Map([
        ['kustomization.yaml', 'resources: [a.yaml]\n'],
        ['a.yaml', 'ä\u2028'],
      ]);
      const digest = await sources.put(files, ANN);
      expect(digest).toMatch(/^[0-9a-f]{64}$/);
      const reversed = new Map([...files].reverse());
      await expect(sources.put(reversed, 'user:default/bob')).resolves.toBe(
        digest,
      );
      await expect(sources.get(digest)).resolves.toEqual(files);
      await expect(sources.get('0'.repeat(64))).resolves.toBeUndefined();
      await expect(
        sources.put(new Map([['a.yaml', 'other']]), ANN),
      ).resolves.not.toBe(digest);
    });

    it('forgets what is old and named by no entity', async () => {
      const { sources, inventory } = await createStores();
      const put = (text: string) => sources.put(new Map([['a', text]]), ANN);
      const [used, unused, again] = [
        await put('used'),
        await put('unused'),
        await put('again'),
      ];
      await inventory.apply(
        [
          {
            action: 'create',
            kind: 'EdgeApplication',
            name: 'imdb',
            entity: {
              apiVersion: 'res-edge.io/v1alpha1',
              kind: 'EdgeApplication',
              metadata: { name: 'imdb', namespace: 'default' },
              spec: {
                owner: 'group:default/pos-team',
                source: { path: `./sources/${used}` },
                version: '1.0.0',
              },
            },
          },
        ],
        { actor: ANN, origin: { type: 'api' } },
      );
      const until = now;
      now = new Date('2026-11-21T12:00:00Z');
      await put('again');

      await expect(sources.expire(until)).resolves.toBe(1);
      await expect(sources.get(unused)).resolves.toBeUndefined();
      await expect(sources.get(used)).resolves.toBeDefined();
      await expect(sources.get(again)).resolves.toBeDefined();
    });
  },
);
