/* eslint-disable no-console */
/**
 * What a pull request on GitHub takes, by the number of files that it changes: requests to the API, and how long they take
 * at the pace that GitHub asks for. The server is a stand-in on this machine, over a real repository.
 *
 * Usage: npm run bench -- pull-requests
 */
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import assert from 'node:assert';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  TestGitServer,
  TOKEN,
} from '../src/__testUtils__/gitServer/TestGitServer';
import { BOT } from '../src/automation/bot';
import { openTarget } from '../src/target';

const COUNTS = (process.env.FILES ?? '1,100,3000,6000').split(',').map(Number);
/** Of a manifest of the retail fleet. */
const FILE_BYTES = 1500;
const PROPOSAL = 'res-edge/application/imdb';

const none = () => undefined;
const logger = {
  ...{ error: none, warn: none, info: none, debug: none },
  child: () => logger,
} as never;
/** Takes jobs as they come: the pace is reckoned, not waited for. */
const unlimited = {
  key: () => ({
    schedule: (_: object, job: (...args: []) => unknown, ...args: []) =>
      job(...args),
  }),
};

function fileOf(index: number, round: string) {
  const line = `# ${round} ${index}\n`;
  return {
    path: `apps/imdb/versions/2.0.0/${String(index).padStart(5, '0')}.yaml`,
    content: line.repeat(Math.ceil(FILE_BYTES / line.length)),
  };
}

async function measure(count: number, folder: string, server: TestGitServer) {
  const config = new ConfigReader({
    integrations: {
      github: [
        {
          host: server.host,
          apiBaseUrl: `http://${server.host}/api/v3`,
          token: TOKEN,
        },
      ],
    },
    resEdge: { git: { type: 'github', url: server.url, folder } },
  });
  const { repository, pullRequests } = await openTarget({
    config,
    integrations: ScmIntegrations.fromConfig(config),
    logger,
    reviewersOf: async () => ({ users: [], teams: [] }),
    pace: {
      throttle: { write: unlimited, notifications: unlimited } as never,
      retry: {},
    },
  });
  await repository.fetch();
  const parent = await repository.commit({
    ...{ branch: 'main', parent: undefined, message: 'Begin', author: BOT },
    changes: [fileOf(-1, 'main')],
  });
  const round = async (text: string, files: number, head?: string) => {
    server.requests.length = 0;
    const commit = await repository.commit({
      ...{ branch: PROPOSAL, parent, message: text, author: BOT },
      expected: { commit: head },
      changes: Array.from({ length: files }, (_, index) => fileOf(index, text)),
    });
    const known = (await pullRequests!.listOpen()).get(PROPOSAL);
    const draft = { branch: PROPOSAL, title: 'x', text, owners: [] };
    if (known) await pullRequests!.update(known, draft);
    else await pullRequests!.open(draft);
    assert.strictEqual(
      await server.git('rev-parse', `refs/heads/${PROPOSAL}`),
      commit,
    );
    const api = server.requests.filter(({ path: asked }) =>
      asked.startsWith('/api/'),
    );
    const writes = api.filter(({ method }) => method !== 'GET').length;
    const pushed = server.requests.length > api.length;
    console.log(
      `${String(files).padStart(6)} files, ${text.padEnd(6)}: ${String(
        api.length,
      ).padStart(3)} calls, ${writes} of them writes: at least ${writes - 1} s${
        pushed ? ', and a git push' : ''
      }`,
    );
    return commit;
  };
  const head = await round('opened', count);
  await round('anew', count, head);
}

async function main() {
  for (const count of COUNTS) {
    const server = await TestGitServer.create();
    const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-bench-'));
    await measure(count, path.join(folder, 'copy.git'), server);
    await server.close();
    await fs.rm(folder, { recursive: true, force: true });
  }
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
