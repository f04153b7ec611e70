import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { spawn } from 'node:child_process';
import { createRandom } from '../__testUtils__/createRandom';
import { migrationsFolder } from '../database/openDatabase';
import { Mortality } from './__testUtils__/Mortality';
import { SmallGitHubFleet } from './__testUtils__/SmallGitHubFleet';
import { TestFleet } from './__testUtils__/TestFleet';

jest.mock('node:child_process', () => ({
  ...jest.requireActual('node:child_process'),
  spawn: jest.fn(),
}));

const ANN = 'user:default/ann';
/** How often the process dies; with KILLS=100 it takes its time. */
const KILLS = Number(process.env.KILLS ?? 12);
const SEED = Number(process.env.SEED ?? 1);
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const mortality = new Mortality();

jest.setTimeout(3_600_000);

describe('a fleet on GitHub whose backend dies', () => {
  let small: SmallGitHubFleet;
  let knex: Knex;
  let fleet: TestFleet;

  beforeEach(async () => {
    const actual = jest.requireActual('node:child_process');
    jest
      .mocked(spawn)
      .mockImplementation(mortality.mortal(actual.spawn) as never);
    small = await SmallGitHubFleet.create();
    knex = await databases.init('SQLITE_3');
    await knex.migrate.latest({ directory: migrationsFolder });
    mortality.bindDatabase(knex);
    mortality.bindServer(small.server);
  });

  afterEach(async () => {
    mortality.live();
    await small.remove();
  });

  async function restart(): Promise<TestFleet> {
    mortality.live();
    // The dead one's lease runs out.
    await knex('leases').update({ expires_at: 0 });
    return small.open(knex);
  }

  async function registerAndSync() {
    await small.register();
    await fleet.sync();
  }

  const moves = {
    async propose() {
      small.pageSize += 1;
      await registerAndSync();
    },
    async direct() {
      small.banner += 1;
      await registerAndSync();
    },
    async both() {
      small.pageSize += 1;
      small.banner += 1;
      await registerAndSync();
    },
    async withdraw() {
      const decided = await fleet.read('main', 'apps/imdb/release.yaml');
      small.withdrawals++;
      small.pageSize = Number(/pageSize: "(\d+)"/.exec(decided!)![1]);
      await registerAndSync();
    },
    async merge() {
      const [request] = await fleet.stores.changeRequests.listOpen();
      if (!request) return;
      const { id, digest } = request;
      await fleet.automation.mergeChangeRequest(id, digest, ANN);
      await fleet.automation.run('test');
    },
    async mergeThere() {
      const { pulls } = small.server.api;
      const open = (await pulls.all()).find(({ state }) => state === 'open');
      if (open) await pulls.merge(open.number, {}, 'octocat');
      await fleet.automation.run('test');
    },
  };

  it(`is whole after each of ${KILLS} deaths`, async () => {
    const numbers = createRandom(SEED);
    const random = (below: number) => Math.floor(numbers() * below);
    await (await small.open(knex, { direct: ['*'] })).sync();
    fleet = await small.open(knex);
    await fleet.sync();
    await expect(small.assertWhole(fleet)).resolves.toBeUndefined();

    const names = Object.keys(moves) as (keyof typeof moves)[];
    const longest = new Map<string, number>();
    const deaths: string[] = [];
    while (deaths.length < KILLS) {
      const name = names[random(names.length)];
      const step = 1 + random(longest.get(name) ?? 150);
      const done = random(2) === 0;
      mortality.dieAt(step, done);
      await moves[name]().catch(() => undefined);
      // What it still does is in vain.
      await fleet.automation.run('test').catch(() => undefined);
      const { died } = mortality;
      if (died === undefined) longest.set(name, mortality.steps);
      else deaths.push(`${name}, step ${step}, done ${done}: ${died}`);
      fleet = await restart();
      await fleet.sync();
      const failure = await small.assertWhole(fleet).catch(String);
      expect([deaths.slice(-3), failure]).toEqual([
        deaths.slice(-3),
        undefined,
      ]);
    }
  });
});
