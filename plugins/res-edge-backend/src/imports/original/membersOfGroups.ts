import { isRecord, OriginalExport } from './OriginalExport';
import { OriginalNames } from './OriginalNames';

/**
 * The groups of each cluster by what groups say, for clusters that do not say it themselves. A group lists the clusters
 * of its descendants too: of a group and one below it only the lower is a direct membership.
 *
 * @internal
 */
export function membersOfGroups(
  found: OriginalExport,
  names: OriginalNames,
): ReadonlyMap<string, readonly string[]> {
  const groupsOf = new Map<string, string[]>();
  for (const group of found.groups) {
    const members: unknown[] = Array.isArray(group.clusters)
      ? group.clusters
      : [];
    for (const member of members) {
      if (typeof member !== 'number' && !isRecord(member)) continue;
      const cluster = names.reference('clusters', member);
      const groups = groupsOf.get(cluster) ?? [];
      groups.push(names.groupName(group));
      groupsOf.set(cluster, groups);
    }
  }
  for (const [cluster, groups] of groupsOf) {
    const isDirect = (group: string) =>
      !groups.some(other => other.startsWith(`${group}.`));
    groupsOf.set(cluster, groups.filter(isDirect));
  }
  return groupsOf;
}
