/* eslint-disable no-console */
import {
  advanceRollout,
  BillEntry,
  Bitmap,
  decide,
  DeliveredShard,
  HoldSchedule,
  rolloutBatch,
} from '@res-edge/backstage-plugin-res-edge-engine';
import {
  PACE,
  ringsOf,
  rolloutFleet,
  worldUnderWay,
} from '../../res-edge-engine/bench/fleet/rolloutFleet';
import {
  median,
  megabytes,
  work,
} from '../../res-edge-engine/bench/fleet/timing';
import {
  createRolloutWorld,
  RolloutFacts,
} from '../src/automation/createRolloutWorld';
import { DeliveredBills } from '../src/automation/DeliveredBills';
import { PlannedMain } from '../src/automation/PlannedMain';
import { ReportReader } from '../src/status';
import { StatusTable } from '../src/status/StatusTable';

/*
 * What a run does for rollouts of 100 applications at once on 60,000 clusters, with all that the engine's bench of rollouts has made
 * before: bills and reports are looked at, worlds are made of them, and rollouts advanced. Beside it a plain loop that looks up each
 * line by itself, and must find as many. `npm run bench -- rollout` at the root runs both.
 */
const CLUSTERS = Number(process.env.CLUSTERS ?? 60_000);
const APPLICATIONS = Number(process.env.APPLICATIONS ?? 100);
const ROUNDS = Number(process.env.ROUNDS ?? 7);
const NOW = new Date('2026-11-25T08:00Z');
const REVISION = 'a-revision';
const MINUTE = 60_000;

const { snapshot, decisions } = rolloutFleet(CLUSTERS, APPLICATIONS);
const planned = decide({
  ...{ snapshot, decisions, now: NOW },
  baseline: { applications: new Map() },
});
const clusters = ringsOf(snapshot.size);
const rings = {
  rings: [...clusters].map(([name, own]) => ({ name, clusters: own })),
  unselected: Bitmap.empty(snapshot.size),
};
// All rings have the release that is planned.
const plan = {
  ...planned,
  applications: new Map(
    [...planned.applications].map(([name, one]) => [
      name,
      {
        ...one,
        releases: one.releases.map(each => ({
          ...each,
          rings: PACE.rings.map(ring => ring.name),
        })),
      },
    ]),
  ),
};
const placed = snapshot.clusters.map(() => [] as string[]);
for (const { name, placed: where } of plan.applications.values())
  for (const cluster of where) placed[cluster].push(name);
const lists = new Map<string, BillEntry[]>();
const linesOf = (names: readonly string[]) => {
  const key = names.join();
  const known =
    lists.get(key) ?? names.map(name => ({ name, revision: REVISION }));
  lists.set(key, known as BillEntry[]);
  return known as BillEntry[];
};
const shard = {
  shard: 'delivery/shard-001',
  revisions: new Set<string>(),
  clusters: new Map(
    snapshot.clusters.map(({ metadata }, i) => [
      metadata.name,
      { bill: { cluster: metadata.name, applications: linesOf(placed[i]) } },
    ]),
  ),
} as unknown as DeliveredShard;
const status = new StatusTable();
const at = NOW.getTime();
snapshot.clusters.forEach(({ metadata: { name } }, i) => {
  status.hear({ cluster: name, heardAt: at, clockAt: at });
  for (const application of placed[i])
    status.put(name, application, {
      ...{ revision: REVISION, at },
      condition: i % 100 === 0 ? 'failed' : 'healthy',
    });
});
const schedule = HoldSchedule.create(snapshot, decisions);
const held = schedule.at(NOW);
const main = {
  shards: new Map(
    snapshot.clusters.map(({ metadata }) => [metadata.name, shard.shard]),
  ),
};
let delivered = new Map([[shard.shard, shard]]);
const limits = { staleAfter: 30 * MINUTE, offlineAfter: 24 * 60 * MINUTE };
/** Kept from run to run; forgotten where something is delivered. */
let bills: DeliveredBills | undefined;
let reader = ReportReader.create(status);
const factsOf = (): RolloutFacts => {
  const run = { plan, main, delivered, input: { now: NOW } };
  const whole = run as unknown as PlannedMain;
  return {
    ...{ planned: whole, held, schedule, gates: [], readers: new Map() },
    bills: (bills = DeliveredBills.create(whole, bills)),
    wanted: new Map(
      [...plan.applications.values()].map(({ name, placed: where }) => [
        name,
        [{ revision: REVISION, clusters: where }],
      ]),
    ),
    numbered: reader.read(snapshot, at, limits),
  };
};
const rollouts = [...plan.applications.values()].flatMap(
  ({ name, releases }) => {
    const [release] = releases;
    const { entity } = decisions.applications.get(name)!;
    const { rollout } = worldUnderWay(name, 1, {
      ...{ clusters, now: NOW, openings: () => [] },
      held: Bitmap.empty(snapshot.size),
    });
    const policy = { ...PACE, type: 'rollout' as const } as Parameters<
      typeof createRolloutWorld
    >[2]['policy'];
    return release
      ? {
          stored: {
            id: name,
            rollout: { ...rollout, release: release.release.digest },
          },
          staged: { entity, policy, rings },
        }
      : [];
  },
);

