import { EntityCounts } from '@res-edge/backstage-plugin-res-edge-common';
import {
  countByGroup,
  countByHierarchy,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { VisibleFleet } from '../../permissions';
import { compareStrings } from '../../util/compareStrings';
import { ClusterFields } from './ClusterFields';
import { fieldOf, fullPath, textsOf } from './entityField';
import { EntityMatches, EntityQuery, findEntities } from './findEntities';

type Counts = EntityCounts['counts'];

/**
 * How many entities of a query have each value in a field, the most frequent first; `group` counts clusters by the children
 * of the query's group, or else of each root.
 *
 * @throws InputError
 * @internal
 */
export function countEntities(
  fleet: VisibleFleet,
  query: EntityQuery & { by: string; limit?: number },
): EntityCounts {
  const { by, group, limit = 100 } = query;
  const matches = findEntities(fleet, query);
  const total = matches.clusters.count() + matches.others.length;
  if (by === 'group') {
    const groups = group
      ? countByGroup(fleet, matches.clusters, group)
      : countByHierarchy(fleet, matches.clusters);
    return {
      by,
      total,
      distinct: groups.length,
      counts: groups
        .slice(0, limit)
        .map(({ group: value, title, count }) => ({ value, title, count })),
    };
  }
  const counts = countValues(fleet, matches, fullPath(by, 'by'));
  return { by, total, distinct: counts.length, counts: counts.slice(0, limit) };
}

function countValues(
  { view: { snapshot } }: VisibleFleet,
  { clusters, others }: EntityMatches,
  path: string,
): Counts {
  const counts = ClusterFields.of(snapshot).count(path, clusters);
  for (const entity of others) {
    for (const text of new Set(textsOf(fieldOf(entity, path)))) {
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || compareStrings(a.value, b.value));
}
