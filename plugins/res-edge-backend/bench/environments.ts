/* eslint-disable no-console */
import { mockServices } from '@backstage/backend-test-utils';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { EnvironmentRepositories } from '../src/automation/EnvironmentRepositories';
import { PlannedMain } from '../src/automation/PlannedMain';
import { MAIN } from '../src/automation/MainBranch';
import { DeliveredBenchFleet } from './fleet/DeliveredBenchFleet';
import { megabytes } from './fleet/DeliverySteps';
import { timed } from './fleet/timed';

/*
 * What it takes to bring the mains of two environments up to date, each with half of the clusters: with what is known
 * from the run before, and without. Pushing is not in it. `npm run bench -- environments` at the root runs it.
 */
const CLUSTERS = Number(process.env.CLUSTERS ?? 60_000);
const APPLICATIONS = Number(process.env.APPLICATIONS ?? 100);
const SHARD = 1000;

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'res-edge-bench-'));

/** Main as it is planned, with the shards of half of the clusters in each environment. */
function withShards({ main: decided, plan }: PlannedMain) {
  const shards = plan.snapshot.clusters.map(
    ({ metadata }, number): [string, string] => [
      metadata.name,
      `${number % 2 ? 'dev' : 'prod'}-${Math.floor(number / 2 / SHARD)}`,
    ],
  );
  return { plan, main: { ...decided, shards: new Map(shards) } };
}

async function main() {
  console.log(`${CLUSTERS} clusters, ${APPLICATIONS} applications`);
  const folder = path.join(work, 'gitops.git');
  const fleet = await DeliveredBenchFleet.create(
    folder,
    CLUSTERS,
    APPLICATIONS,
  );
  const { repository } = fleet;
  const open = () =>
    EnvironmentRepositories.create({
      repository,
      logger: mockServices.rootLogger(),
      environments: ['dev', 'prod'].map(name => ({
        ...{ name, environments: [name] },
        remote: {
          branches: async () => {
            const tip = await repository.resolve(`environment/${name}`);
            return new Map(tip ? [[MAIN, tip]] : []);
          },
          replace: async () => {},
        },
      })),
    });
  const kept = open();
  const update = async (label: string, environments = kept) => {
    const state = withShards(await fleet.plan());
    return timed(label, () => environments.update(state, async () => {}));
  };
  await update('both for the first time');
  await update('nothing changed');
  await update('nothing changed, nothing known', open());
  const [name] = (await fleet.plan()).plan.applications.keys();
  await fleet.promote(name, '2.0.0');
  await update('a version');
  await fleet.promote(name, '3.0.0');
  await update('a version, nothing known', open());
  const { rss } = process.memoryUsage();
  console.log(`memory of the process ${megabytes(rss)}`);
}

main()
  .catch(error => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => fs.rmSync(work, { recursive: true, force: true }));
