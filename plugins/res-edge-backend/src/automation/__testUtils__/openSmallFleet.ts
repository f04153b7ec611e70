import { Knex } from 'knex';
import path from 'node:path';
import { openTestTarget } from '../../__testUtils__/gitServer/openTestTarget';
import { TOKEN } from '../../__testUtils__/gitServer/TestGitServer';
import { GitRemote } from '../../git';
import { createTestFleet, TestFleet } from './TestFleet';

/** The environment of its stores, which has a repository of its own. */
export const ENVIRONMENT = 'stores';

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
  const password = Buffer.from(`x:${TOKEN}`).toString('base64');
  const remote = GitRemote.create({
    url: `http://${host}/fleet/${ENVIRONMENT}`,
    headers: async () => ({ Authorization: `Basic ${password}` }),
  });
  return createTestFleet({
    knex,
    yamlFolder: path.join(folder, 'fleet'),
    gitFolder,
    direct,
    environments: [{ name: ENVIRONMENT, environments: ['prod'], remote }],
    target: await openTestTarget(server, gitFolder),
  });
}
