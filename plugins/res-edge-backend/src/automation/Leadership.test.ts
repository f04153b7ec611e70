import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseStateStore, openDatabase } from '../database';
import { Leadership } from './Leadership';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

async function until(isSo: () => boolean) {
  while (!isSo()) await sleep(10);
}

describe.each(databases.eachSupportedId())('Leadership, %p', databaseId => {
  it('is one replica, and another one when it falls silent or ends', async () => {
    const knex = await openDatabase(
      mockServices.database({
        knex: await databases.init(databaseId),
        migrations: { skip: false },
      }),
    );
    const state = DatabaseStateStore.create({ knex });
    /** As if the network of this replica alone could break. */
    const network = { isUp: true };
    const create = (isUp: () => boolean) => {
      const reach = async <T>(call: () => Promise<T>) => {
        if (!isUp()) throw new Error('No network');
        return call();
      };
      return Leadership.create({
        state: {
          acquireLease: (...of) => reach(() => state.acquireLease(...of)),
          renewLease: (...of) => reach(() => state.renewLease(...of)),
          releaseLease: of => state.releaseLease(of),
        },
        logger: mockServices.logger.mock(),
        leaseMilliseconds: 500,
        onGain: () => {},
      });
    };
    const one = create(() => network.isUp);
    const other = create(() => true);
    one.start();
    await until(() => one.isLeader());
    other.start();

    network.isUp = false;
    await until(() => other.isLeader());
    expect(one.isLeader()).toBe(false);

    network.isUp = true;
    await other.stop();
    expect(other.isLeader()).toBe(false);
    await until(() => one.isLeader());
    await one.stop();
  });
});
