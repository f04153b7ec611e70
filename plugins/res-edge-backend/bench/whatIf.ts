/* eslint-disable no-console */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { EdgeEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { DeliveredBenchFleet } from './fleet/DeliveredBenchFleet';
import { timed } from './fleet/timed';

/*
 * How long it takes to say what a change of 60,000 delivered clusters would cause. `npm run bench -- whatIf` at the root
 * runs it.
 */
const CLUSTERS = Number(process.env.CLUSTERS ?? 60_000);
const APPLICATIONS = Number(process.env.APPLICATIONS ?? 100);
const ROUNDS = 5;

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'res-edge-bench-'));

async function main() {
  const fleet = await DeliveredBenchFleet.create(
    path.join(work, 'gitops.git'),
    CLUSTERS,
    APPLICATIONS,
  );
  const { plan } = await timed('first delivery', () => fleet.deliver());
  // Once more: shards and locks are on main now.
  await fleet.deliver();

  async function ask(label: string, ...written: EdgeEntity[]) {
    for (let round = 1; round <= ROUNDS; round++) {
      const { totals, delivery, files } = await timed(
        `${label}, ${round}`,
        () => fleet.whatIf(...written),
      );
      if (round === 1)
        console.log(
          `  ${JSON.stringify({ ...totals, delivery, files: files.length })}`,
        );
    }
  }

  const { clusters } = plan.snapshot;
  const cluster = clusters[clusters.length >> 1];
  const { metadata, spec } = cluster;
  await ask('a value of one cluster', {
    ...cluster,
    spec: { ...spec, values: { ...spec.values, posHost: 'changed' } },
  });
  await ask('one cluster moves to another city', {
    ...cluster,
    spec: { ...spec, groups: ['geo.west.s0.c0', ...spec.groups!.slice(1)] },
  });
  await ask('one cluster comes', {
    ...cluster,
    metadata: { ...metadata, name: 'store-added' },
  });
  const group = fleet.group(fleet.groupNames()[1]);
  await ask(`a value of group ${group.metadata.name}`, {
    ...group,
    spec: { ...group.spec, values: { greeting: 'changed' } },
  });
  const [[name]] = plan.applications;
  const application = fleet.application(name);
  await ask(`a version of ${name}`, {
    ...application,
    spec: { ...application.spec, version: '9.0.0' },
  });
}

main()
  .catch(error => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => fs.rmSync(work, { recursive: true, force: true }));
