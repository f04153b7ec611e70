/* eslint-disable no-console */
import { EdgeClusterEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../src/bitmap';
import { decide, decideNext } from '../src/decide';
import {
  ApplicationDecision,
  DecideInput,
  Decisions,
  Plan,
} from '../src/model';
import { Snapshot } from '../src/snapshot';
import { resolveClusterValues } from '../src/values';
import { benchFleet, seeded } from './fleet/benchFleet';
import { meanWork, time } from './fleet/timing';

/*
 * What one change of a fleet of 60,000 clusters and 100 applications takes, from the change to the next plan, which is
 * compared with a full one. `npm run bench -- incremental` at the root runs it.
 */
const CLUSTERS = Number(process.env.CLUSTERS ?? 60_000);
const APPLICATIONS = Number(process.env.APPLICATIONS ?? 100);
const ROUNDS = Number(process.env.ROUNDS ?? 40);

const fleet = benchFleet(CLUSTERS, APPLICATIONS);
const random = seeded(5);
const below = (limit: number) => Math.floor(random() * limit);
const [snapshot] = time('index (snapshot)', () => Snapshot.create(fleet));

const empty: DecideInput = {
  snapshot,
  decisions: fleet.decisions,
  baseline: { applications: new Map() },
  now: new Date(0),
};
const first = decide(empty);
const baseline = {
  applications: new Map(
    Array.from(first.applications, ([name, { placed }]) => [name, placed]),
  ),
  namespaces: first.namespaces,
};
const input: DecideInput = { ...empty, baseline };
const [plan] = time('full plan', () => decide(input));
const previous = { input, plan };

const textOf = ({ applications, namespaces, problems }: Plan) =>
  JSON.stringify([
    Array.from(
      applications,
      ([name, { targets, placed, refusals, ...rest }]) => [
        name,
        rest,
        [...targets.words].join(),
        [...placed.words].join(),
        refusals.map(({ clusters, ...refusal }) => [
          refusal,
          [...clusters.words].join(),
        ]),
      ],
    ),
    Array.from(namespaces, ([name, { words }]) => [name, [...words].join()]),
    problems,
  ]);
let wrong = 0;

function measure(
  label: string,
  change: () => (before: DecideInput) => DecideInput,
  rounds = ROUNDS,
): void {
  if (!label.includes(process.env.ONLY ?? '')) return;
  let last: DecideInput = input;
  let next: Plan = plan;
  meanWork(label, rounds, () => {
    const apply = change();
    return () => {
      last = apply(input);
      next = decideNext(previous, last);
    };
  });
  const full = decide({
    ...last,
    snapshot:
      last.snapshot === snapshot
        ? snapshot
        : Snapshot.create({
            clusters: last.snapshot.clusters,
            groups: fleet.groups.map(
              group => last.snapshot.groups.get(group.metadata.name)!,
            ),
          }),
  });
  if (textOf(next) !== textOf(full)) {
    wrong += 1;
    console.log(`  differs from a full plan: ${label}`);
  }
}

const clusterChange =
  (edit: (cluster: EdgeClusterEntity) => EdgeClusterEntity, count = 1) =>
  () => {
    const upserted = Array.from({ length: count }, () =>
      edit(structuredClone(snapshot.clusters[below(CLUSTERS)])),
    );
    return (before: DecideInput): DecideInput => ({
      ...before,
      snapshot: before.snapshot.update({ clusters: { upserted } }),
    });
  };
const withLabel = (cluster: EdgeClusterEntity): EdgeClusterEntity => ({
  ...cluster,
  metadata: {
    ...cluster.metadata,
    labels: {
      ...cluster.metadata.labels,
      size: ['small', 'medium', 'large', 'flagship'][below(4)],
    },
  },
});
measure('one cluster: another size', clusterChange(withLabel));
measure(
  'one cluster: other groups',
  clusterChange(cluster => ({
    ...cluster,
    spec: { ...cluster.spec, groups: ['geo.west.s1', 'franchise.owner-3'] },
  })),
);
measure(
  'one cluster: draining, less capacity',
  clusterChange(cluster => ({
    ...cluster,
    spec: {
      ...cluster.spec,
      state: 'draining',
      capacity: { cpu: '2', memory: '4Gi' },
    },
  })),
);
measure('100 clusters: another size', clusterChange(withLabel, 100));
measure('one cluster delivered (baseline)', () => {
  const number = below(CLUSTERS);
  return before => {
    const applications = new Map(
      Array.from(
        before.baseline.applications,
        ([name, set]): [string, Bitmap] => {
          const copy = set.clone();
          copy.remove(number);
          return [name, copy];
        },
      ),
    );
    return { ...before, baseline: { ...before.baseline, applications } };
  };
});

/** Clusters that come and go; the baseline is counted anew as delivery does, which is not measured. */
const comingAndGoing = (added: number, removed: number) => () => {
  const upserted = Array.from({ length: added }, () => {
    const copy = structuredClone(snapshot.clusters[below(CLUSTERS)]);
    copy.metadata.name += `-${below(1_000_000)}`;
    return copy;
  });
  const changes = {
    clusters: {
      upserted,
      removed: Array.from(
        { length: removed },
        () => snapshot.clusters[below(CLUSTERS)].metadata.name,
      ),
    },
  };
  const { renumbering } = snapshot.update(changes).differenceFrom(snapshot);
  const moved = {
    applications: renumbering.map(baseline.applications),
    namespaces: renumbering.map(baseline.namespaces),
  };
  return (before: DecideInput): DecideInput => ({
    ...before,
    snapshot: before.snapshot.update(changes),
    baseline: moved,
  });
};
measure('one cluster comes', comingAndGoing(1, 0), 20);
measure('one cluster goes', comingAndGoing(0, 1), 20);
measure('20 clusters come, 20 go', comingAndGoing(20, 20), 20);

const withApplication = (
  decisions: Decisions,
  name: string,
  edit: (decision: ApplicationDecision) => ApplicationDecision,
): Decisions => ({
  ...decisions,
  applications: new Map(decisions.applications).set(
    name,
    edit(decisions.applications.get(name)!),
  ),
});
const applicationChange =
  (edit: (decision: ApplicationDecision) => ApplicationDecision) => () => {
    const name = `app-${String(below(APPLICATIONS)).padStart(3, '0')}`;
    return (before: DecideInput): DecideInput => ({
      ...before,
      decisions: withApplication(before.decisions, name, edit),
    });
  };
const released =
  (part: Partial<ApplicationDecision['releases'][0]>) =>
  (decision: ApplicationDecision): ApplicationDecision => ({
    ...decision,
    releases: decision.releases.map(release => ({ ...release, ...part })),
  });
measure(
  'one application: another version',
  applicationChange(released({ version: '2.0.0', digest: 'other' })),
);
measure(
  'one application: another requirement',
  applicationChange(released({ requires: ['cluster.labels.ring == "prod"'] })),
);
measure(
  'one application: another priority',
  applicationChange(({ entity, releases }) => ({
    entity: { ...entity, spec: { ...entity.spec, priority: 55 } },
    releases,
  })),
);
measure(
  'one application: other requests',
  applicationChange(released({ requests: { cpu: '175m', memory: '64Mi' } })),
);

const upsertGroup =
  (name: string, part: object) =>
  () =>
  (before: DecideInput): DecideInput => {
    const group = before.snapshot.groups.get(name)!;
    const upserted = [{ ...group, spec: { ...group.spec, ...part } }];
    return {
      ...before,
      snapshot: before.snapshot.update({ groups: { upserted } }),
    };
  };
measure(
  'one group: another value, in the inventory',
  upsertGroup('geo.west.s1', { values: { taxRegion: 'x' } }),
  10,
);
measure(
  'one group: another parent (a city moves)',
  upsertGroup('geo.west.s1.c1', { parent: 'geo.west.s2' }),
  10,
);
measure('one group: another value, on main', () => before => ({
  ...before,
  decisions: {
    ...before.decisions,
    groups: new Map(before.decisions.groups).set('geo.west.s1', {
      name: 'geo.west.s1',
      digest: 'other',
      values: { taxRegion: 'x' },
      components: [],
    }),
  },
}));
meanWork('  the values of one of its clusters', ROUNDS, () => {
  const number = below(CLUSTERS);
  return () => resolveClusterValues(snapshot, fleet.decisions, number);
});
console.log(`plans that differ from a full one: ${wrong}`);
