import {
  EdgeClusterEntity,
  EdgeGroupEntity,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import type { SelectorContext } from '../selector';
import { checkClusters } from './checkClusters';
import { handOnCompiled } from '../selector/compileSelector';
import { MAX_STEPS } from '../selector/limits';
import { AttributeType } from './clusterFacts';
import { ClusterNames } from './ClusterNames';
import { FactIndex } from './FactIndex';
import { byName, sameMembers } from './byName';
import { DefaultGroupIndex, GroupIndex } from './GroupIndex';
import { compareProblems, edgeReference } from './reference';

/** What a snapshot is made from. @public */
export interface SnapshotFacts {
  readonly clusters: readonly EdgeClusterEntity[];
  readonly groups: readonly EdgeGroupEntity[];
  /** Types of attributes by declaration; the others have the type that most clusters use. */
  readonly attributeTypes?: ReadonlyMap<string, AttributeType>;
}

/** What is new, other or gone; names are unique. @public */
export interface SnapshotChanges {
  readonly clusters?: {
    readonly upserted?: readonly EdgeClusterEntity[];
    readonly removed?: readonly string[];
  };
  readonly groups?: {
    readonly upserted?: readonly EdgeGroupEntity[];
    readonly removed?: readonly string[];
  };
}

/** With more clusters changed at once, indexing all of them anew is as good. */
const MAX_CHANGED = 1_000;

/**
 * The facts about clusters and the hierarchies at one moment, indexed: clusters are numbered in order of their names,
 * and everything about them is a set of numbers.
 *
 * A record that is wrong is reported in `problems` and leaves out no other.
 *
 * @public
 */
export class Snapshot implements SelectorContext {
  /** The snapshot that this one was made from, and the clusters that were changed. */
  private follows?: {
    readonly before: WeakRef<Snapshot>;
    readonly numbers: readonly number[];
  };

  private constructor(
    /** By number. */
    readonly clusters: readonly EdgeClusterEntity[],
    private readonly names: ClusterNames,
    readonly facts: FactIndex,
    private readonly groupIndex: DefaultGroupIndex,
    /** By what they come from, because that is how they change. */
    private readonly found: readonly (readonly Problem[])[],
    private readonly attributeTypes: SnapshotFacts['attributeTypes'],
  ) {}

  static create(source: SnapshotFacts): Snapshot {
    const doubles: Problem[] = [];
    const clusters = [
      ...byName('EdgeCluster', source.clusters, doubles).values(),
    ];
    const groups = byName('EdgeGroup', source.groups, doubles);
    const names = ClusterNames.create(clusters);
    const facts = FactIndex.create(clusters, source.attributeTypes);
    return Snapshot.of(clusters, names, facts, groups, doubles, source);
  }

  private static of(
    clusters: readonly EdgeClusterEntity[],
    names: ClusterNames,
    facts: FactIndex,
    groups: ReadonlyMap<string, EdgeGroupEntity>,
    doubles: readonly Problem[],
    { attributeTypes }: Pick<SnapshotFacts, 'attributeTypes'>,
  ): Snapshot {
    const index = DefaultGroupIndex.create(groups, clusters, facts, names);
    return new Snapshot(
      clusters,
      names,
      facts,
      index,
      [doubles, checkClusters(clusters, groups).sort(compareProblems)],
      attributeTypes,
    );
  }

  /** The hierarchies. */
  get groups(): GroupIndex {
    return this.groupIndex;
  }

  /** What is wrong with records. */
  get problems(): readonly Problem[] {
    const [doubles, ofClusters] = this.found;
    return [
      ...doubles,
      ...this.facts.problems,
      ...ofClusters,
      ...this.groupIndex.problems,
    ];
  }

  /**
   * The snapshot after these changes, equal to one that is made of all facts anew. It shares what did not change: where
   * clusters only change what they say, that costs little; where some come or go, all are numbered anew.
   */
  update(changes: SnapshotChanges): Snapshot {
    const { clusters = {}, groups = {} } = changes;
    const known = this.groupIndex.entities;
    let nextGroups: ReadonlyMap<string, EdgeGroupEntity> = known;
    if (groups.upserted?.length || groups.removed?.length) {
      const gone = new Set(groups.removed);
      const upserted = groups.upserted ?? [];
      for (const { metadata } of upserted) gone.add(metadata.name);
      nextGroups = byName(
        'EdgeGroup',
        [
          ...[...known.values()].filter(
            ({ metadata }) => !gone.has(metadata.name),
          ),
          ...upserted,
        ],
        [],
      );
    }
    const changed = new Map<number, EdgeClusterEntity>();
    let renumbered =
      clusters.removed?.some(name => this.hasCluster(name)) ?? false;
    for (const cluster of clusters.upserted ?? []) {
      const number = this.numberOf(cluster.metadata.name);
      if (number === undefined) renumbered = true;
      else if (this.clusters[number] !== cluster) changed.set(number, cluster);
    }
    const next = renumbered
      ? undefined
      : this.withClusters(changed)?.withGroups(nextGroups);
    return next ?? this.rebuilt(clusters, nextGroups);
  }

  private rebuilt(
    changes: NonNullable<SnapshotChanges['clusters']>,
    groups: ReadonlyMap<string, EdgeGroupEntity>,
  ): Snapshot {
    const clusters = new Map(
      this.clusters.map(cluster => [cluster.metadata.name, cluster]),
    );
    for (const name of changes.removed ?? []) clusters.delete(name);
    for (const cluster of changes.upserted ?? [])
      clusters.set(cluster.metadata.name, cluster);
    return Snapshot.create({
      clusters: [...clusters.values()],
      groups: [...groups.values()],
      attributeTypes: this.attributeTypes,
    });
  }

  /** `undefined` where it is better made anew. */
  private withClusters(
    changes: ReadonlyMap<number, EdgeClusterEntity>,
  ): Snapshot | undefined {
    if (changes.size === 0) return this;
    if (changes.size > MAX_CHANGED) return undefined;
    const next = this.facts.with(changes);
    if (!next) return undefined;
    const { facts, keys } = next;
    const numbers = [...changes.keys()];
    const { clusters } = facts;
    const part = facts.part(numbers);
    const groups = this.groupIndex.with(clusters, numbers, part, this.names);
    const [doubles, ofClusters] = this.found;
    const entities = new Set(
      [...changes.values()].map(({ metadata }) =>
        edgeReference('EdgeCluster', metadata.name),
      ),
    );
    const snapshot = new Snapshot(
      clusters,
      this.names,
      facts,
      groups,
      [
        doubles,
        [
          ...ofClusters.filter(({ entity }) => !entities.has(entity)),
          ...checkClusters([...changes.values()], groups.entities),
        ].sort(compareProblems),
      ],
      this.attributeTypes,
    );
    snapshot.follows = { before: new WeakRef(this), numbers };
    const regrouped = groups.differsOn(this.groupIndex, numbers);
    const alone = snapshot.part(numbers);
    const changed = (used: readonly string[]) =>
      used.some(
        key => key === '*' || keys.has(key) || (key === 'groups' && regrouped),
      );
    handOnCompiled(this, snapshot, changed, alone, numbers);
    facts.effort.steps += Math.max(part.effort.steps, alone.facts.effort.steps);
    return facts.effort.steps > MAX_STEPS ? undefined : snapshot;
  }

  private withGroups(groups: ReadonlyMap<string, EdgeGroupEntity>): Snapshot {
    if (groups === this.groupIndex.entities) return this;
    const { clusters, names, facts, found, attributeTypes } = this;
    if (sameMembers(this.groupIndex.entities, groups)) {
      const index = this.groupIndex.withEntities(groups);
      const same = new Snapshot(
        clusters,
        names,
        facts,
        index,
        found,
        attributeTypes,
      );
      handOnCompiled(this, same, () => false);
      return same;
    }
    const next = Snapshot.of(clusters, names, facts, groups, found[0], {
      attributeTypes,
    });
    handOnCompiled(this, next, keys =>
      keys.some(key => key === '*' || key === 'groups'),
    );
    return next;
  }

  /**
   * These clusters alone, as each would stand in this fleet: it knows the fleet's names, groups and types of attributes.
   * What holds for a cluster there holds once the fleet has it.
   *
   * @param proposed - `groups` come to those of the fleet, or in place of them
   */
  propose(proposed: SnapshotFacts): Snapshot {
    const clusters = [...byName('EdgeCluster', proposed.clusters, []).values()];
    const groups = new Map(this.groupIndex.entities);
    for (const group of proposed.groups) groups.set(group.metadata.name, group);
    const attributeTypes = new Map<string, AttributeType>();
    for (const { spec } of clusters) {
      for (const key of Object.keys(spec.attributes ?? {})) {
        const type = this.facts.attributeType(key);
        if (type) attributeTypes.set(key, type);
      }
    }
    return Snapshot.of(
      clusters,
      this.names.part(clusters),
      FactIndex.create(clusters, attributeTypes),
      byName('EdgeGroup', [...groups.values()], []),
      [],
      { attributeTypes },
    );
  }

  /** Some of the clusters alone, numbered anew; what holds for each cluster by itself holds here as in the whole fleet. @internal */
  part(numbers: readonly number[]): Snapshot {
    const clusters = numbers.map(number => this.clusters[number]);
    return new Snapshot(
      clusters,
      this.names.part(clusters),
      this.facts.part(numbers),
      this.groupIndex.part(clusters, numbers),
      [[], []],
      this.attributeTypes,
    );
  }

  /**
   * The clusters that may be decided otherwise than in another snapshot; `undefined` where the two cannot be compared
   * cluster by cluster.
   *
   * @internal
   */
  changedSince(before: Snapshot): Bitmap | undefined {
    if (before === this) return Bitmap.empty(this.size);
    if (
      before.names !== this.names ||
      !before.facts.types.equals(this.facts.types) ||
      this.facts.effort.steps + before.facts.effort.steps > MAX_STEPS
    )
      return undefined;
    // Nothing but these clusters' membership can differ, and that needs no look at all the others.
    if (this.follows?.before.deref() === before)
      return Bitmap.of(this.size, this.follows.numbers);
    const changed = this.groupIndex.changedSince(before.groupIndex);
    for (let i = 0; changed && i < this.clusters.length; i++)
      if (this.clusters[i] !== before.clusters[i]) changed.add(i);
    return changed;
  }

  /** How many clusters there are. */
  get size(): number {
    return this.clusters.length;
  }

  numberOf(name: string): number | undefined {
    return this.names.numberOf(name);
  }

  hasCluster(name: string): boolean {
    return this.names.hasCluster(name);
  }

  /** The clusters of these names; unknown names are left out. */
  bitmapOf(names: Iterable<string>): Bitmap {
    const bitmap = Bitmap.empty(this.size);
    for (const name of names) {
      const number = this.names.numberOf(name);
      if (number !== undefined) bitmap.add(number);
    }
    return bitmap;
  }

  /** The names of these clusters, sorted. */
  namesOf(clusters: Bitmap): string[] {
    return Array.from(clusters, number => this.clusters[number].metadata.name);
  }

  hasGroup(name: string): boolean {
    return this.groupIndex.has(name);
  }

  groupMembers(name: string): Bitmap {
    return this.groupIndex.members(name);
  }

  groupsOf(cluster: number): readonly string[] {
    return this.groupIndex.groupsOf(cluster);
  }
}
