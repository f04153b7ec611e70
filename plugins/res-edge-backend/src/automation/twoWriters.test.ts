import { TestDatabases } from '@backstage/backend-test-utils';
import { migrationsFolder } from '../database/openDatabase';
import { SmallGitHubFleet } from './__testUtils__/SmallGitHubFleet';
import { TestFleet } from './__testUtils__/TestFleet';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

jest.setTimeout(600_000);

describe('two backends that know nothing of each other, on one repository', () => {
  let small: SmallGitHubFleet;

  beforeEach(async () => {
    small = await SmallGitHubFleet.create();
  });

  afterEach(() => small.remove());

  async function open(copy: string, direct?: string[]): Promise<TestFleet> {
    // Each has a database, so that no lease keeps one from writing.
    const knex = await databases.init('SQLITE_3');
    await knex.migrate.latest({ directory: migrationsFolder });
    return small.open(knex, { copy, direct });
  }

  it('come to rest on the same, with one pull request', async () => {
    await (await open('first.git', ['*'])).sync();
    const writers = [await open('one.git'), await open('other.git')];
    for (let round = 1; round <= 3; round++) {
      small.banner = round;
      small.pageSize = 100 + round;
      await small.register();
      // Who is slower at a branch fails, and reads again.
      await Promise.allSettled(writers.map(writer => writer.sync()));
      for (const writer of writers) await writer.sync();
      for (const writer of writers) {
        await writer.automation.run('test');
        await expect(small.assertWhole(writer)).resolves.toBeUndefined();
      }
      expect(await small.server.api.pulls.all()).toHaveLength(1);
    }
    // Three rounds, and none of them to and fro.
    const commits = await small.server.git(
      ...['rev-list', '--count', 'delivery/stores-001'],
    );
    expect(Number(commits)).toBeLessThanOrEqual(4);
  });
});
