import { EdgeNamespaceEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../../bitmap';
import { Snapshot } from '../../snapshot';
import { byCodeUnit, dataDigest } from '../format/digest';
import { toYaml } from '../format/toYaml';

/** More lines of one hierarchy nobody reads. */
const MAX_GROUPS = 60;

/**
 * `namespaces/<namespace>/targets.lock.yaml`: what a selector resolves to, for people. Its difference reads as
 * "+312 in geo.us.tx"; the digest changes with any cluster.
 *
 * @public
 */
export function renderTargetsLock(
  entity: EdgeNamespaceEntity,
  snapshot: Snapshot,
  clusters: Bitmap,
): string {
  const groups = snapshot.groups.roots
    .flatMap(root => countedGroups(root, snapshot, clusters))
    .map((group): [string, number] => [
      group,
      within(group, snapshot, clusters).count(),
    ])
    .filter(([, count]) => count > 0);
  const { selector } = entity.spec;
  const exceptions = typeof selector === 'object' ? selector : {};
  const names = snapshot.namesOf(clusters);
  return `# Written by Res-Edge after a merge: what the selector of ${
    entity.metadata.name
  } resolves to.\n${toYaml({
    clusters: names.length,
    digest: dataDigest(names.sort(byCodeUnit)),
    groups: Object.fromEntries(groups.sort(([a], [b]) => byCodeUnit(a, b))),
    include: exceptions.include && [...exceptions.include].sort(byCodeUnit),
    exclude: exceptions.exclude && [...exceptions.exclude].sort(byCodeUnit),
  })}`;
}

/** Groups of one hierarchy that hold all its clusters among these, as far down as it stays a page to read. */
function countedGroups(
  root: string,
  snapshot: Snapshot,
  clusters: Bitmap,
): readonly string[] {
  const childrenOf = (group: string) =>
    snapshot.groups
      .children(group)
      .filter(child => snapshot.groupMembers(child).intersects(clusters));
  const below = (group: string) => {
    const children = childrenOf(group);
    // A cluster that is in the group itself would be counted nowhere.
    const itself = within(group, snapshot, clusters);
    for (const child of children) itself.andNot(snapshot.groupMembers(child));
    return itself.isEmpty() ? children : [group];
  };
  let counted: readonly string[] = [];
  let next: readonly string[] = [root];
  while (next.join() !== counted.join()) {
    counted = next;
    if (counted.flatMap(childrenOf).length > MAX_GROUPS) break;
    next = counted.flatMap(below);
  }
  return counted;
}

function within(group: string, snapshot: Snapshot, clusters: Bitmap): Bitmap {
  return snapshot.groupMembers(group).clone().and(clusters);
}
