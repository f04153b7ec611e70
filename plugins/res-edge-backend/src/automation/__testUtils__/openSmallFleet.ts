import { Knex } from 'knex';
import path from 'node:path';
import { openTestTarget } from '../../__testUtils__/gitServer/openTestTarget';
import { createTestFleet, TestFleet } from './TestFleet';

/** A backend over the YAML of a small fleet, with a database and a copy of its own. */
export async function openSmallFleet(
  knex: Knex,
  options: {
    /** Of the server. */
    host: string;
    folder: string;
    direct?: string[];
    copy?: string;
  },
): Promise<TestFleet> {
  const {
    host,
    folder,
    direct = ['*/direct.yaml'],
    copy = 'copy.git',
  } = options;
  const gitFolder = path.join(folder, copy);
  const server = { host, url: `http://${host}/fleet/gitops` };
  return createTestFleet({
    knex,
    yamlFolder: path.join(folder, 'fleet'),
    gitFolder,
    direct,
    target: await openTestTarget(server, gitFolder),
  });
}
