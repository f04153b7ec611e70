import { Decisions } from '../../model';
import { edgeReference, Snapshot } from '../../snapshot';
import { ClusterValues, resolveClusterValues } from '../../values';
import { ClusterValue, deliveredValues } from './clusterValues';

const GROUP = 'group ';

/**
 * The values of a cluster on which groups wait: what these set is as it is delivered there, all else as main says.
 *
 * A delivered value of a waiting group gives way to a stronger source alone, and to no new one of equal precedence. A key
 * that nobody sets any more, and a waiting group would, stays as it is delivered.
 *
 * @param waiting - names of groups
 * @param delivered - the text of the cluster's values file
 * @internal
 */
export function valuesBehindGroups(options: {
  readonly snapshot: Snapshot;
  readonly decisions: Pick<Decisions, 'groups'>;
  readonly cluster: number;
  readonly waiting: ReadonlySet<string>;
  readonly delivered: string | undefined;
}): ClusterValues {
  const { snapshot, decisions, cluster, waiting, delivered = '' } = options;
  const others = resolveClusterValues(snapshot, decisions, cluster, waiting);
  const values = new Map(others.values.map(value => [value.key, value]));
  const { name } = snapshot.clusters[cluster].metadata;
  const wouldSet = (key: string) =>
    [...waiting].some(group =>
      Object.hasOwn(decisions.groups.get(group)?.values ?? {}, key),
    );
  for (const [key, { value, origin }] of deliveredValues(delivered)) {
    const group = groupOf(origin);
    const winner = values.get(key);
    const stays =
      group !== undefined && waiting.has(group)
        ? !winner || !isStronger(snapshot, winner.origin, group)
        : !winner && wouldSet(key);
    if (stays)
      values.set(key, {
        ...{ key, value },
        origin:
          group === undefined
            ? edgeReference('EdgeCluster', name)
            : edgeReference('EdgeGroup', group),
      });
  }
  return { values: [...values.values()], problems: others.problems };
}

function groupOf(origin: ClusterValue['origin']): string | undefined {
  return origin.startsWith(GROUP) ? origin.slice(GROUP.length) : undefined;
}

/** Whether a source wins over a group. */
function isStronger(
  { groups }: Snapshot,
  source: string,
  group: string,
): boolean {
  const prefix = edgeReference('EdgeGroup', '');
  if (!source.startsWith(prefix)) return true;
  const other = source.slice(prefix.length);
  const precedence = (name: string) =>
    groups.get(groups.path(name)[0] ?? name)?.spec.precedence ?? 0;
  const difference = precedence(other) - precedence(group);
  return difference === 0 ? groups.path(other).includes(group) : difference > 0;
}
