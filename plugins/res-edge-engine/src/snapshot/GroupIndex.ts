import {
  EdgeClusterEntity,
  EdgeGroupEntity,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { ChunkedArray } from './ChunkedArray';
import { ClusterChanges } from './ClusterChanges';
import { ClusterNames } from './ClusterNames';
import {
  ClosedGroups,
  GroupClosure,
  closeGroups,
  orderGroups,
} from './closeGroups';
import type { FactIndex } from './FactIndex';
import { buildGroupTree } from './GroupTree';
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
  /** How many there are in it or below; of these clusters alone, where given. Cheaper than {@link GroupIndex.members}. */
  countMembers(name: string, among?: Bitmap): number;
  /** Clusters in the group itself: named by the cluster or by its own selector. */
  direct(name: string): Bitmap;
  /** All groups that a cluster is in, ancestors included, sorted. */
  groupsOf(clusterNumber: number): readonly string[];
}

type SetsByName = (name: string) => Bitmap | undefined;

/** @internal */
export class DefaultGroupIndex implements GroupIndex {
  private readonly cache = new Map<number, readonly string[]>();
  private readonly counts = new Map<string, number>();

  private constructor(
    private readonly groups: ClosedGroups,
    private readonly clusters: ChunkedArray<EdgeClusterEntity>,
    private readonly membersOf: SetsByName = name =>
      groups.closure.members.get(name),
    private readonly directOf: SetsByName = name =>
      groups.closure.direct.get(name),
  ) {}

  static create(
    groups: ReadonlyMap<string, EdgeGroupEntity>,
    facts: FactIndex,
    names: ClusterNames,
  ): DefaultGroupIndex {
    const tree = buildGroupTree(groups);
    const order = orderGroups(tree);
    const { clusters } = facts;
    const closure = closeGroups(tree, order, { clusters, facts, names });
    return new DefaultGroupIndex({ tree, order, closure }, clusters);
  }

  /** The same with other groups over the same clusters, and the groups that came, went or have other members. */
  withGroups(
    groups: ReadonlyMap<string, EdgeGroupEntity>,
    facts: FactIndex,
    names: ClusterNames,
  ): { index: DefaultGroupIndex; changed: ReadonlySet<string> } {
    const tree = buildGroupTree(groups);
    const order = orderGroups(tree);
    const { clusters } = facts;
    const closure = closeGroups(
      tree,
      order,
      { clusters, facts, names },
      this.groups,
    );
    const { members } = this.groups.closure;
    const changed = new Set(
      [...members.keys(), ...closure.members.keys()].filter(
        name => members.get(name) !== closure.members.get(name),
      ),
    );
    const index = new DefaultGroupIndex({ tree, order, closure }, clusters);
    return { index, changed };
  }

  /**
   * The same with other clusters, and the groups whose members are not those of before. `anew`: members can have changed
   * that are neither new nor other.
   */
  withClusters(
    changes: ClusterChanges,
    facts: FactIndex,
    part: FactIndex,
    names: ClusterNames,
  ): {
    index: DefaultGroupIndex;
    changed: ReadonlySet<string>;
    anew: boolean;
  } {
    const { tree, order } = this.groups;
    const { clusters } = facts;
    const { renumbering } = changes;
    // A selector may name a cluster that came or went, and then it is another one for all clusters.
    const anew = order.readsNames && !renumbering.isNone;
    const closure = anew
      ? closeGroups(tree, order, { clusters, facts, names })
      : this.patchedClosure(changes, part, names);
    const changed = new Set<string>();
    const { members: before } = this.groups.closure;
    if (closure.members !== before)
      for (const [name, members] of before)
        if (!renumbering.set(members).equals(closure.members.get(name)!))
          changed.add(name);
    const index = new DefaultGroupIndex({ tree, order, closure }, clusters);
    return { index, changed, anew };
  }

  private patchedClosure(
    { renumbering, upserted, replaced }: ClusterChanges,
    facts: FactIndex,
    names: ClusterNames,
  ): GroupClosure {
    const { tree, order, closure } = this.groups;
    const clusters = [...upserted.values()];
    const numbers = [...upserted.keys()];
    const concerned = concernedGroups(this.groups, [
      ...clusters,
      ...replaced.values(),
    ]);
    const part = closeGroups(
      tree,
      { ...order, names: order.names.filter(name => concerned.has(name)) },
      { clusters, facts, names: names.part(clusters) },
    );
    const named = new Map<string, Bitmap>();
    const direct = new Map<string, Bitmap>();
    const members = new Map<string, Bitmap>();
    const patch = (before: Bitmap, now: Bitmap) =>
      renumbering.set(before).patched(numbers, now);
    for (const name of concerned) {
      // What is one set before and now stays one.
      const [was, is] = [setsOf(closure, name), setsOf(part, name)];
      const own = patch(was.named, is.named);
      const here =
        was.direct === was.named && is.direct === is.named
          ? own
          : patch(was.direct, is.direct);
      const all =
        was.members === was.direct && is.members === is.direct
          ? here
          : patch(was.members, is.members);
      named.set(name, own);
      direct.set(name, here);
      members.set(name, all);
    }
    return {
      named: withSets(renumbering.map(closure.named), named),
      direct: withSets(renumbering.map(closure.direct), direct),
      members: withSets(renumbering.map(closure.members), members),
      problems: closure.problems,
    };
  }

