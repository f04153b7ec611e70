import { EdgeNamespaceEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../../bitmap';
import { Snapshot } from '../../snapshot';
import { byCodeUnit, dataDigest } from '../format/digest';
import { toYaml } from '../format/toYaml';

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
  const groups: [string, number][] = [];
  for (const root of snapshot.groups.roots) {
    const children = snapshot.groups.children(root);
    for (const group of children.length > 0 ? children : [root]) {
      const count = snapshot.groups
        .members(group)
        .clone()
        .and(clusters)
        .count();
      if (count > 0) groups.push([group, count]);
    }
  }
  const { selector } = entity.spec;
  const exceptions = typeof selector === 'object' ? selector : {};
  const names = [...clusters].map(
    number => snapshot.clusters[number].metadata.name,
  );
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
