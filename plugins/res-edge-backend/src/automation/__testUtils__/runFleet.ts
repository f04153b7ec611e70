/**
 * Runs a backend's automation once, in a process of its own, for tests that kill it. Arguments: the address of the server,
 * the folder, and the file of the database.
 */
import './withoutJest';
import knexFactory from 'knex';
import { openSmallFleet } from './openSmallFleet';

async function run(host: string, folder: string, database: string) {
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename: database },
    useNullAsDefault: true,
  });
  const fleet = await openSmallFleet(knex, { host, folder });
  await fleet.sync();
  await knex.destroy();
}

const [host, folder, database] = process.argv.slice(2);
run(host, folder, database).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
