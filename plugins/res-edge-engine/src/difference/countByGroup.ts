import { GroupCount } from '@res-edge/backstage-plugin-res-edge-common';
import { NotFoundError } from '@backstage/errors';
import { Bitmap } from '../bitmap';
import { Snapshot } from '../snapshot';

/**
 * How many of these clusters are in each child of a group, or in each root without one; groups that hold none are left out.
 *
 * @throws NotFoundError where there is no group `under`.
 * @public
 */
export function countByGroup(
  { groups }: Pick<Snapshot, 'groups'>,
  clusters: Bitmap,
  under?: string,
): GroupCount[] {
  if (under !== undefined && !groups.has(under))
    throw new NotFoundError(`There is no group '${under}'`);
  const names = under === undefined ? groups.roots : groups.children(under);
  const counts: GroupCount[] = [];
  for (const group of names) {
    const count = groups.countMembers(group, clusters);
    if (count === 0) continue;
    const total = groups.countMembers(group);
    const title = groups.get(group)?.metadata.title;
    const root = groups.path(group)[0] ?? group;
    counts.push({
      group,
      ...(title !== undefined && { title }),
      count,
      total,
      hierarchy: groups.get(root)?.metadata.title ?? root,
    });
  }
  return counts;
}

/**
 * How many of these clusters are in each child of each root, hierarchy by hierarchy; a root without children stands for itself.
 *
 * @public
 */
export function countByHierarchy(
  { groups }: Pick<Snapshot, 'groups'>,
  clusters: Bitmap,
): GroupCount[] {
  const ofRoots = countByGroup({ groups }, clusters);
  return ofRoots.flatMap(root =>
    groups.children(root.group).length > 0
      ? countByGroup({ groups }, clusters, root.group)
      : [root],
  );
}
