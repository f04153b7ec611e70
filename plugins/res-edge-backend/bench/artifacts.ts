/* eslint-disable no-console */
import { LoggerService } from '@backstage/backend-plugin-api';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { RegistryProcess } from '../src/__testUtils__/registry/RegistryProcess';
import { ArtifactDelivery } from '../src/automation/ArtifactDelivery';
import { createArtifactDelivery } from '../src/automation/createArtifactDelivery';
import { DEFAULT_RETENTION } from '../src/automation/DeliveryRetention';
import { DatabaseArtifactStore, DatabaseStateStore } from '../src/database';
import { ArtifactPusher, RegistryClient } from '../src/oci';
import { DeliveredBenchFleet } from './fleet/DeliveredBenchFleet';
import { timed } from './fleet/timed';
import { openBenchDatabase, startSqlite } from './service/BenchDatabase';

/*
 * What it takes to push an artifact for each cluster of the whole fleet to Debian's docker-registry on loopback: first, after a
 * release, after a start; and what it would take without knowing what is pushed. `npm run bench -- artifacts` at the root runs
 * it.
 */
const CLUSTERS = Number(process.env.CLUSTERS ?? 60_000);
const APPLICATIONS = Number(process.env.APPLICATIONS ?? 100);
/** So many clusters are pushed without that knowledge: each takes the same. */
const NAIVE = 1_000;

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'res-edge-bench-'));

const silent = () => {};
/** What is measured is told by itself. */
const logger: LoggerService = {
  ...{ info: silent, warn: silent, error: silent, debug: silent },
  child: () => logger,
};

let requests = 0;
const { fetch } = globalThis;
globalThis.fetch = (...options) => {
  requests++;
  return fetch(...options);
};

async function main() {
  const fleet = await DeliveredBenchFleet.create(
    path.join(work, 'gitops.git'),
    CLUSTERS,
    APPLICATIONS,
  );
  let { result, plan } = await fleet.deliver();
  const registry = await RegistryProcess.start({ deletes: true });
  const { host, port } = registry.address;
  const knex = await openBenchDatabase(startSqlite(work).config);
  const address = { host: `${host}:${port}`, path: 'fleet' };
  const state = DatabaseStateStore.create({ knex });
  const { repository } = fleet;
  const delivery = {
    read: async () => result.after,
    tips: async () => {
      const commits = await repository.branches('delivery/');
      return [...result.after].map(([shard, delivered]) => {
        const branch = `delivery/${shard}`;
        return { branch, commit: commits.get(branch)!, delivered };
      });
    },
  };
  const newProcess = () =>
    createArtifactDelivery(
      {
        ...{ repository, delivery, state, logger },
        artifactStoreOf: of =>
          DatabaseArtifactStore.create({ knex, registry: of }),
        retention: DEFAULT_RETENTION,
      },
      { address, insecure: true, per: 'cluster', concurrency: 8 },
    );

  console.log(`${CLUSTERS} clusters, ${result.after.size} shards`);
  const first = newProcess();
  await push('first push', first);
  await push('nothing changed', first);
  const [application] = [...plan.applications.keys()];
  await fleet.promote(application, '2.0.0');
  ({ result, plan } = await fleet.deliver());
  await push('a release', first);
  await push('after a start', newProcess());

  const pusher = ArtifactPusher.create({
    registry: RegistryClient.create({ address, insecure: true }),
  });
  const tips = await delivery.tips();
  const naive = ArtifactDelivery.create({
    ...{ repository, state, logger, per: 'cluster', concurrency: 8 },
    delivery: {
      ...delivery,
      tips: async () => tips.slice(0, Math.ceil(NAIVE / 1_000)),
    },
    store: { note: async () => {} },
    retention: { expire: async () => new Set() },
    pusher: {
      isPushed: async () => false,
      upload: (...options) => pusher.upload(...options),
      publish: (...options) => pusher.publish(...options),
    },
  });
  await push('without knowing what is pushed, a part', naive);
  await knex.destroy();
  await registry.stop();
}

const megabytes = () => Math.round(process.memoryUsage.rss() / 1024 / 1024);

async function push(label: string, artifacts: ArtifactDelivery) {
  requests = 0;
  let pushed = 0;
  const before = megabytes();
  let most = before;
  const memory = setInterval(() => {
    most = Math.max(most, megabytes());
  }, 1_000);
  // The first one takes long.
  const sign = setInterval(() => {
    console.error(`  … ${requests} requests so far`);
  }, 60_000);
  await timed(label, async () => {
    pushed = await artifacts.push();
  });
  clearInterval(memory);
  clearInterval(sign);
  console.log(
    `  ${pushed} artifacts by ${requests} requests; ${before} MB before, ${most} MB at most`,
  );
}

main()
  .catch(error => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => fs.rmSync(work, { recursive: true, force: true }));
