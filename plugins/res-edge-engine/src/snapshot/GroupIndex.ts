import { EdgeGroupEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
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
  private readonly cache = new Map<number, readonly string[]>();

  constructor(
    private readonly tree: GroupTree,
    private readonly membersByGroup: ReadonlyMap<string, Bitmap>,
    private readonly directByGroup: ReadonlyMap<string, Bitmap>,
    private readonly size: number,
  ) {}

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
    return this.membersByGroup.get(name)?.clone() ?? Bitmap.empty(this.size);
  }

  direct(name: string): Bitmap {
    return this.directByGroup.get(name)?.clone() ?? Bitmap.empty(this.size);
  }

  groupsOf(clusterNumber: number): readonly string[] {
    let groups = this.cache.get(clusterNumber);
    if (!groups) {
      groups = [...this.membersByGroup.keys()].filter(name =>
        this.membersByGroup.get(name)!.has(clusterNumber),
      );
      this.cache.set(clusterNumber, groups);
    }
    return groups;
  }
}
