/* eslint-disable no-console */
import { decide } from '../src/decide';
import {
  BuiltSource,
  Decisions,
  DeliveredShard,
  GroupDecision,
} from '../src/model';
import { assignShards, DeliveryInput, DeliveryRenderer } from '../src/layout';
import { Snapshot } from '../src/snapshot';
import { benchFleet } from './fleet/benchFleet';
import { megabytes, time } from './fleet/timing';

/*
 * How long it takes to render the delivery branches of 60,000 clusters with 100 applications: first from nothing, then
 * after one change. Git's part is not in it. `npm run bench -- render` at the root runs it.
 */
const CLUSTERS = Number(process.env.CLUSTERS ?? 60_000);
const APPLICATIONS = Number(process.env.APPLICATIONS ?? 100);

const fleet = benchFleet(CLUSTERS, APPLICATIONS);
const main = new Map<string, string>();
for (const [name, { digest }] of fleet.decisions.namespaces) {
  main.set(
    `namespaces/${name}/versions/${digest}/namespace.yaml`,
    `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`,
  );
}
const built = new Map<string, BuiltSource>();
function build(name: string, version: string) {
  const objects = ['ConfigMap', 'Service', 'Deployment'].map(kind => ({
    apiVersion: 'v1',
    kind,
    metadata: { name },
    data: { version, store: '${{ cluster.name }}' },
  }));
  built.set(`${name}@${version}`, { objects });
}
for (const [name, { releases }] of fleet.decisions.applications) {
  build(name, releases[0].version);
}

let shards: ReadonlyMap<string, string> = new Map();
let delivered = new Map<string, DeliveredShard>();
const renderer = DeliveryRenderer.create();

function inputOf(decisions: Decisions, snapshot: Snapshot): DeliveryInput {
  shards = assignShards(
    shards,
    snapshot.clusters.map(({ metadata }) => metadata.name),
  );
  const plan = decide({
    snapshot,
    decisions,
    baseline: { applications: new Map() },
    now: new Date(0),
  });
  const now = new Date(0);
  const retention = 90 * 24 * 60 * 60 * 1000;
  return { main, decisions, plan, built, shards, delivered, now, retention };
}

function render(label: string, input: DeliveryInput) {
  const cpu = process.cpuUsage();
  const [counts] = time(label, () => {
    const run = renderer.render(input);
    let [clusters, files, bytes] = [0, 0, 0];
    delivered = new Map(delivered);
    for (const shard of run.shards) {
      delivered.set(shard.shard, shard.delivered);
      clusters += shard.clusters.length;
      files += shard.changes.length;
      for (const { content } of shard.changes) bytes += content?.length ?? 0;
    }
    return { clusters, files, bytes, problems: run.problems().length };
  });
  const { user, system } = process.cpuUsage(cpu);
  console.log(
    `  ${JSON.stringify(counts)}, CPU ${Math.round(
      (user + system) / 1000,
    )} ms, heap ${Math.round(megabytes())} MB`,
  );
}

const snapshot = Snapshot.create(fleet);
render('from nothing', inputOf(fleet.decisions, snapshot));
render('nothing changed', inputOf(fleet.decisions, snapshot));

const [name, decision] = [...fleet.decisions.applications].sort(
  ([, a], [, b]) => a.releases.length - b.releases.length,
)[0];
build(name, '9.9.9');
const release = { ...decision.releases[0], version: '9.9.9', digest: 'nine' };
const promoted: Decisions = {
  ...fleet.decisions,
  applications: new Map(fleet.decisions.applications).set(name, {
    ...decision,
    releases: [release],
  }),
};
render(`a new version of ${name}`, inputOf(promoted, snapshot));

const group = snapshot.groups.roots[0];
const withValue: Decisions = {
  ...promoted,
  groups: new Map<string, GroupDecision>(promoted.groups).set(group, {
    name: group,
    digest: 'changed',
    values: { banner: 'changed' },
    components: [],
  }),
};
render(`a value of group ${group}`, inputOf(withValue, snapshot));

const clusters = fleet.clusters.map((entity, index) =>
  index === 7
    ? { ...entity, spec: { ...entity.spec, values: { posHost: 'changed' } } }
    : entity,
);
const changed = Snapshot.create({ ...fleet, clusters });
render('one cluster changed', inputOf(withValue, changed));

const fewer = Snapshot.create({ ...fleet, clusters: clusters.slice(1) });
render('one cluster removed', inputOf(withValue, fewer));
