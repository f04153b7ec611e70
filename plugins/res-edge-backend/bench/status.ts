/* eslint-disable no-console */
import { fork } from 'node:child_process';
import fs from 'node:fs';
import { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { ConfigReader } from '@backstage/config';
import express from 'express';
import { mockServices } from '@backstage/backend-test-utils';
import { DatabaseStatusStore } from '../src/database';
import { createStatusWebhooks } from '../src/status/createStatusWebhooks';
import { FleetStatus } from '../src/status/FleetStatus';
import { StatusKeys } from '../src/status/StatusKeys';
import {
  BenchDatabase,
  openBenchDatabase,
  startPostgres,
  startSqlite,
} from './service/BenchDatabase';

/*
 * What clusters report: 60,000 of them with 30 applications each, which is 3,200 reports a second where each Kustomization
 * reports every 10 minutes. `npm run bench -- status` at the root runs it.
 *
 * First without HTTP, what is taken in and written, round by round; then signed requests over the loopback, sent by another
 * process. CLUSTERS, APPLICATIONS, ROUNDS and REQUESTS change the size; ONLY=sqlite or ONLY=postgres takes one database.
 */
const CLUSTERS = Number(process.env.CLUSTERS ?? 60_000);
const APPLICATIONS = Number(process.env.APPLICATIONS ?? 30);
const ROUNDS = Number(process.env.ROUNDS ?? 6);
const REQUESTS = Number(process.env.REQUESTS ?? 30_000);
/** Reports between two writes: five seconds of the aim. */
const BETWEEN_WRITES = 15_000;
const INTERVAL = 600_000;
const KEY = 'the key of the benchmark, which nobody else has';

const clusterOf = (index: number) => `store-${index}`;
const applicationOf = (index: number) => `application-${index}`;

function createStatus(
  knex: Parameters<typeof DatabaseStatusStore.create>[0]['knex'],
  now: () => number,
) {
  const store = DatabaseStatusStore.create({ knex });
  return FleetStatus.create({
    store,
    subjects: () => ({
      hasCluster: () => true,
      hasApplication: () => true,
      hasRevision: () => true,
    }),
    limits: { staleAfter: 30 * 60_000, offlineAfter: 120 * 60_000 },
    logger: mockServices.rootLogger({ level: 'error' }),
    now,
  });
}

/** All reports of all clusters, one cluster after another: a commit, or the interval, wakes all that a cluster has. */
async function takeIn(
  status: FleetStatus,
  round: number,
  now: { at: number },
): Promise<void> {
  let taken = 0;
  for (let cluster = 0; cluster < CLUSTERS; cluster++) {
    for (let application = 0; application < APPLICATIONS; application++) {
      // In each second round one application has a new release.
      const release = application === 0 ? Math.floor(round / 2) : 0;
      status.receive({
        cluster: clusterOf(cluster),
        at: now.at,
        about: {
          application: applicationOf(application),
          revision: `revision-${application}-${release}`,
          condition: 'healthy',
        },
      });
      if (++taken % BETWEEN_WRITES === 0) {
        now.at += (INTERVAL * BETWEEN_WRITES) / (CLUSTERS * APPLICATIONS);
        await status.flush();
      }
    }
  }
  await status.flush();
}

function labelOf(round: number): string {
  if (round === 0) return 'all is new';
  return round % 2 ? 'nothing new' : 'a release';
}

async function rounds({ config }: BenchDatabase): Promise<void> {
  const knex = await openBenchDatabase(config);
  const now = { at: Date.parse('2026-11-20T12:00:00Z') };
  const status = createStatus(knex, () => now.at);
  for (let round = 0; round < ROUNDS; round++) {
    const cpu = process.cpuUsage();
    const start = performance.now();
    await takeIn(status, round, now);
    const { user, system } = process.cpuUsage(cpu);
    global.gc?.();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    const count = CLUSTERS * APPLICATIONS;
    const seconds = (user + system) / 1e6;
    console.log(
      `  ${labelOf(round).padEnd(12)} ${count} reports, ${seconds.toFixed(
        1,
      )} s of CPU: ${Math.round(count / seconds)} a second; ${(
        (performance.now() - start) /
        1000
      ).toFixed(1)} s by the clock; memory ${Math.round(
        (heapUsed + arrayBuffers) / 1e6,
      )} MB`,
    );
  }
  const again = createStatus(knex, () => now.at);
  const cpu = process.cpuUsage();
  await again.load();
  const { user } = process.cpuUsage(cpu);
  console.log(`  read after a restart: ${(user / 1e6).toFixed(1)} s of CPU`);
  await knex.destroy();
}

async function overHttp({ config }: BenchDatabase): Promise<void> {
  const knex = await openBenchDatabase(config);
  const status = createStatus(knex, Date.now);
  const app = express();
  app.use(
    createStatusWebhooks({
      status,
      keys: StatusKeys.fromConfig(
        new ConfigReader({ resEdge: { status: { key: KEY } } }),
      ),
      limits: { body: 256 * 1024, perMinute: REQUESTS },
    }),
  );
  const server = app.listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const writing = setInterval(() => status.flush().catch(() => {}), 5000);
  const sender = fork(path.join(__dirname, 'service/sendReports.ts'), {
    execArgv: process.execArgv,
    env: {
      ...process.env,
      KEY,
      URL: `http://127.0.0.1:${port}`,
      REQUESTS: String(REQUESTS),
      CLUSTERS: String(CLUSTERS),
    },
  });
  const waitFor = (word: string) =>
    new Promise<void>((resolve, reject) => {
      sender.on('message', message => message === word && resolve());
      sender.once('exit', code => code && reject(new Error('It ended')));
    });
  await waitFor('warm');
  const cpu = process.cpuUsage();
  const start = performance.now();
  sender.send('go');
  await waitFor('done');
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const work = (user + system) / 1e6;
  console.log(
    `  over HTTP    ${REQUESTS} reports, ${work.toFixed(
      1,
    )} s of CPU: ${Math.round(REQUESTS / work)} a second; ${seconds.toFixed(
      1,
    )} s by the clock; ${JSON.stringify(Object.fromEntries(status.received))}`,
  );
  clearInterval(writing);
  await status.flush();
  server.closeAllConnections();
  server.close();
  sender.kill();
  await knex.destroy();
}

async function main() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'res-edge-bench-'));
  const databases: Record<string, () => Promise<BenchDatabase>> = {
    sqlite: async () => startSqlite(folder),
    postgres: startPostgres,
  };
  for (const [name, start] of Object.entries(databases)) {
    if (process.env.ONLY && process.env.ONLY !== name) continue;
    const database = await start();
    console.log(`${database.name}, ${CLUSTERS} clusters:`);
    await rounds(database);
    await overHttp(database);
    await database.stop();
  }
  fs.rmSync(folder, { recursive: true, force: true });
}

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
