import { Bitmap } from '../../bitmap';
import { DeliveredCluster, Holds } from '../../model';
import { resolveClusterValues } from '../../values';
import { ClusterKeys } from '../revision/Revision';
import {
  waitingComponents,
  WantedComponents,
  wantedComponents,
} from './clusterComponents';
import { clusterValues, missingValue } from './clusterValues';
import type { DeliveryInput } from './DeliveryInput';
import { FleetRevisions, PlacedApplication } from './FleetRevisions';
import { heldHere } from './heldHere';
import { shardWith } from './prepareRendering';
import { valuesBehindGroups } from './valuesBehindGroups';
import { WantedRevisions, WantedTree } from './WantedTree';

/**
 * The groups that wait, and the changes of applications that wait with them: into whose build a component of the group
 * goes otherwise than it is delivered, and what reads of a cluster what is there only once the group has come.
 *
 * @param groups - the clusters on which each of them waits
 * @internal
 */
export function changesBehindGroups(
  input: DeliveryInput,
  revisions: FleetRevisions,
  groups: NonNullable<Holds['groups']>,
): Holds {
  const { snapshot } = input.plan;
  const all = Bitmap.empty(snapshot.size);
  for (const clusters of groups.values()) all.or(clusters);
  const numbers = [...all];
  const wanted = WantedTree.create(revisions).of(numbers);
  const components = new Map<WantedRevisions, WantedComponents>();
  const applications = new Map<string, Bitmap>();
  const nothing = { applications: new Map(), namespaces: new Map() };
  for (const [index, cluster] of numbers.entries()) {
    const here = wanted[index];
    let into = components.get(here);
    if (!into) components.set(here, (into = wantedComponents(here.groups)));
    const waiting = heldHere({ ...nothing, groups }, cluster)!.groups;
    for (const name of waitingHere(input, cluster, waiting, here, into)) {
      const known = applications.get(name) ?? Bitmap.empty(snapshot.size);
      known.add(cluster);
      applications.set(name, known);
    }
  }
  const behindGroups = new Map(applications);
  return { ...nothing, groups, applications, behindGroups };
}

/** The applications that come to one cluster or change there, and wait. */
function waitingHere(
  input: DeliveryInput,
  cluster: number,
  groups: ReadonlySet<string>,
  { applications }: WantedRevisions,
  components: WantedComponents,
): string[] {
  const delivered = deliveredTo(input, cluster);
  const before = new Map(
    delivered?.bill.applications.map(({ name, revision }) => [name, revision]),
  );
  const changed = applications.filter(
    ({ name, entry }) => entry && entry.revision !== before.get(name),
  );
  if (changed.length === 0) return [];
  const there = delivered?.bill.components ?? [];
  const waiting = waitingComponents(groups, there, components);
  const arrives = valuesThatArrive(input, cluster, groups, delivered);
  return changed
    .filter(
      application =>
        waiting.has(application.name) ||
        readsOf(application, components).some(arrives),
    )
    .map(({ name }) => name);
}

function readsOf(
  { name, revision }: PlacedApplication,
  components: WantedComponents,
): ClusterKeys[] {
  const inside = components.get(name) ?? [];
  return [revision!, ...inside].map(({ clusterKeys }) => clusterKeys);
}

/** Whether keys have all their values once the groups have come, and not before. */
function valuesThatArrive(
  { plan: { snapshot }, decisions }: DeliveryInput,
  cluster: number,
  waiting: ReadonlySet<string>,
  delivered: DeliveredCluster | undefined,
): (keys: ClusterKeys) => boolean {
  const facts = snapshot.clusters[cluster];
  const now = valuesBehindGroups({
    ...{ snapshot, decisions, cluster, waiting },
    delivered: delivered?.values,
  }).values;
  const then = resolveClusterValues(snapshot, decisions, cluster).values;
  return keys => {
    const isMissing = (values: typeof now) =>
      missingValue(keys, clusterValues(facts, values, keys.keys())) !==
      undefined;
    return isMissing(now) && !isMissing(then);
  };
}

function deliveredTo(
  { plan: { snapshot }, shards, delivered }: DeliveryInput,
  cluster: number,
): DeliveredCluster | undefined {
  const { name } = snapshot.clusters[cluster].metadata;
  const shard = shards.get(name) ?? shardWith(delivered, name);
  return delivered.get(shard ?? '')?.clusters.get(name);
}
