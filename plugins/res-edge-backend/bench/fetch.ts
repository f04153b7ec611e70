/* eslint-disable no-console */
import { LoggerService } from '@backstage/backend-plugin-api';
import { execFile } from 'node:child_process';
import { Knex } from 'knex';
import fs from 'node:fs';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { serveGit } from '../src/__testUtils__/gitServer/serveGit';
import {
  PulledArtifact,
  pullArtifact,
  TestRegistry,
} from '../src/__testUtils__/registry';
import { ArtifactDelivery } from '../src/automation/ArtifactDelivery';
import { createArtifactDelivery } from '../src/automation/createArtifactDelivery';
import { DEFAULT_RETENTION } from '../src/automation/DeliveryRetention';
import { ArtifactUnit } from '../src/automation/shardArtifacts';
import { DatabaseArtifactStore, DatabaseStateStore } from '../src/database';
import { CountedLine } from './fleet/CountedLine';
import { DeliveredBenchFleet } from './fleet/DeliveredBenchFleet';
import { plainGit } from './fleet/plainGit';
import { timed } from './fleet/timed';
import { openBenchDatabase, startSqlite } from './service/BenchDatabase';

/*
 * What one cluster's fetch takes, by the branch of its shard and by OCI artifacts: first, after a release, and where nothing
 * changed; and what pushing the artifacts of the shard takes. `npm run bench -- fetch` at the root runs it. It needs
 * docker-registry.
 */
const CLUSTERS = Number(process.env.CLUSTERS ?? 60_000);
const APPLICATIONS = Number(process.env.APPLICATIONS ?? 100);
const SHARD = 'shard-001';
const BRANCH = `delivery/${SHARD}`;

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'res-edge-bench-'));
const folder = path.join(work, 'gitops.git');

/** Not in this process: it serves what is asked for. */
const git = (...args: string[]) => promisify(execFile)('git', args);

const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;

function tell(what: string, bytes: number) {
  console.log(`  ${what.padEnd(60)} ${kilobytes(bytes).padStart(12)}`);
}

const silent = () => {};
/** What is measured is told by itself. */
const logger: LoggerService = {
  ...{ info: silent, warn: silent, error: silent, debug: silent },
  child: () => logger,
};

