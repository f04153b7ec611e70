import {
  EdgeClusterEntity,
  EdgeGroupEntity,
  EdgeKind,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import type { SelectorContext } from '../selector';
import { checkClusters } from './checkClusters';
import { AttributeType, FactIndex } from './FactIndex';
import { DefaultGroupIndex, GroupIndex } from './GroupIndex';
import { closeGroups } from './closeGroups';
import { buildGroupTree } from './GroupTree';
import { compareNames, edgeReference } from './reference';

/** What a snapshot is made from. @public */
export interface SnapshotFacts {
  readonly clusters: readonly EdgeClusterEntity[];
  readonly groups: readonly EdgeGroupEntity[];
  /** Types of attributes by declaration; the others have the type that most clusters use. */
  readonly attributeTypes?: ReadonlyMap<string, AttributeType>;
}

/**
 * The facts about clusters and the hierarchies at one moment, indexed: clusters are numbered in order of their names,
 * and everything about them is a set of numbers.
 *
 * A record that is wrong is reported in `problems` and leaves out no other.
 *
 * @public
 */
export class Snapshot implements SelectorContext {
  private constructor(
    /** By number. */
    readonly clusters: readonly EdgeClusterEntity[],
    private readonly numbers: ReadonlyMap<string, number>,
    readonly facts: FactIndex,
    readonly groups: GroupIndex,
    readonly problems: readonly Problem[],
  ) {}

  static create(source: SnapshotFacts): Snapshot {
    const problems: Problem[] = [];
    const clusters = [
      ...byName('EdgeCluster', source.clusters, problems).values(),
    ];
    const numbers = new Map(
      clusters.map((cluster, i) => [cluster.metadata.name, i]),
    );
    const groups = byName('EdgeGroup', source.groups, problems);
    const facts = FactIndex.create(clusters, source.attributeTypes);
    const tree = buildGroupTree(groups);
    const closure = closeGroups(tree, clusters, facts, numbers);
    problems.push(
      ...facts.problems,
      ...checkClusters(clusters, groups),
      ...tree.problems,
      ...closure.problems,
    );
    return new Snapshot(
      clusters,
      numbers,
      facts,
      new DefaultGroupIndex(tree, closure.members, closure.direct, clusters),
      problems,
    );
  }

  /** How many clusters there are. */
  get size(): number {
    return this.clusters.length;
  }

  numberOf(name: string): number | undefined {
    return this.numbers.get(name);
  }

  /** The clusters of these names; unknown names are left out. */
  bitmapOf(names: Iterable<string>): Bitmap {
    const bitmap = Bitmap.empty(this.size);
    for (const name of names) {
      const number = this.numbers.get(name);
      if (number !== undefined) bitmap.add(number);
    }
    return bitmap;
  }

  /** The names of these clusters, sorted. */
  namesOf(clusters: Bitmap): string[] {
    return Array.from(clusters, number => this.clusters[number].metadata.name);
  }

  hasGroup(name: string): boolean {
    return this.groups.has(name);
  }

  groupMembers(name: string): Bitmap {
    return this.groups.members(name);
  }

  groupsOf(cluster: number): readonly string[] {
    return this.groups.groupsOf(cluster);
  }
}

/** Entities in order of their names; of two with one name the first counts. */
function byName<T extends EdgeClusterEntity | EdgeGroupEntity>(
  kind: EdgeKind,
  entities: readonly T[],
  problems: Problem[],
): Map<string, T> {
  const sorted = [...entities].sort((a, b) =>
    compareNames(a.metadata.name, b.metadata.name),
  );
  const result = new Map<string, T>();
  for (const entity of sorted) {
    const { name } = entity.metadata;
    if (result.has(name)) {
      problems.push({
        entity: edgeReference(kind, name),
        field: 'metadata.name',
        message: `There is more than one ${kind} named '${name}'; only the first one counts`,
      });
    } else result.set(name, entity);
  }
  return result;
}
