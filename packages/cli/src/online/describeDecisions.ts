import {
  EdgeKind,
  GroupCount,
  ResEdgeApi,
  ResolvedValue,
} from '@res-edge/backstage-plugin-res-edge-common';
import { counted, printable, table } from '../terminal/table';

/** How many clusters are named where there may be many. */
const SAMPLE = 20;

async function describeCluster(
  api: ResEdgeApi,
  name: string,
): Promise<string[]> {
  const found = await api.getClusterPlacements({ name });
  const { shard = 'none yet', groups, namespaces, applications } = found;
  const rows = applications.map(each => [
    each.application,
    each.state,
    each.version ?? '-',
    each.delivered ?? '-',
    each.reason,
  ]);
  const names = namespaces.map(each => each.name);
  return [
    line('Shard', [shard]) +
      line('In groups', groups) +
      line('Namespaces', names),
    rows.length === 0
      ? 'No applications'
      : table(['APPLICATION', 'STATE', 'VERSION', 'DELIVERED', 'REASON'], rows),
    valuesTable(found.values),
  ];
}

async function describeGroup(api: ResEdgeApi, name: string): Promise<string[]> {
  const { group, path, children, direct, values } = await api.getGroup({
    name,
  });
  return [
    line(
      'Below',
      path.map(each => each.name),
    ) +
      line('Clusters', [
        `${group.clusters.toLocaleString('en')}, ${direct.toLocaleString(
          'en',
        )} of them in the group itself`,
      ]),
    children.length === 0
      ? ''
      : table(
          ['CHILD', 'CLUSTERS'],
          children.map(child => [child.name, child.clusters]),
        ),
    valuesTable(values),
  ];
}

async function describeNamespace(
  api: ResEdgeApi,
  name: string,
): Promise<string[]> {
  const reach = await api.getNamespaceReach({ name });
  const rows = reach.applications.map(each => [
    each.name,
    each.version ?? '-',
    each.placed,
    each.refused,
  ]);
  return [
    line('Clusters', [clustersOf(reach.clusters, reach.sample)]),
    groupTable(reach.byGroup),
    rows.length === 0
      ? 'No applications'
      : table(['APPLICATION', 'VERSION', 'PLACED', 'REFUSED'], rows),
  ];
}

async function describeApplication(
  api: ResEdgeApi,
  name: string,
): Promise<string[]> {
  const page = { name, limit: SAMPLE };
  const placed = await api.listApplicationPlacements({
    ...page,
    state: 'placed',
  });
  const refused = await api.listApplicationPlacements({
    ...page,
    state: 'refused',
  });
  const rows = refused.items.map(each => [
    each.cluster,
    each.step ?? '-',
    each.reason ?? '-',
  ]);
  const names = placed.items.map(each => each.cluster);
  return [
    line('Placed', [clustersOf(placed.total, names)]) +
      line('Refused', [counted(refused.total, 'cluster')]),
    groupTable(placed.byGroup),
    rows.length === 0 ? '' : table(['REFUSED ON', 'STEP', 'REASON'], rows),
  ];
}

function line(label: string, items: readonly string[]): string {
  return `${label}: ${items.map(printable).join(', ') || 'none'}\n`;
}

function clustersOf(count: number, sample: readonly string[]): string {
  if (count === 0) return counted(count, 'cluster');
  const more = count > sample.length ? ', …' : '';
  return `${counted(count, 'cluster')}: ${sample.join(', ')}${more}`;
}

function groupTable(byGroup: readonly GroupCount[]): string {
  const rows = byGroup.map(({ group, count, total }) => [
    group,
    count,
    total ?? '',
  ]);
  return rows.length === 0 ? '' : table(['GROUP', 'CLUSTERS', 'OF'], rows);
}

function valuesTable(values: readonly ResolvedValue[]): string {
  const rows = values.map(({ key, value, origin }) => [
    key,
    value,
    origin ?? '-',
  ]);
  return rows.length === 0 ? '' : table(['KEY', 'VALUE', 'FROM'], rows);
}

const OF_KIND: Readonly<
  Record<EdgeKind, (api: ResEdgeApi, name: string) => Promise<string[]>>
> = {
  EdgeCluster: describeCluster,
  EdgeGroup: describeGroup,
  EdgeNamespace: describeNamespace,
  EdgeApplication: describeApplication,
  EdgePolicy: async () => [],
};

/**
 * What was decided for an entity, as people read it: paragraphs without an empty line at their ends.
 *
 * @internal
 */
export async function describeDecisions(
  api: ResEdgeApi,
  kind: EdgeKind,
  name: string,
): Promise<string[]> {
  const paragraphs = await OF_KIND[kind](api, name);
  return paragraphs.map(text => text.trimEnd()).filter(text => text !== '');
}
