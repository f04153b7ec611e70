import {
  applicationState,
  Bill,
  BillEntry,
  Bitmap,
  ContentWorld,
  Opening,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { drainingClusters, RolloutFacts } from './createRolloutWorld';
import { groupContent } from './groupContent';
import { namespaceContent } from './namespaceContent';
import { StagedContent } from './stagedContents';

/** A content as it is on clusters. @internal */
export interface PlacedContent {
  /** Those that have it, or shall have it. */
  readonly clusters: Bitmap;
  /** Whether a cluster has what main says now. */
  readonly isDelivered: (cluster: number, bill: Bill | undefined) => boolean;
  /** Whether it can make a difference to an application of a bill. */
  readonly concerns: (entry: BillEntry) => boolean;
  /** Clusters that a window, a freeze or a guard keeps from changing; none where left out. */
  readonly closed?: Bitmap;
  /** Clusters that keep what they have, because what is wanted there cannot be made; none where left out. */
  readonly undeliverable?: Bitmap;
  /** When those of them may change of which that is known. */
  readonly openings: () => readonly Opening[];
}

/**
 * The world of one rollout of content. Of a ring count the clusters that have it, or shall have it; one is healthy when all
 * applications are to which the content can make a difference.
 *
 * @param ownPace - applications that roll out by themselves: which revision they have says nothing of their namespace
 * @internal
 */
export function createContentWorld(
  facts: RolloutFacts,
  content: StagedContent,
  ownPace: ReadonlySet<string>,
): Omit<ContentWorld, 'onMain'> {
  const { planned, bills, reports } = facts;
  const { plan, input } = planned;
  const { snapshot } = plan;
  const placed =
    content.kind === 'EdgeGroup'
      ? groupContent(facts, content)
      : namespaceContent(facts, content, ownPace);
  const empty = () => Bitmap.empty(snapshot.size);
  const all = placed.clusters
    .clone()
    .andNot(snapshot.facts.field('state').where(state => state === 'retired'));
  const delivered = empty();
  let openings: readonly Opening[] | undefined;
  const reported = {
    ...{ healthy: empty(), failed: empty() },
    ...{ unreachable: empty(), awaited: empty() },
  };
  for (const number of all) {
    const cluster = snapshot.clusters[number].metadata.name;
    const bill = bills.of(number);
    if (placed.isDelivered(number, bill)) delivered.add(number);
    if (!reports?.isHeard) continue;
    const freshness = reports.freshness(cluster);
    const states = (bill?.applications ?? [])
      .filter(placed.concerns)
      .map(({ name: application, revision }) =>
        applicationState(
          revision,
          reports.report(cluster, application),
          freshness,
        ),
      );
    if (freshness === 'awaited') reported.awaited.add(number);
    if (freshness !== 'fresh') reported.unreachable.add(number);
    else if (states.includes('failed')) reported.failed.add(number);
    else if (states.every(state => state === 'current'))
      reported.healthy.add(number);
  }
  const { policy, rings } = content;
  return {
    ...{ now: input.now, policy, delivered },
    clusters: new Map(
      rings.rings.map(ring => [ring.name, ring.clusters.clone().and(all)]),
    ),
    held: drainingClusters(snapshot)
      .clone()
      .or(placed.closed ?? empty()),
    openings: () => (openings ??= placed.openings()),
    ...(placed.undeliverable && { undeliverable: placed.undeliverable }),
    ...(reports?.isHeard && { reported }),
  };
}
