/* eslint-disable no-console */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  EdgeEntity,
  Selector,
} from '@res-edge/backstage-plugin-res-edge-common';
import { benchFleet } from '../../res-edge-engine/bench/fleet/benchFleet';
import { DatabaseInventoryStore, Mutation } from '../src/database';
import { DeliveredBenchFleet } from './fleet/DeliveredBenchFleet';
import { timed } from './fleet/timed';
import {
  BenchDatabase,
  openBenchDatabase,
  startPostgres,
  startSqlite,
} from './service/BenchDatabase';
import { BenchServer } from './service/BenchServer';
import { BenchRequest, measureRequests } from './service/measureRequests';

/*
 * The data service with 60,000 clusters and 100 applications: how long all of them take into the database, from there to
 * the first plan, and what those who ask over HTTP wait for. `npm run bench -- service` at the root runs it.
 *
 * CLUSTERS, APPLICATIONS, USERS and REQUESTS change the size; ONLY=sqlite or ONLY=postgres takes one database.
 */
const CLUSTERS = Number(process.env.CLUSTERS ?? 60_000);
const APPLICATIONS = Number(process.env.APPLICATIONS ?? 100);
const USERS = Number(process.env.USERS ?? 20);
const REQUESTS = Number(process.env.REQUESTS ?? 1_000);

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'res-edge-bench-'));
const repository = path.join(work, 'gitops.git');
const fleet = benchFleet(CLUSTERS, APPLICATIONS);
const { groups, clusters, decisions } = fleet;
const groupNames = groups.map(({ metadata }) => metadata.name);

const createOf = (entity: EdgeEntity): Mutation => ({
  action: 'create',
  kind: entity.kind,
  name: entity.metadata.name,
  entity,
});

async function load({ config }: BenchDatabase): Promise<void> {
  const knex = await openBenchDatabase(config);
  const inventory = DatabaseInventoryStore.create({ knex });
  const add = async (entities: readonly EdgeEntity[]) => {
    const { applied, results } = await inventory.apply(entities.map(createOf), {
      actor: 'user:default/bench',
      origin: { type: 'api' },
      atomic: true,
    });
    if (!applied) throw results.find(({ error }) => error)?.error;
  };
  try {
    await add([
      ...groups,
      ...[...decisions.namespaces.values()].map(({ entity }) => entity),
      ...[...decisions.applications.values()].map(({ entity }) => entity),
      ...decisions.policies.values(),
    ]);
    await timed(`batch of ${clusters.length} clusters`, () => add(clusters));
  } finally {
    await knex.destroy();
  }
}

/** Changes all of them: what is equal would not be written. */
async function writeOverHttp({ url }: BenchServer): Promise<void> {
  const lines = clusters.map(({ metadata, ...entity }) =>
    JSON.stringify({
      action: 'apply',
      entity: { ...entity, metadata: { ...metadata, title: 'Changed' } },
    }),
  );
  const response = await fetch(`${url}/v1/entities:batch?atomic=true`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-ndjson',
      accept: 'application/x-ndjson',
    },
    body: lines.join('\n'),
  });
  const [summary] = (await response.text()).trimEnd().split('\n').slice(-1);
  if (!response.ok || JSON.parse(summary).summary?.applied !== true) {
    throw new Error(`The batch was refused: ${response.status} ${summary}`);
  }
}

async function listAsLines({ url }: BenchServer): Promise<void> {
  const response = await fetch(`${url}/v1/entities?kind=EdgeCluster`, {
    headers: { accept: 'application/x-ndjson' },
  });
  const rows = (await response.text()).trimEnd().split('\n').length;
  if (rows !== CLUSTERS) throw new Error(`Only ${rows} lines came`);
}

/** Once; tells what the server works for it, too. */
async function once(
  label: string,
  server: BenchServer,
  task: (server: BenchServer) => Promise<void>,
): Promise<void> {
  const before = await server.usage();
  await timed(label, () => task(server));
  const { work: worked, peak } = await server.usage();
  console.log(
    `  the server worked ${((worked - before.work) / 1000).toFixed(
      2,
    )} s and had at most ${Math.round(peak / 2 ** 20)} MB`,
  );
}

