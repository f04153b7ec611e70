import {
  Bitmap,
  deliveredGroupReleases,
  Holds,
  HoldSubject,
  latestOpenings,
  Opening,
} from '@res-edge/backstage-plugin-res-edge-engine';
import type { PlacedContent } from './createContentWorld';
import { namedClusters, RolloutFacts } from './createRolloutWorld';
import { StagedContent } from './stagedContents';

/**
 * The values and components of a group on its clusters. One has them when its values file says that it is written from them.
 * Whatever is held on a cluster keeps its values as they are.
 *
 * @internal
 */
export function groupContent(
  facts: RolloutFacts,
  { name, release }: Pick<StagedContent, 'name' | 'release'>,
): PlacedContent {
  const { planned, bills, held, readers } = facts;
  const { snapshot } = planned.plan;
  const closed = Bitmap.empty(snapshot.size);
  for (const [, clusters] of allOf(held)) closed.or(clusters);
  const reading = readers.get(name);
  return {
    clusters: snapshot.groupMembers(name),
    isDelivered: cluster =>
      deliveredGroupReleases(bills.values(cluster) ?? '').get(name) === release,
    concerns: entry => reading?.has(entry.name) ?? false,
    closed,
    undeliverable: namedClusters(
      snapshot,
      facts.undeliverable?.groups?.get(name),
    ),
    openings: () => openingsOf(facts, snapshot.groupMembers(name)),
  };
}

function allOf({ applications, namespaces }: Holds) {
  return [...applications, ...namespaces];
}

/** When all may change on a cluster of which something is held; those are left out of which that is not known. */
function openingsOf(
  { planned, held, schedule }: RolloutFacts,
  members: Bitmap,
): Opening[] {
  if (!schedule) return [];
  const { now } = planned.input;
  const { applications } = planned.main.decisions;
  const heldUntil = (subject: HoldSubject | undefined, of: Bitmap) => {
    const clusters = of.clone().and(members);
    const openings = subject ? schedule.openings(subject, clusters, now) : [];
    return { clusters, openings };
  };
  return latestOpenings(members.size, [
    ...[...held.applications].map(([name, clusters]) => {
      const entity = applications.get(name)?.entity;
      return heldUntil(entity && { application: entity }, clusters);
    }),
    ...[...held.namespaces].map(([namespace, clusters]) =>
      heldUntil({ namespace }, clusters),
    ),
  ]);
}
