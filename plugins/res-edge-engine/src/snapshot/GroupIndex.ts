import {
  EdgeClusterEntity,
  EdgeGroupEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { compareNames } from './reference';
import { GroupTree } from './GroupTree';

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

/** @internal */
export class DefaultGroupIndex implements GroupIndex {
  /** Groups with members by rule. */
  private readonly ruled: readonly string[];
  private readonly cache = new Map<number, readonly string[]>();

  constructor(
    private readonly tree: GroupTree,
    private readonly membersByGroup: ReadonlyMap<string, Bitmap>,
    private readonly directByGroup: ReadonlyMap<string, Bitmap>,
    private readonly clusters: readonly EdgeClusterEntity[],
  ) {
    this.ruled = [...tree.groups.values()]
      .filter(group => group.spec.selector !== undefined)
      .map(group => group.metadata.name);
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
    return (
      this.membersByGroup.get(name)?.clone() ??
      Bitmap.empty(this.clusters.length)
    );
  }

  direct(name: string): Bitmap {
    return (
      this.directByGroup.get(name)?.clone() ??
      Bitmap.empty(this.clusters.length)
    );
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
      ...this.ruled.filter(name =>
        this.directByGroup.get(name)!.has(clusterNumber),
      ),
    ];
  }
}
