import { EdgeEntity } from '@res-edge/backstage-plugin-res-edge-common';

/** The parents of groups that count, to ask what is below what. @internal */
export class GroupParents {
  private readonly parents = new Map<string, string | undefined>();

  static create(entities: Iterable<EdgeEntity> = []): GroupParents {
    const groups = new GroupParents();
    for (const entity of entities) groups.add(entity);
    return groups;
  }

  private constructor() {}

  /** Takes a group in; other kinds have no parent. */
  add(entity: EdgeEntity): void {
    if (entity.kind === 'EdgeGroup') {
      this.parents.set(entity.metadata.name, entity.spec.parent);
    }
  }

  /** Whether a group is one of these or below one of them, by parents that are known. */
  isWithin(group: string, roots: readonly string[]): boolean {
    const seen = new Set<string>();
    for (
      let name: string | undefined = group;
      name !== undefined && !seen.has(name);
      name = this.parents.get(name)
    ) {
      if (roots.includes(name)) return true;
      seen.add(name);
    }
    return false;
  }
}
