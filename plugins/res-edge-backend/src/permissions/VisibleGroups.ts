import { EdgeGroupEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap, GroupIndex } from '@res-edge/backstage-plugin-res-edge-engine';
import { compareStrings } from '../util/compareStrings';

/**
 * The hierarchies as a caller sees them who may not see all groups or clusters: a group whose parent is hidden stands as
 * a root, and only visible clusters are members.
 *
 * @internal
 */
export class VisibleGroups implements GroupIndex {
  readonly roots: readonly string[];

  constructor(
    private readonly all: GroupIndex,
    private readonly visible: ReadonlySet<string>,
    private readonly clusters: Bitmap,
  ) {
    this.roots = [...visible]
      .filter(name => this.parent(name) === undefined)
      .sort(compareStrings);
  }

  has(name: string): boolean {
    return this.visible.has(name);
  }

  get(name: string): EdgeGroupEntity | undefined {
    return this.has(name) ? this.all.get(name) : undefined;
  }

  children(name: string): readonly string[] {
    return this.has(name) ? this.shown(this.all.children(name)) : [];
  }

  parent(name: string): string | undefined {
    const parent = this.all.parent(name);
    return parent !== undefined && this.has(parent) ? parent : undefined;
  }

  path(name: string): readonly string[] {
    return this.has(name) ? this.shown(this.all.path(name)) : [];
  }

  members(name: string): Bitmap {
    return this.has(name)
      ? this.all.members(name).and(this.clusters)
      : Bitmap.empty(this.clusters.size);
  }

  countMembers(name: string, among?: Bitmap): number {
    if (!this.has(name)) return 0;
    const visible = among ? among.clone().and(this.clusters) : this.clusters;
    return this.all.countMembers(name, visible);
  }

  direct(name: string): Bitmap {
    return this.has(name)
      ? this.all.direct(name).and(this.clusters)
      : Bitmap.empty(this.clusters.size);
  }

  groupsOf(cluster: number): readonly string[] {
    return this.shown(this.all.groupsOf(cluster));
  }

  private shown(names: readonly string[]): readonly string[] {
    return names.filter(name => this.has(name));
  }
}
