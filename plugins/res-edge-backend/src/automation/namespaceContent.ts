import {
  ApplicationPlan,
  Bill,
  Bitmap,
  namespaceSubject,
} from '@res-edge/backstage-plugin-res-edge-engine';
import type { PlacedContent } from './createContentWorld';
import { namedClusters, RolloutFacts } from './createRolloutWorld';
import { StagedContent } from './stagedContents';

/**
 * The content of a namespace on clusters. One has it when its bill says of the namespace and its applications what the plan
 * wants.
 *
 * @internal
 */
export function namespaceContent(
  facts: RolloutFacts,
  { name }: Pick<StagedContent, 'name'>,
  ownPace: ReadonlySet<string>,
): PlacedContent {
  const { planned, held, schedule } = facts;
  const { plan, input } = planned;
  const { size } = plan.snapshot;
  const wanted = plan.namespaces.get(name) ?? Bitmap.empty(size);
  const clusters = wanted.clone();
  clusters.or(input.baseline.namespaces?.get(name) ?? Bitmap.empty(size));
  const inNamespace = [...plan.applications.values()].filter(
    ({ namespace }) => namespace === name,
  );
  const differs = differences(facts, { name, wanted, inNamespace, ownPace });
  const closed = held.namespaces.get(name);
  return {
    clusters,
    isDelivered: (cluster, bill) => !differs(cluster, bill),
    concerns: ({ namespace }) => namespace === name,
    closed,
    // All of it comes at once, so that what one lacks keeps it all.
    undeliverable: [
      facts.undeliverable?.namespaces.get(name),
      ...inNamespace.map(one =>
        facts.undeliverable?.applications.get(one.name),
      ),
    ].reduce(
      (found, names) => found.or(namedClusters(plan.snapshot, names)),
      Bitmap.empty(size),
    ),
    openings: () =>
      closed && schedule
        ? schedule.openings({ namespace: name }, closed, input.now)
        : [],
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
