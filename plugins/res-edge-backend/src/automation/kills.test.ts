import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import knexFactory, { Knex } from 'knex';
import { migrationsFolder } from '../database/openDatabase';
import { SmallGitHubFleet } from './__testUtils__/SmallGitHubFleet';

const TRANSFORM = require.resolve('@backstage/cli/config/nodeTransform.cjs');
const RUN = path.join(__dirname, '__testUtils__/runFleet.ts');
/** After so many requests to the server the process is killed; the last run is left alone. */
const KILLS = [2, 5, 8];

jest.setTimeout(600_000);

describe('a backend that is killed', () => {
  let small: SmallGitHubFleet;
  let knex: Knex;

  beforeEach(async () => {
    small = await SmallGitHubFleet.create();
    const filename = path.join(small.folder, 'database.sqlite');
    knex = knexFactory({
      client: 'better-sqlite3',
      connection: { filename },
      useNullAsDefault: true,
    });
  });

  afterEach(async () => {
    await knex.destroy();
    await small.remove();
  });

  /** @returns how the process ended */
  async function run(killAt?: number): Promise<string> {
    const { server, folder } = small;
    const child = spawn(
      process.execPath,
      [
        ...['--require', TRANSFORM, RUN],
        ...[server.host, folder, path.join(folder, 'database.sqlite')],
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const asked = server.requests.length;
    server.fault = ({ number }) => {
      if (killAt !== undefined && number - asked === killAt)
        child.kill('SIGKILL');
      return undefined;
    };
    const words: Buffer[] = [];
    child.stderr.on('data', chunk => words.push(chunk));
    const [status, signal] = await once(child, 'close');
    server.fault = () => undefined;
    if (status === 1) throw new Error(Buffer.concat(words).toString('utf8'));
    // What it held goes with time.
    await knex('leases').update({ expires_at: 0 });
    return signal ?? String(status);
  }

  it('is finished by the next', async () => {
    await knex.migrate.latest({ directory: migrationsFolder });
    await (await small.open(knex, { direct: ['*'] })).sync();
    for (const killAt of KILLS) {
      small.banner += 1;
      small.pageSize += 1;
      await small.register();
      expect(await run(killAt)).toBe('SIGKILL');
    }
    expect(await run()).toBe('0');
    const fleet = await small.open(knex);
    await fleet.automation.run('test');
    await expect(small.assertWhole(fleet)).resolves.toBeUndefined();
  });
});
