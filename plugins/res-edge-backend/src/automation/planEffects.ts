import {
  ClusterSet,
  PlanEffect,
  PlanSummary,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  BillEntry,
  Bitmap,
  DeliveredShard,
  describeClusters,
  ShardChange,
  Snapshot,
} from '@res-edge/backstage-plugin-res-edge-engine';

/** The sums of all effects; `bills` counts each cluster once. @internal */
export function totalsOf(
  effects: readonly PlanEffect[],
  bills: number,
): PlanSummary['totals'] {
  const sum = (pick: (effect: PlanEffect) => ClusterSet) =>
    effects.reduce((total, effect) => total + pick(effect).count, 0);
  return {
    won: sum(effect => effect.won),
    lost: sum(effect => effect.lost),
    changed: sum(effect => effect.changed),
    refused: sum(effect => effect.refused),
    bills,
  };
}

interface Counted {
  won: Bitmap;
  lost: Bitmap;
  changed: Bitmap;
  from?: string;
  to?: string;
}

/**
 * What a delivery changed, read from the bills before and after. Clusters that are no longer registered are not counted.
 *
 * @internal
 */
export function deliveryEffects(
  snapshot: Snapshot,
  before: ReadonlyMap<string, DeliveredShard>,
  renderings: readonly ShardChange[],
): PlanEffect[] {
  const counted = new Map<string, Counted>();
  const entry = (kind: string, name: string): Counted => {
    const key = `${kind}/${name}`;
    let value = counted.get(key);
    if (!value) {
      const empty = () => Bitmap.empty(snapshot.size);
      counted.set(
        key,
        (value = { won: empty(), lost: empty(), changed: empty() }),
      );
    }
    return value;
  };
  const compare = (
    kind: string,
    number: number,
    old: readonly BillEntry[],
    now: readonly BillEntry[],
  ) => {
    const known = new Map(old.map(item => [item.name, item]));
    for (const item of now) {
      const was = known.get(item.name);
      known.delete(item.name);
      if (was?.revision === item.revision) continue;
      const value = entry(kind, item.name);
      (was ? value.changed : value.won).add(number);
      value.from ??= was?.version;
      value.to ??= item.version;
    }
    for (const item of known.values()) {
      const value = entry(kind, item.name);
      value.lost.add(number);
      value.from ??= item.version;
    }
  };
  for (const { shard, clusters, delivered } of renderings) {
    for (const cluster of clusters) {
      const number = snapshot.numberOf(cluster);
      if (number === undefined) continue;
      const old = before.get(shard)?.clusters.get(cluster)?.bill;
      const now = delivered.clusters.get(cluster)?.bill;
      if (!now && isElsewhere(before, shard, cluster)) continue;
      compare(
        'application',
        number,
        old?.applications ?? [],
        now?.applications ?? [],
      );
      compare(
        'namespace',
        number,
        old?.namespaces ?? [],
        now?.namespaces ?? [],
      );
      compare('group', number, old?.groups ?? [], now?.groups ?? []);
    }
  }
  return [...counted]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => {
      const [kind, name] = key.split('/', 2);
      return {
        kind: kind as PlanEffect['kind'],
        name,
        version: versionOf(value),
        won: describeClusters(snapshot, value.won),
        lost: describeClusters(snapshot, value.lost),
        changed: describeClusters(snapshot, value.changed),
        refused: describeClusters(snapshot, Bitmap.empty(snapshot.size)),
      };
    });
}

/** Its folder goes because another shard took it over. */
function isElsewhere(
  shards: ReadonlyMap<string, DeliveredShard>,
  left: string,
  cluster: string,
): boolean {
  for (const { shard, clusters } of shards.values())
    if (shard !== left && clusters.has(cluster)) return true;
  return false;
}

function versionOf({ from, to }: Counted): PlanEffect['version'] {
  return from === undefined && to === undefined ? undefined : { from, to };
}
