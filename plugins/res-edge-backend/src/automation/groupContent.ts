import {
  Bitmap,
  deliveredGroupReleases,
  Holds,
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
  const latest = new Map<number, number>();
  const note = (
    subject: Parameters<typeof schedule.openings>[0] | undefined,
    clusters: Bitmap,
  ) => {
    const waiting = clusters.clone().and(members);
    const unknown = waiting.clone();
    for (const opening of subject
      ? schedule.openings(subject, waiting, now)
      : []) {
      for (const cluster of opening.clusters) {
        unknown.remove(cluster);
        const at = opening.at.getTime();
        latest.set(cluster, Math.max(at, latest.get(cluster) ?? at));
      }
    }
    for (const cluster of unknown) latest.set(cluster, Infinity);
  };
  for (const [name, clusters] of held.applications) {
    const entity = applications.get(name)?.entity;
    note(entity && { application: entity }, clusters);
  }
  for (const [namespace, clusters] of held.namespaces)
    note({ namespace }, clusters);
  const byTime = new Map<number, Opening>();
  for (const [cluster, time] of latest) {
    if (time === Infinity) continue;
    let opening = byTime.get(time);
    if (!opening) {
      const clusters = Bitmap.empty(members.size);
      byTime.set(time, (opening = { at: new Date(time), clusters }));
    }
    opening.clusters.add(cluster);
  }
  return [...byTime.values()];
}