  /** The clusters that name a group which there is only here or only there. */
  namingOthers(other: DefaultGroupIndex): Bitmap {
    const naming = Bitmap.empty(this.clusters.length);
    for (const [one, two] of [
      [this, other],
      [other, this],
    ])
      for (const [name, clusters] of one.groups.closure.named)
        if (!two.has(name)) naming.or(clusters);
    return naming;
  }

  /** Some of the clusters alone, numbered anew. */
  part(
    clusters: ChunkedArray<EdgeClusterEntity>,
    numbers: readonly number[],
  ): DefaultGroupIndex {
    const { members, direct } = this.groups.closure;
    return new DefaultGroupIndex(
      this.groups,
      clusters,
      picked(members, numbers),
      picked(direct, numbers),
    );
  }

  /** The same with other entities, which stand where they stood and have the members that they had. */
  withEntities(
    groups: ReadonlyMap<string, EdgeGroupEntity>,
  ): DefaultGroupIndex {
    const tree = { ...this.groups.tree, groups };
    return new DefaultGroupIndex({ ...this.groups, tree }, this.clusters);
  }

  get entities(): ReadonlyMap<string, EdgeGroupEntity> {
    return this.groups.tree.groups;
  }

  get problems(): readonly Problem[] {
    const { tree, order, closure } = this.groups;
    return [
      ...tree.problems,
      ...order.problems,
      ...order.names.flatMap(name => closure.problems.get(name) ?? []),
    ];
  }

  get roots(): readonly string[] {
    return this.groups.tree.roots;
  }

  has(name: string): boolean {
    return this.groups.tree.groups.has(name);
  }

  get(name: string): EdgeGroupEntity | undefined {
    return this.groups.tree.groups.get(name);
  }

  children(name: string): readonly string[] {
    return this.groups.tree.children.get(name) ?? [];
  }

  parent(name: string): string | undefined {
    return this.groups.tree.parents.get(name);
  }

  path(name: string): readonly string[] {
    const path: string[] = [];
    for (let at = this.parent(name); at !== undefined; at = this.parent(at)) {
      path.push(at);
    }
    return path.reverse();
  }

  members(name: string): Bitmap {
    return this.sharedMembers(name).clone();
  }

  /** The members of a group, not to be changed. */
  sharedMembers(name: string): Bitmap {
    return this.membersOf(name) ?? Bitmap.empty(this.clusters.length);
  }

  countMembers(name: string, among?: Bitmap): number {
    const members = this.membersOf(name);
    if (!members) return 0;
    if (among) return members.countCommon(among);
    let count = this.counts.get(name);
    if (count === undefined) this.counts.set(name, (count = members.count()));
    return count;
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
    const named = this.clusters.get(clusterNumber).spec.groups ?? [];
    return [
      ...named.filter(name => this.has(name)),
      ...[...this.groups.order.selectors.keys()].filter(name =>
        this.directOf(name)!.has(clusterNumber),
      ),
    ];
  }
}

/** All groups that can have one of these clusters: those that it names, those with a selector, and all above. */
function concernedGroups(
  { tree, order }: ClosedGroups,
  clusters: readonly EdgeClusterEntity[],
): ReadonlySet<string> {
  const concerned = new Set(order.selectors.keys());
  for (const { spec } of clusters)
    for (const name of spec.groups ?? [])
      if (tree.groups.has(name)) concerned.add(name);
  // The set grows while it is walked.
  for (const name of concerned) {
    const parent = tree.parents.get(name);
    if (parent !== undefined) concerned.add(parent);
  }
  return concerned;
}

function setsOf({ named, direct, members }: GroupClosure, name: string) {
  return {
    named: named.get(name)!,
    direct: direct.get(name)!,
    members: members.get(name)!,
  };
}

/** Named sets with others in place of some; the very ones of before where these are the same. */
function withSets(
  before: ReadonlyMap<string, Bitmap>,
  others: ReadonlyMap<string, Bitmap>,
): ReadonlyMap<string, Bitmap> {
  let result: Map<string, Bitmap> | undefined;
  for (const [name, set] of others) {
    if (before.get(name) === set) continue;
    result ??= new Map(before);
    result.set(name, set);
  }
  return result ?? before;
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
