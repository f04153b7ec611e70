import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  EdgeApplicationEntity,
  EdgeEntity,
  EdgeNamespaceEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap, Snapshot } from '@res-edge/backstage-plugin-res-edge-engine';
import { EdgeEntityCondition } from '@res-edge/backstage-plugin-res-edge-node';

/** Where conditions are looked up. @internal */
export interface FactSource {
  readonly snapshot: Snapshot;
  readonly namespaces: ReadonlyMap<string, EdgeNamespaceEntity>;
  readonly applications: ReadonlyMap<string, EdgeApplicationEntity>;
  /** The clusters where a namespace is. */
  reach(namespace: string): Bitmap | undefined;
  /** The clusters where an application is. */
  placed(application: string): Bitmap | undefined;
}

/**
 * Whether conditions hold for the entities of one fleet. For clusters each condition is one set of numbers, found when it
 * is first asked for and kept.
 *
 * @internal
 */
export class FleetFacts {
  private readonly sets = new Map<string, Bitmap>();
  private owners?: ReadonlyMap<string, Bitmap>;
  private environments?: ReadonlyMap<string, Bitmap>;

  constructor(private readonly source: FactSource) {}

  /** The clusters that the condition holds for; not to be changed. */
  clusters(condition: EdgeEntityCondition): Bitmap {
    const key = JSON.stringify([condition.fact, ...condition.values]);
    let clusters = this.sets.get(key);
    if (!clusters) {
      clusters = this.findClusters(condition);
      this.sets.set(key, clusters);
    }
    return clusters;
  }

  /** Of a cluster that the snapshot has: whether the condition holds for it there. */
  is(entity: EdgeEntity, condition: EdgeEntityCondition): boolean {
    if (entity.kind === 'EdgeCluster') {
      const number = this.source.snapshot.numberOf(entity.metadata.name);
      return number !== undefined && this.clusters(condition).has(number);
    }
    const { fact, values } = condition;
    const { name } = entity.metadata;
    switch (fact) {
      case 'owner':
        return isOwned(entity, values);
      case 'group':
        return (
          entity.kind === 'EdgeGroup' &&
          this.groupsAbove(name, entity.spec.parent).some(group =>
            values.includes(group),
          )
        );
      case 'environment':
        return includes(values, this.environmentOf(entity));
      case 'namespace':
        return includes(values, namespaceOf(entity));
      default:
        return this.isReachedBy(entity, values);
    }
  }

  private findClusters({ fact, values }: EdgeEntityCondition): Bitmap {
    const { snapshot, reach } = this.source;
    switch (fact) {
      case 'owner':
        this.owners ??= this.clustersBy(({ spec }) => ownerOf(spec.owner));
        return this.union(values, value =>
          this.owners?.get(ownerOf(value) ?? value),
        );
      case 'environment':
        this.environments ??= this.clustersBy(({ spec }) => spec.environment);
        return this.union(values, value => this.environments?.get(value));
      case 'group':
        return this.union(values, value => snapshot.groups.members(value));
      case 'namespace':
        return this.union(values, reach);
      default:
        return this.clustersReachedBy(values);
    }
  }

  private clustersReachedBy(owners: readonly string[]): Bitmap {
    const { namespaces, applications, reach, placed } = this.source;
    const owned = (entities: ReadonlyMap<string, EdgeEntity>) =>
      [...entities]
        .filter(([, entity]) => isOwned(entity, owners))
        .map(([name]) => name);
    return this.union(owned(namespaces), reach).or(
      this.union(owned(applications), placed),
    );
  }

  private isReachedBy(entity: EdgeEntity, owners: readonly string[]): boolean {
    const { namespaces, applications } = this.source;
    const { name } = entity.metadata;
    if (entity.kind === 'EdgeNamespace') {
      return (
        isOwned(entity, owners) ||
        [...applications.values()].some(
          application =>
            application.spec.namespace === name && isOwned(application, owners),
        )
      );
    }
    if (entity.kind !== 'EdgeApplication') {
      return false;
    }
    const namespace = namespaces.get(entity.spec.namespace ?? '');
    return (
      isOwned(entity, owners) ||
      (namespace !== undefined && isOwned(namespace, owners))
    );
  }

  private environmentOf(entity: EdgeEntity): string | undefined {
    if (entity.kind === 'EdgeNamespace') {
      return entity.spec.environment;
    }
    return entity.kind === 'EdgeApplication'
      ? this.source.namespaces.get(entity.spec.namespace ?? '')?.spec
          .environment
      : undefined;
  }

  /** The group itself, its parent as its entity says, and all above that. */
  private groupsAbove(name: string, parent: string | undefined): string[] {
    return parent === undefined
      ? [name]
      : [name, parent, ...this.source.snapshot.groups.path(parent)];
  }

  private clustersBy(
    value: (cluster: Snapshot['clusters'][number]) => string | undefined,
  ): ReadonlyMap<string, Bitmap> {
    const { clusters, size } = this.source.snapshot;
    const found = new Map<string, Bitmap>();
    clusters.forEach((cluster, number) => {
      const key = value(cluster);
      if (key === undefined) {
        return;
      }
      let set = found.get(key);
      if (!set) {
        found.set(key, (set = Bitmap.empty(size)));
      }
      set.add(number);
    });
    return found;
  }

  private union(
    values: readonly string[],
    find: (value: string) => Bitmap | undefined,
  ): Bitmap {
    const union = Bitmap.empty(this.source.snapshot.size);
    for (const value of values) {
      const found = find(value);
      if (found) {
        union.or(found);
      }
    }
    return union;
  }
}

function includes(values: readonly string[], value: string | undefined) {
  return value !== undefined && values.includes(value);
}

function namespaceOf(entity: EdgeEntity): string | undefined {
  if (entity.kind === 'EdgeNamespace') {
    return entity.metadata.name;
  }
  return entity.kind === 'EdgeApplication' ? entity.spec.namespace : undefined;
}

function isOwned(entity: EdgeEntity, owners: readonly string[]): boolean {
  const owner = ownerOf(entity.spec.owner);
  return owner !== undefined && owners.some(value => ownerOf(value) === owner);
}

/** One form for all that mean the same: `pos-team` is `group:default/pos-team`. */
function ownerOf(reference: string | undefined): string | undefined {
  if (reference === undefined) {
    return undefined;
  }
  try {
    return stringifyEntityRef(
      parseEntityRef(reference, {
        defaultKind: 'group',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    return undefined;
  }
}
