import { RolloutSpec } from '@res-edge/backstage-plugin-res-edge-common';
import {
  ApplicationPlan,
  applicationState,
  Bill,
  Bitmap,
  ContentWorld,
  namespaceSubject,
  Opening,
  RolloutRings,
} from '@res-edge/backstage-plugin-res-edge-engine';
import {
  drainingClusters,
  namedClusters,
  RolloutFacts,
} from './createRolloutWorld';

/** A namespace whose content goes through rings. @internal */
export interface StagedNamespace {
  readonly name: string;
  readonly policy: RolloutSpec;
  readonly rings: RolloutRings;
}

/**
 * The world of one rollout of a namespace's content. Of a ring count the clusters that have the namespace, or shall have it.
 * A cluster has the content when its bill says of the namespace and its applications what the plan wants; it is healthy
 * when all these applications are.
 *
 * @param ownPace - applications that roll out by themselves: which revision they have says nothing of the namespace
 * @internal
 */
export function createContentWorld(
  facts: RolloutFacts,
  { name, policy, rings }: StagedNamespace,
  ownPace: ReadonlySet<string>,
): Omit<ContentWorld, 'onMain'> {
  const { planned, bills, held, schedule, reports } = facts;
  const { plan, input } = planned;
  const { snapshot } = plan;
  const empty = () => Bitmap.empty(snapshot.size);
  const wanted = plan.namespaces.get(name) ?? empty();
  const all = wanted.clone();
  all.or(input.baseline.namespaces?.get(name) ?? empty());
  all.andNot(snapshot.facts.field('state').where(state => state === 'retired'));
  const inNamespace = [...plan.applications.values()].filter(
    ({ namespace }) => namespace === name,
  );
  const differs = differences(facts, { name, wanted, inNamespace, ownPace });
  const delivered = empty();
  const closed = held.namespaces.get(name);
  let openings: readonly Opening[] | undefined;
  const reported = { healthy: empty(), failed: empty(), unreachable: empty() };
  for (const number of all) {
    const cluster = snapshot.clusters[number].metadata.name;
    const bill = bills.of(number);
    if (!differs(number, bill)) delivered.add(number);
    if (!reports?.isHeard) continue;
    const freshness = reports.freshness(cluster);
    const states = (bill?.applications ?? [])
      .filter(({ namespace }) => namespace === name)
      .map(({ name: application, revision }) =>
        applicationState(
          revision,
          reports.report(cluster, application),
          freshness,
        ),
      );
    if (freshness !== 'fresh') reported.unreachable.add(number);
    else if (states.includes('failed')) reported.failed.add(number);
    else if (states.every(state => state === 'current'))
      reported.healthy.add(number);
  }
  return {
    ...{ now: input.now, policy, delivered },
    clusters: new Map(
      rings.rings.map(ring => [ring.name, ring.clusters.clone().and(all)]),
    ),
    held: drainingClusters(snapshot)
      .clone()
      .or(closed ?? empty()),
    // All of it comes at once, so that what one lacks keeps it all.
    undeliverable: [
      facts.undeliverable?.namespaces.get(name),
      ...inNamespace.map(one =>
        facts.undeliverable?.applications.get(one.name),
      ),
    ].reduce(
      (found, names) => found.or(namedClusters(snapshot, names)),
      empty(),
    ),
    openings: () =>
      (openings ??=
        closed && schedule
          ? schedule.openings({ namespace: name }, closed, input.now)
          : []),
    ...(reports?.isHeard && { reported }),
  };
}

/** Whether a bill says something else than the plan. */
function differences(
  { wanted: revisions }: RolloutFacts,
  options: {
    name: string;
    wanted: Bitmap;
    inNamespace: readonly ApplicationPlan[];
    ownPace: ReadonlySet<string>;
  },
): (cluster: number, bill: Bill | undefined) => boolean {
  const { name, wanted, inNamespace, ownPace } = options;
  const revisionOf = (subject: string, cluster: number) =>
    revisions.get(subject)?.find(({ clusters }) => clusters.has(cluster))
      ?.revision;
  return (cluster, bill) => {
    const lines = new Map(bill?.applications.map(entry => [entry.name, entry]));
    const own = bill?.namespaces.find(entry => entry.name === name);
    const revision = revisionOf(namespaceSubject(name), cluster);
    if (wanted.has(cluster) && own?.revision !== revision) return true;
    if (!wanted.has(cluster) && own && own.leavesAfter === undefined)
      return true;
    return inNamespace.some(({ name: application, placed }) => {
      const line = lines.get(application);
      if (placed.has(cluster) !== (line !== undefined)) return true;
      const due = revisionOf(application, cluster);
      return (
        line !== undefined &&
        due !== undefined &&
        line.revision !== due &&
        !ownPace.has(application)
      );
    });
  };
}
