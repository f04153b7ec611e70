import { EdgeClusterEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { Renumbering } from '../bitmap/Renumbering';
import { ChunkedArray } from './ChunkedArray';
import { compareNames } from './reference';

/** How the clusters of one snapshot become those of the next one. @internal */
export interface ClusterChanges {
  readonly renumbering: Renumbering;
  /** By number, as it is afterwards: clusters that are new or other. */
  readonly upserted: ReadonlyMap<number, EdgeClusterEntity>;
  /** What stood there, where they are not new. */
  readonly replaced: ReadonlyMap<number, EdgeClusterEntity>;
  readonly removed: readonly EdgeClusterEntity[];
}

/** @internal */
export function clusterChanges(
  clusters: ChunkedArray<EdgeClusterEntity>,
  numberOf: (name: string) => number | undefined,
  {
    upserted = [],
    removed = [],
  }: {
    readonly upserted?: readonly EdgeClusterEntity[];
    readonly removed?: readonly string[];
  },
): ClusterChanges {
  const entities = new Map(
    upserted.map(entity => [entity.metadata.name, entity]),
  );
  const gone = [...new Set(removed)]
    .filter(name => !entities.has(name))
    .map(numberOf)
    .filter(number => number !== undefined)
    .sort((a, b) => a - b);
  const known: [number, EdgeClusterEntity][] = [];
  const added: EdgeClusterEntity[] = [];
  for (const [name, entity] of entities) {
    const number = numberOf(name);
    if (number === undefined) added.push(entity);
    else if (clusters.get(number) !== entity) known.push([number, entity]);
  }
  added.sort((a, b) => compareNames(a.metadata.name, b.metadata.name));
  const renumbering = Renumbering.create(
    clusters.length,
    gone,
    added.map(({ metadata }) => placeOf(clusters, metadata.name)),
  );
  return {
    renumbering,
    upserted: new Map([
      ...known.map(([number, entity]): [number, EdgeClusterEntity] => [
        renumbering.numberOf(number),
        entity,
      ]),
      ...added.map((entity, i): [number, EdgeClusterEntity] => [
        renumbering.added[i],
        entity,
      ]),
    ]),
    replaced: new Map(
      known.map(([number]) => [
        renumbering.numberOf(number),
        clusters.get(number),
      ]),
    ),
    removed: gone.map(number => clusters.get(number)),
  };
}

/** The number before which a new name comes. */
function placeOf(
  clusters: ChunkedArray<EdgeClusterEntity>,
  name: string,
): number {
  let [low, high] = [0, clusters.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (clusters.get(middle).metadata.name < name) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The clusters after the changes. @internal */
export function clustersAfter(
  clusters: ChunkedArray<EdgeClusterEntity>,
  { renumbering, upserted }: ClusterChanges,
): ChunkedArray<EdgeClusterEntity> {
  if (renumbering.isNone) return clusters.with(upserted);
  const list = renumbering.list<EdgeClusterEntity | undefined>(
    clusters.toArray(),
    undefined,
  );
  for (const [number, entity] of upserted) list[number] = entity;
  return ChunkedArray.from(list as EdgeClusterEntity[]);
}
