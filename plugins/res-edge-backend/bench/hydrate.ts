/* eslint-disable no-console */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { EdgeClusterEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { Snapshot } from '@res-edge/backstage-plugin-res-edge-engine';
import { DeliveredBenchFleet } from './fleet/DeliveredBenchFleet';
import { DeliverySteps, megabytes, tell, Touched } from './fleet/DeliverySteps';
import { cloneBytes } from './fleet/plainGit';
import { timed } from './fleet/timed';

/*
 * How long it takes to bring 60,000 clusters with 30 applications each to Git: first from nothing, then change by
 * change. `npm run bench -- hydrate` at the root runs it.
 */
const CLUSTERS = Number(process.env.CLUSTERS ?? 60_000);
const APPLICATIONS = Number(process.env.APPLICATIONS ?? 100);
/** Of how many clusters a change is, where it is one of many. */
const MANY = CLUSTERS / 3;
/** A namespace that selects one region. */
const REGIONAL = 'space-0';

/** Where a cluster moves to. */
const NEW_CITY = 'geo.west.s0.c0';

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'res-edge-bench-'));

/** No more than one cluster's folder, and nothing to review. */
const oneFolder = ({ reviewed, bills, values, revisions }: Touched) =>
  reviewed === 0 && bills <= 1 && values <= 1 && revisions === 0;

async function main() {
  const fleet = await DeliveredBenchFleet.create(
    path.join(work, 'gitops.git'),
    CLUSTERS,
    APPLICATIONS,
  );
  const steps = new DeliverySteps(fleet, work);
  const first = await steps.first();
  const clone = path.join(work, 'clone.git');
  console.log(
    `  shallow clone of one shard: ${megabytes(
      cloneBytes(steps.folder, 'delivery/shard-001', clone, '--depth=1'),
    )}`,
  );
  const { snapshot } = first.plan;

  await steps.run(
    'nothing changed',
    ({ reviewed, derived, branches }) => reviewed + derived + branches === 0,
    () => {},
  );
  await manyClusters(fleet, steps, snapshot);
  await oneCluster(fleet, steps, snapshot);

  fleet.restart();
  await timed('after a restart, to the first plan', () => fleet.plan());
  tell(
    await timed('  and to the first delivery, of nothing', () =>
      fleet.deliver(),
    ),
  );
}

/** Changes that concern a third of the clusters. */
async function manyClusters(
  fleet: DeliveredBenchFleet,
  steps: DeliverySteps,
  snapshot: Snapshot,
) {
  const { plan } = await fleet.plan();
  const application = nearest(
    [...plan.applications.values()].map(({ name, placed }) => [
      name,
      placed.count(),
    ]),
  );
  await steps.run(
    `a version of ${application} promoted`,
    ({ plan: { applications }, ...touched }) =>
      touched.derived + touched.values === 0 &&
      touched.bills === applications.get(application)!.placed.count() &&
      touched.revisions === touched.branches,
    () => fleet.promote(application, '2.0.0'),
  );

  const group = nearest(
    fleet.groupNames().map(name => [name, snapshot.groupMembers(name).count()]),
  );
  await steps.run(
    `a value of group ${group}`,
    ({ reviewed, derived, bills, values, revisions }) =>
      reviewed === 3 &&
      derived + bills + revisions === 0 &&
      values <= snapshot.groupMembers(group).count(),
    () => fleet.changeGroup(group, { greeting: 'changed' }),
  );

  const namespace = nearest(
    [...plan.namespaces].map(([name, clusters]) => [name, clusters.count()]),
  );
  await steps.run(
    `an application added to ${namespace}`,
    ({ plan: { applications }, ...touched }) =>
      touched.derived + touched.values === 0 &&
      touched.bills === applications.get('added')!.placed.count() &&
      touched.revisions === touched.branches,
    () => fleet.addApplication('added', namespace),
  );

  const before = plan.namespaces.get(REGIONAL)!;
  const wider = widen(fleet, snapshot);
  await steps.run(
    `${REGIONAL} selects other regions, too`,
    ({ plan: { namespaces }, ...touched }) =>
      touched.reviewed === 1 &&
      touched.derived === 1 &&
      touched.values + touched.revisions === 0 &&
      touched.bills === namespaces.get(REGIONAL)!.count() - before.count(),
    () => fleet.select(REGIONAL, { groups: wider }),
  );
}

async function oneCluster(
  fleet: DeliveredBenchFleet,
  steps: DeliverySteps,
  snapshot: Snapshot,
) {
  // Of the last shard, which has room.
  const active = snapshot.clusters.filter(
    ({ spec }) => spec.state === 'active',
  );
  const cluster = active[active.length - 1];
  const change = (upserted: EdgeClusterEntity) =>
    fleet.inventory.change({ upserted: [upserted] });
  const { metadata, spec } = cluster;

  await steps.run('a value of one cluster', oneFolder, () =>
    change({
      ...cluster,
      spec: { ...spec, values: { ...spec.values, posHost: 'changed' } },
    }),
  );
  await steps.run('one cluster moves to another city', oneFolder, () => {
    const [, ...others] = spec.groups!;
    change({ ...cluster, spec: { ...spec, groups: [NEW_CITY, ...others] } });
  });
  const added = { ...metadata, name: 'store-added' };
  await steps.run('one cluster comes', oneFolder, () =>
    change({ ...cluster, metadata: added }),
  );
  await steps.run('one cluster goes', oneFolder, () =>
    fleet.inventory.change({ removed: [added.name] }),
  );
}

/** The region that is selected, and states of others until there are a third of all clusters more. */
function widen(fleet: DeliveredBenchFleet, snapshot: Snapshot): string[] {
  const { groups: [region] = [] } = fleet.selectorOf(REGIONAL);
  const wider = [region];
  let more = 0;
  for (const name of fleet.groupNames()) {
    const isState = /^geo\.[^.]+\.s\d+$/.test(name);
    if (!isState || name.startsWith(`${region}.`)) continue;
    if (more >= MANY) break;
    more += snapshot.groupMembers(name).count();
    wider.push(name);
  }
  return wider;
}

/** Whose number is nearest to a third of the clusters. */
function nearest(items: [name: string, clusters: number][]): string {
  const distance = (clusters: number) => Math.abs(clusters - MANY);
  return items.sort(([, a], [, b]) => distance(a) - distance(b))[0][0];
}

main()
  .catch(error => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => fs.rmSync(work, { recursive: true, force: true }));
