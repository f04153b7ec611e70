/* eslint-disable no-console */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DeliveryRetention } from '../src/automation/DeliveryRetention';
import { DeliveredBenchFleet } from './fleet/DeliveredBenchFleet';
import { megabytes } from './fleet/DeliverySteps';
import { cloneBytes, packedBytes } from './fleet/plainGit';

/*
 * How a delivery branch grows with releases, one a day, where it begins anew and where it does not.
 * `npm run bench -- growth` at the root runs it.
 */
const CLUSTERS = Number(process.env.CLUSTERS ?? 200);
const APPLICATIONS = Number(process.env.APPLICATIONS ?? 20);
const RELEASES = Number(process.env.RELEASES ?? 100);
const DAY = 24 * 60 * 60 * 1000;
const BRANCH = 'delivery/shard-001';

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'res-edge-bench-'));

async function grow(label: string, retention: DeliveryRetention) {
  const folder = path.join(work, `${retention.history}.git`);
  const clone = path.join(work, 'clone.git');
  const fleet = await DeliveredBenchFleet.create(
    folder,
    CLUSTERS,
    APPLICATIONS,
    retention,
  );
  const tell = async (releases: number) => {
    await fleet.repository.maintain();
    console.log(
      `  after ${releases} releases: repository ${megabytes(
        packedBytes(folder),
      )}, clone of the shard ${megabytes(
        cloneBytes(folder, BRANCH, clone),
      )}, shallow ${megabytes(cloneBytes(folder, BRANCH, clone, '--depth=1'))}`,
    );
  };
  console.log(label);
  const { plan } = await fleet.deliver();
  await tell(0);
  const names = [...plan.applications.keys()];
  for (let release = 1; release <= RELEASES; release++) {
    fleet.passDays(1);
    await fleet.promote(names[release % names.length], `2.${release}.0`);
    await fleet.deliver();
    if (release % (RELEASES / 4) === 0) await tell(release);
  }
}

async function main() {
  console.log(`${CLUSTERS} clusters, ${APPLICATIONS} applications`);
  const retention = 30 * DAY;
  await grow('begins anew after 25 commits', { history: 25, retention });
  await grow('never begins anew', { history: 10 * RELEASES, retention });
}

main()
  .catch(error => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => fs.rmSync(work, { recursive: true, force: true }));
