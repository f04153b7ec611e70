import {
  PlanEffect,
  Problem,
  WriteEffect,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  Bitmap,
  comparePlans,
  compareValues,
  DeliveryComparison,
  describeClusters,
  NO_CLUSTERS,
  ValueChange,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { compareStrings } from '../../util/compareStrings';
import { FleetOutlook } from '../FleetOutlook';
import { OutlookSight } from './OutlookSight';
import { KINDS_OF_EFFECTS } from './shownPlan';

const MAX_ITEMS = 200;
/** Clusters between two pauses, in which others have their turn. */
const WITHOUT_PAUSE = 100;

/** What writes would cause, as far as somebody may see it. @internal */
export async function writeEffect(
  outlook: FleetOutlook,
  sight: OutlookSight,
): Promise<WriteEffect> {
  const delivery = outlook.compareDeliveries(sight.clusters);
  for await (const _cluster of withPauses(delivery.run())) {
    // What was found stands in the comparison.
  }
  const { before, after, intents, files } = outlook;
  const effects = [
    ...comparePlans(before.plan, after.plan, {
      only: sight.only,
      held: delivery.held,
    }),
    ...groupEffects(outlook, sight),
  ].filter(({ kind, name }) => sight.sees(KINDS_OF_EFFECTS[kind], name));
  const sum = (pick: (effect: PlanEffect) => { count: number } | undefined) =>
    effects.reduce((total, effect) => total + (pick(effect)?.count ?? 0), 0);
  return {
    totals: {
      won: sum(({ won }) => won),
      lost: sum(({ lost }) => lost),
      changed: sum(({ changed }) => changed),
      refused: sum(({ refused }) => refused),
      held: sum(({ held }) => held),
      released: sum(({ released }) => released),
    },
    effects,
    values: await valueEffect(outlook, sight),
    problems: problemEffect(outlook, sight, delivery),
    changeRequests: intents
      .filter(({ ref }) => sight.seesReference(ref))
      .map(({ ref, title, direct }) => ({ entity: ref, title, direct })),
    files: files
      .filter(({ path }) => sight.seesFile(path))
      .map(file => ({ ...file })),
    delivery: { ...delivery.counts },
  };
}

/** Groups whose values or components are other ones. */
function groupEffects(
  { before, after }: FleetOutlook,
  sight: OutlookSight,
): PlanEffect[] {
  const { snapshot } = after.plan;
  const [old, now] = [before.decisions.groups, after.decisions.groups];
  if (old === now) return [];
  const names = [...new Set([...old.keys(), ...now.keys()])].sort(
    compareStrings,
  );
  return names
    .filter(name => old.get(name)?.digest !== now.get(name)?.digest)
    .map(name => ({
      kind: 'group',
      name,
      won: NO_CLUSTERS,
      lost: NO_CLUSTERS,
      changed: describeClusters(
        snapshot,
        snapshot.groupMembers(name),
        sight.only?.after,
      ),
      refused: NO_CLUSTERS,
    }));
}

async function valueEffect(
  { before, after }: FleetOutlook,
  sight: OutlookSight,
): Promise<WriteEffect['values']> {
  const { snapshot } = after.plan;
  const found = new Map<string, { change: ValueChange; clusters: Bitmap }>();
  const touched = Bitmap.empty(snapshot.size);
  const compared = compareValues(
    { snapshot: before.plan.snapshot, decisions: before.decisions },
    { snapshot, decisions: after.decisions },
    sight.clusters?.after,
  );
  for await (const { cluster, changes } of withPauses(compared)) {
    for (const change of changes) {
      touched.add(cluster);
      const { key, from, to } = change;
      const id = JSON.stringify([key, from, to]);
      let known = found.get(id);
      if (!known) {
        known = { change, clusters: Bitmap.empty(snapshot.size) };
        found.set(id, known);
      }
      known.clusters.add(cluster);
    }
  }
  const sorted = [...found.values()].sort(
    ({ change: a }, { change: b }) =>
      compareStrings(a.key, b.key) ||
      compareStrings(a.from ?? '', b.from ?? '') ||
      compareStrings(a.to ?? '', b.to ?? ''),
  );
  return {
    clusters: touched.count(),
    changes: sorted.slice(0, MAX_ITEMS).map(({ change, clusters }) => ({
      key: change.key,
      ...(change.from !== undefined && { from: change.from }),
      ...(change.to !== undefined && { to: change.to }),
      clusters: describeClusters(snapshot, clusters, sight.only?.after),
    })),
    more: Math.max(0, sorted.length - MAX_ITEMS),
  };
}

function problemEffect(
  { before, after, buildProblems }: FleetOutlook,
  sight: OutlookSight,
  { problems }: DeliveryComparison,
): WriteEffect['problems'] {
  const all = (side: 'before' | 'after') => [
    ...{ before, after }[side].problems,
    ...(sight.seesAllClusters ? { before, after }[side].guardProblems : []),
    ...buildProblems[side],
    ...problems[side],
  ];
  const [was, is] = [all('before'), all('after')];
  return {
    arising: problemSet(sight.problems(without(is, was))),
    going: problemSet(sight.problems(without(was, is))),
  };
}

/** Each once, sorted. */
function without(
  problems: readonly Problem[],
  others: readonly Problem[],
): Problem[] {
  const keyOf = ({ entity, field, message }: Problem) =>
    [entity, field, message].join('\0');
  const known = new Set(others.map(keyOf));
  const left = new Map(
    problems
      .map(problem => [keyOf(problem), problem] as const)
      .filter(([key]) => !known.has(key)),
  );
  return [...left]
    .sort(([a], [b]) => compareStrings(a, b))
    .map(([, problem]) => problem);
}

function problemSet(problems: readonly Problem[]) {
  return {
    count: problems.length,
    items: problems.slice(0, MAX_ITEMS).map(problem => ({ ...problem })),
  };
}

/** There may be many of them. */
async function* withPauses<T>(items: Iterable<T>): AsyncGenerator<T> {
  let count = 0;
  for (const item of items) {
    yield item;
    if (++count % WITHOUT_PAUSE === 0)
      await new Promise(resolve => setImmediate(resolve));
  }
}