/** The one of that number, over and over again. */
function among<T>(items: readonly T[], number: number): T {
  return items[number % items.length];
}

/** Hardly one like another: what is kept of the ones before is of no use. */
function selectorOf(number: number): Selector {
  const group = among(groupNames, number * 7);
  const size = among(['small', 'medium', 'large', 'flagship'], number);
  return among<Selector>(
    [
      { groups: [group] },
      { groups: ['geo', group], matchLabels: { size } },
      {
        expression: `cluster.attributes.lanes >= 2 && cluster.labels.size != "${size}"`,
      },
      {
        groups: [group],
        matchExpressions: [
          { key: 'grill', operator: 'In', values: ['acme3000', 'broil9'] },
        ],
        exclude: [among(clusters, number * 31).metadata.name],
      },
      {
        matchExpressions: [{ key: 'number', operator: 'Ge', values: [number] }],
      },
      `cluster.attributes.grill.exists(g, g.startsWith("acme${
        number % 40
      }")) || cluster.labels.ring == "beta"`,
    ],
    number,
  );
}

const list = (parameters: Record<string, string>): BenchRequest => ({
  path: `/v1/entities?${new URLSearchParams(parameters)}`,
});

const EVERYTHING = 'shard,groups,namespaces,applications,values,usage';

/** What is asked for, by what it is called. */
const REQUESTS_OF: Readonly<Record<string, (number: number) => BenchRequest>> =
  {
    'preview of a selector': number => ({
      path: '/v1/selectors/preview',
      body: { selector: selectorOf(number) },
    }),
    'list of a group, 50 clusters': number =>
      list({ kind: 'EdgeCluster', group: among(groupNames, number) }),
    'list by words, 50 clusters': number =>
      list({ kind: 'EdgeCluster', search: `store-0${number % 500} beta` }),
    'list by filters, 50 clusters': number =>
      list({
        kind: 'EdgeCluster',
        filter: 'labels.ring=beta,spec.state!=retired',
        group: among(groupNames, number),
      }),
    'list sorted by time zone, 50 clusters': number =>
      list({
        kind: 'EdgeCluster',
        sort: among(['spec.timeZone', '-spec.timeZone'], number),
      }),
    'one cluster with everything': number =>
      list({
        kind: 'EdgeCluster',
        filter: `metadata.name=${among(clusters, number * 31).metadata.name}`,
        expand: EVERYTHING,
      }),
    'page of 20 clusters with everything': number =>
      list({
        kind: 'EdgeCluster',
        group: among(groupNames, number),
        limit: '20',
        expand: EVERYTHING,
      }),
  };

async function measure(database: BenchDatabase): Promise<void> {
  console.log(
    `\n${
      database.name
    }: ${CLUSTERS} clusters, ${APPLICATIONS} applications; load ${os
      .loadavg()[0]
      .toFixed(1)}`,
  );
  await load(database);
  const server = await BenchServer.start({
    database: database.config,
    repository,
  });
  try {
    for (const [label, requestOf] of Object.entries(REQUESTS_OF)) {
      await measureRequests(server, label, {
        users: USERS,
        requests: REQUESTS,
        requestOf,
      });
    }
    await once('all clusters as lines', server, listAsLines);
    await once(`batch of ${CLUSTERS} over HTTP`, server, writeOverHttp);
  } finally {
    await server.stop();
    await database.stop();
  }
}

async function main() {
  const only = process.env.ONLY;
  // Main, with all that is decided, and nothing delivered.
  await DeliveredBenchFleet.create(repository, CLUSTERS, APPLICATIONS);
  if (only !== 'postgres') await measure(startSqlite(work));
  if (only !== 'sqlite') await measure(await startPostgres());
}

main()
  .catch(error => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => fs.rmSync(work, { recursive: true, force: true }));
