import {
  EdgeClusterEntity,
  EdgeGroupEntity,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { ClusterNames } from './ClusterNames';
import {
  GroupClosure,
  GroupOrder,
  closeGroups,
  orderGroups,
} from './closeGroups';
import type { FactIndex } from './FactIndex';
import { GroupTree, buildGroupTree } from './GroupTree';
import { compareNames } from './reference';

/** The hierarchies, and the clusters of each of their groups. @public */
export interface GroupIndex {
  /** Groups without a parent, sorted. */
  readonly roots: readonly string[];
  has(name: string): boolean;
  get(name: string): EdgeGroupEntity | undefined;
  /** Sorted. */
  children(name: string): readonly string[];
  parent(name: string): string | undefined;
  /** From the root to the parent. */
  path(name: string): readonly string[];
  /** Clusters in it or below: named by the cluster, by its own selector, or of a descendant. */
  members(name: string): Bitmap;
  /** Clusters in the group itself: named by the cluster or by its own selector. */
  direct(name: string): Bitmap;
  /** All groups that a cluster is in, ancestors included, sorted. */
  groupsOf(clusterNumber: number): readonly string[];
}

type SetsByName = (name: string) => Bitmap | undefined;

/** @internal */
export class DefaultGroupIndex implements GroupIndex {
  private readonly cache = new Map<number, readonly string[]>();

  private constructor(
    private readonly tree: GroupTree,
    private readonly order: GroupOrder,
    private readonly closure: GroupClosure,
    private readonly clusters: readonly EdgeClusterEntity[],
    private readonly membersOf: SetsByName = name => closure.members.get(name),
    private readonly directOf: SetsByName = name => closure.direct.get(name),
  ) {}

  static create(
    groups: ReadonlyMap<string, EdgeGroupEntity>,
    clusters: readonly EdgeClusterEntity[],
    facts: FactIndex,
    names: ClusterNames,
  ): DefaultGroupIndex {
    const tree = buildGroupTree(groups);
    const order = orderGroups(tree);
    const closure = closeGroups(tree, order, clusters, facts, lookUp(names));
    return new DefaultGroupIndex(tree, order, closure, clusters);
  }

  /** The same once the clusters of these numbers are others; `part` holds the facts of them alone. */
  with(
    clusters: readonly EdgeClusterEntity[],
    numbers: readonly number[],
    part: FactIndex,
    names: ClusterNames,
  ): DefaultGroupIndex {
    const { tree, order, closure } = this;
    const some = numbers.map(number => clusters[number]);
    const now = closeGroups(tree, order, some, part, lookUp(names.part(some)));
    const patch = (
      sets: ReadonlyMap<string, Bitmap>,
      parts: ReadonlyMap<string, Bitmap>,
    ) =>
      new Map(
        Array.from(sets, ([name, set]) => [
          name,
          set.patched(numbers, parts.get(name)!),
        ]),
      );
    return new DefaultGroupIndex(
      tree,
      order,
      {
        members: patch(closure.members, now.members),
        direct: patch(closure.direct, now.direct),
        problems: closure.problems,
      },
      clusters,
    );
  }

  /** Some of the clusters alone, numbered anew. */
  part(
    clusters: readonly EdgeClusterEntity[],
    numbers: readonly number[],
  ): DefaultGroupIndex {
    const { members, direct } = this.closure;
    return new DefaultGroupIndex(
      this.tree,
      this.order,
      { members: new Map(), direct: new Map(), problems: [] },
      clusters,
      picked(members, numbers),
      picked(direct, numbers),
    );
  }

  /** The same with other entities, which stand where they stood and have the members that they had. */
  withEntities(
    groups: ReadonlyMap<string, EdgeGroupEntity>,
  ): DefaultGroupIndex {
    const tree = { ...this.tree, groups };
    return new DefaultGroupIndex(tree, this.order, this.closure, this.clusters);
  }

  get entities(): ReadonlyMap<string, EdgeGroupEntity> {
    return this.tree.groups;
  }

  get problems(): readonly Problem[] {
    return [
      ...this.tree.problems,
      ...this.order.problems,
      ...this.closure.problems,
    ];
  }

  /** Whether one of these clusters is in other groups than there. */
  differsOn(before: DefaultGroupIndex, numbers: readonly number[]): boolean {
    for (const [name, members] of this.closure.members) {
      const old = before.closure.members.get(name)!;
      if (
        old !== members &&
        numbers.some(number => old.has(number) !== members.has(number))
      )
        return true;
    }
    return false;
  }

  /** The clusters that are in other groups than there; `undefined` where the groups have other names. */
  changedSince(before: DefaultGroupIndex): Bitmap | undefined {
    const changed = Bitmap.empty(this.clusters.length);
    if (this.closure.members.size !== before.closure.members.size)
      return undefined;
    for (const [name, members] of this.closure.members) {
      const old = before.closure.members.get(name);
      if (!old) return undefined;
      changed.orDifference(old, members);
    }
    return changed;
  }

  get roots(): readonly string[] {
    return this.tree.roots;
  }

  has(name: string): boolean {
    return this.tree.groups.has(name);
  }

  get(name: string): EdgeGroupEntity | undefined {
    return this.tree.groups.get(name);
  }

  children(name: string): readonly string[] {
    return this.tree.children.get(name) ?? [];
  }

  parent(name: string): string | undefined {
    return this.tree.parents.get(name);
  }

  path(name: string): readonly string[] {
    const path: string[] = [];
    for (let at = this.parent(name); at !== undefined; at = this.parent(at)) {
      path.push(at);
    }
    return path.reverse();
  }

  members(name: string): Bitmap {
    return this.membersOf(name)?.clone() ?? Bitmap.empty(this.clusters.length);
  }

  direct(name: string): Bitmap {
    return this.directOf(name)?.clone() ?? Bitmap.empty(this.clusters.length);
  }

  groupsOf(clusterNumber: number): readonly string[] {
    let groups = this.cache.get(clusterNumber);
    if (!groups) {
      const found = new Set<string>();
      for (const name of this.namedBy(clusterNumber)) {
        let at: string | undefined = name;
        while (at !== undefined && !found.has(at)) {
          found.add(at);
          at = this.parent(at);
        }
      }
      groups = [...found].sort(compareNames);
      this.cache.set(clusterNumber, groups);
    }
    return groups;
  }

  /** The groups that a cluster is in by itself. */
  private namedBy(clusterNumber: number): readonly string[] {
    const named = this.clusters[clusterNumber].spec.groups ?? [];
    return [
      ...named.filter(name => this.has(name)),
      ...[...this.order.selectors.keys()].filter(name =>
        this.directOf(name)!.has(clusterNumber),
      ),
    ];
  }
}

function lookUp(names: ClusterNames) {
  return {
    numberOf: (name: string) => names.numberOf(name),
    hasCluster: (name: string) => names.hasCluster(name),
  };
}

/** The sets over some clusters alone, each made when it is asked for. */
function picked(
  sets: ReadonlyMap<string, Bitmap>,
  numbers: readonly number[],
): SetsByName {
  const known = new Map<string, Bitmap | undefined>();
  return name => {
    if (!known.has(name)) known.set(name, sets.get(name)?.pick(numbers));
    return known.get(name);
  };
}