let healthy = 0;
const evaluate = () => {
  healthy = 0;
  const facts = factsOf();
  for (const { stored, staged } of rollouts) {
    const world = createRolloutWorld(facts, stored, staged);
    const advanced = advanceRollout(stored.rollout, world);
    rolloutBatch(advanced.rollout, world);
    healthy += world.reported!.healthy.count();
  }
};
let found = 0;
const plain = () => {
  found = 0;
  for (const { stored } of rollouts) {
    const name = stored.id;
    found += snapshot.clusters.filter(({ metadata }) => {
      const { bill } = shard.clusters.get(metadata.name)!;
      const line = bill.applications.find(each => each.name === name);
      return (
        line?.revision === REVISION &&
        status.report(metadata.name, name)?.condition === 'healthy'
      );
    }).length;
  }
};
/** Other reports of a hundredth of the clusters, and 500 other bills; 500 of the time before are as they were. */
let turn = 0;
const change = () => {
  turn += 1;
  const revision = `another-${turn}`;
  const told = new Map(shard.clusters);
  for (let i = turn % 100; i < snapshot.size; i += 100) {
    const { name } = snapshot.clusters[i].metadata;
    for (const application of placed[i])
      status.put(name, application, {
        ...{ revision: REVISION, at: at + turn * MINUTE },
        condition: turn % 2 === 0 ? 'failed' : 'healthy',
      });
    if (i >= 100 * 500) continue;
    const { bill } = told.get(name)!;
    const lines = bill.applications.map((line, j) =>
      j === 0 ? { ...line, revision } : line,
    );
    told.set(name, { bill: { ...bill, applications: lines } } as never);
  }
  delivered = new Map([[shard.shard, { ...shard, clusters: told }]]);
};
const forget = () => {
  bills = undefined;
  reader = ReportReader.create(status);
};
const rounds = (prepare: () => void) =>
  Array.from({ length: ROUNDS }, () => {
    prepare();
    return work(evaluate);
  });
const fromNothing = rounds(forget);
const naive = Array.from({ length: 3 }, () => work(plain));
if (found !== healthy)
  throw new Error(`The plain loop finds ${found} healthy, not ${healthy}`);
forget();
const settled = () => megabytes() && megabytes();
const before = settled();
evaluate();
const kept = settled() - before;
const unchanged = rounds(() => {});
const changed = rounds(change);
const ms = (times: readonly number[]) => median(times).toFixed(0);
const ratio = (median(naive) / median(fromNothing)).toFixed(1);
console.log(`${
  rollouts.length
} rollouts, ${found} healthy placements, worlds and steps; CPU, medians of ${ROUNDS}
from nothing: ${ms(fromNothing)} ms, the first time ${fromNothing[0].toFixed(
  0,
)} ms
nothing changed since: ${ms(unchanged)} ms
a hundredth of the clusters reported, and 1,000 bills changed: ${ms(changed)} ms
a plain loop that only looks them up: ${ms(
  naive,
)} ms, ${ratio} times as long as from nothing
kept from run to run: ${kept.toFixed(1)} MB; the process has ${(
  process.memoryUsage.rss() /
  2 ** 20
).toFixed(0)} MB`);