async function main() {
  const fleet = await DeliveredBenchFleet.create(
    folder,
    CLUSTERS,
    APPLICATIONS,
  );
  let { result, plan } = await fleet.deliver();
  const registry = await TestRegistry.create();
  const server = createServer((request, response) => {
    serveGit(work, request, response).catch(error => response.destroy(error));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const toGit = await CountedLine.to(port);
  const toRegistry = await CountedLine.to(Number(registry.host.split(':')[1]));

  const databases: Knex[] = [];
  /** With leases of its own: who pushes in turn with others asks again what the registry has. */
  const newStores = async () => {
    const own = fs.mkdtempSync(path.join(work, 'database-'));
    const knex = await openBenchDatabase(startSqlite(own).config);
    databases.push(knex);
    return {
      state: DatabaseStateStore.create({ knex }),
      artifactStoreOf: (address: string) =>
        DatabaseArtifactStore.create({ knex, registry: address }),
    };
  };
  const pusherOf = async (per: ArtifactUnit) =>
    createArtifactDelivery(
      {
        ...{ repository: fleet.repository, logger, ...(await newStores()) },
        retention: DEFAULT_RETENTION,
        delivery: {
          read: async () => result.after,
          tips: async () => [
            {
              branch: BRANCH,
              commit: (await fleet.repository.resolve(BRANCH))!,
              delivered: result.after.get(SHARD)!,
            },
          ],
        },
      },
      {
        address: { host: registry.host, path: 'fleet' },
        ...{ insecure: true, per, concurrency: 8 },
      },
    );
  const pushers = [await pusherOf('cluster'), await pusherOf('shard')];
  const push = async () => {
    for (const [index, pusher] of pushers.entries()) {
      const before = registry.requests.length;
      let pushed = 0;
      await timed(
        `push, ${['a cluster each', 'the shard'][index]}`,
        async () => {
          pushed = await pusher.push();
        },
      );
      const requests = registry.requests.length - before;
      console.log(`  ${pushed} artifacts by ${requests} requests`);
    }
  };
  const clone = path.join(work, 'clone.git');
  const url = `http://${toGit.host}/gitops.git`;
  const cloneAnew = (target: string) =>
    git(
      ...['clone', '--bare', '--quiet', '--depth=1', '--single-branch'],
      ...['--branch', BRANCH, url, target],
    );
  const pull = (name: string) =>
    pullArtifact(`${toRegistry.host}/fleet/${name}`);
  const head = (name: string) =>
    fetch(`http://${toRegistry.host}/v2/fleet/${name}/manifests/latest`, {
      method: 'HEAD',
      headers: { accept: 'application/vnd.oci.image.manifest.v1+json' },
    });

  const commits = await fleet.repository.branches('delivery/');
  const looked = ArtifactDelivery.create({
    ...{ repository: fleet.repository, per: 'cluster', concurrency: 8, logger },
    delivery: {
      read: async () => result.after,
      tips: async () =>
        [...result.after].map(([shard, delivered]) => {
          const branch = `delivery/${shard}`;
          return { branch, commit: commits.get(branch)!, delivered };
        }),
    },
    state: (await newStores()).state,
    store: { note: async () => {} },
    retention: { expire: async () => new Set() },
    pusher: {
      isPushed: async () => true,
      upload: async () => {
        throw new Error('All is pushed');
      },
      publish: async () => {},
    },
  });
  await timed(`look at ${CLUSTERS} clusters, but for the registry`, () =>
    looked.push(),
  );
  await timed('  and again', () => looked.push());

  const names = [...result.after.get(SHARD)!.clusters.keys()];
  console.log(`${CLUSTERS} clusters, ${names.length} of them in ${SHARD}`);
  await push();
  const before = (await fleet.repository.resolve(BRANCH))!;
  const pulled = new Map<string, PulledArtifact>();
  const first = await toRegistry.bytesOf(async () => {
    for (const name of names) pulled.set(name, await pull(`clusters/${name}`));
  });
  console.log('the first fetch of a cluster');
  tell('Git, depth 1', await toGit.bytesOf(() => cloneAnew(clone)));
  tell('an artifact for each cluster, in the mean', first / names.length);
  tell(
    'an artifact for the shard',
    await toRegistry.bytesOf(() => pull(`shards/${SHARD}`)),
  );

  const [application] = [...plan.applications.keys()];
  await fleet.promote(application, '2.0.0');
  ({ result, plan } = await fleet.deliver());
  const moved = new Set(
    plainGit(folder, 'diff', '--name-only', before, BRANCH)
      .split('\n')
      .flatMap(file => /^clusters\/([^/]+)\//.exec(file)?.[1] ?? []),
  );
  console.log(`a release of ${application}: ${moved.size} clusters change`);
  await push();
  const changed = names.filter(name => moved.has(name));
  const unchanged = names.filter(name => !moved.has(name));
  tell(
    'Git, depth 1, anew as Flux does',
    await toGit.bytesOf(() => cloneAnew(path.join(work, 'anew.git'))),
  );
  tell(
    'Git, depth 1, what is missing',
    await toGit.bytesOf(() =>
      git(
        ...['-C', clone, 'fetch', '--quiet', '--depth=1', 'origin'],
        `+refs/heads/${BRANCH}:refs/heads/${BRANCH}`,
      ),
    ),
  );
  const after = await toRegistry.bytesOf(async () => {
    for (const name of changed) await pull(`clusters/${name}`);
  });
  tell('its own artifact, one that changes', after / changed.length);
  const same = await toRegistry.bytesOf(async () => {
    for (const name of unchanged) await head(`clusters/${name}`);
  });
  tell('its own artifact, one that does not', same / unchanged.length);
  tell(
    'an artifact for the shard',
    await toRegistry.bytesOf(() => pull(`shards/${SHARD}`)),
  );
  for (const name of unchanged) {
    const { digest } = await pull(`clusters/${name}`);
    if (digest !== pulled.get(name)!.digest) {
      throw new Error(`${name} does not change, and its tag moved`);
    }
  }
  console.log('nothing changed');
  tell(
    'Git, where the branch stands',
    await toGit.bytesOf(() => git('ls-remote', url, `refs/heads/${BRANCH}`)),
  );

  toGit.close();
  toRegistry.close();
  server.closeAllConnections();
  server.close();
  for (const knex of databases) await knex.destroy();
  await registry.close();
}

main()
  .catch(error => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => fs.rmSync(work, { recursive: true, force: true }));
