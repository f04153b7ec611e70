import {
  EdgeClusterEntity,
  EdgeGroupEntity,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { Renumbering } from '../bitmap/Renumbering';
import type { SelectorContext } from '../selector';
import { SharedSelector, handOnSelectors } from '../selector/compileSelector';
import { MAX_STEPS } from '../selector/limits';
import { byName, groupsAfter, sameMembers } from './byName';
import { checkClusters } from './checkClusters';
import {
  ClusterChanges,
  clusterChanges,
  clustersAfter,
} from './ClusterChanges';
import { AttributeType } from './clusterFacts';
import { ClusterNames } from './ClusterNames';
import { FactIndex } from './FactIndex';
import { DefaultGroupIndex, GroupIndex } from './GroupIndex';
import { compareProblems, edgeReference } from './reference';
import { SnapshotDifference, differenceBetween } from './SnapshotDifference';

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
  /** The snapshot that this one was made from, and how the clusters differ. */
  private follows?: {
    readonly before: WeakRef<Snapshot>;
    readonly difference: SnapshotDifference;
  };

  private constructor(
    private readonly names: ClusterNames,
    readonly facts: FactIndex,
    private readonly groupIndex: DefaultGroupIndex,
    /** By what they come from, because that is how they change. */
    private readonly found: {
      readonly doubles: readonly Problem[];
      readonly clusters: readonly Problem[];
    },
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
    return Snapshot.of(names, facts, groups, doubles, source.attributeTypes);
  }

  private static of(
    names: ClusterNames,
    facts: FactIndex,
    groups: ReadonlyMap<string, EdgeGroupEntity>,
    doubles: readonly Problem[],
    attributeTypes: SnapshotFacts['attributeTypes'],
  ): Snapshot {
    const clusters = checkClusters(facts.clusters, groups);
    return new Snapshot(
      names,
      facts,
      DefaultGroupIndex.create(groups, facts, names),
      { doubles, clusters: clusters.sort(compareProblems) },
      attributeTypes,
    );
  }

  /** By number. */
  get clusters(): readonly EdgeClusterEntity[] {
    return this.facts.clusters.toArray();
  }

  /** The hierarchies. */
  get groups(): GroupIndex {
    return this.groupIndex;
  }

  /** What is wrong with records. */
  get problems(): readonly Problem[] {
    return [
      ...this.found.doubles,
      ...this.facts.problems,
      ...this.found.clusters,
      ...this.groupIndex.problems,
    ];
  }

  /**
   * The snapshot after these changes, equal to one that is made of all facts anew. It shares what did not change; where
   * clusters come or go, the numbers behind them move, and all sets with them.
   */
  update(changes: SnapshotChanges): Snapshot {
    const changed = clusterChanges(
      this.facts.clusters,
      name => this.numberOf(name),
      changes.clusters ?? {},
    );
    const groups = groupsAfter(this.groupIndex.entities, changes.groups ?? {});
    const next = this.withClusters(changed)?.withGroups(groups);
    if (!next) {
      return Snapshot.create({
        clusters: clustersAfter(this.facts.clusters, changed).toArray(),
        groups: [...groups.values()],
        attributeTypes: this.attributeTypes,
      });
    }
    if (next !== this) {
      const { renumbering, upserted } = changed;
      const difference = { renumbering, changed: [...upserted.keys()] };
      next.follows = { before: new WeakRef(this), difference };
    }
    return next;
  }

  /** `undefined` where it is better made anew. */
  private withClusters(changes: ClusterChanges): Snapshot | undefined {
    const { renumbering, upserted, replaced, removed } = changes;
    const count = upserted.size + removed.length;
    if (count === 0) return this;
    if (count > MAX_CHANGED) return undefined;
    const names = this.names.with(renumbering, upserted);
    const next = this.facts.with(changes);
    if (!names || !next) return undefined;
    const { facts, keys } = next;
    const numbers = [...upserted.keys()];
    const clusters = [...upserted.values()];
    const part = FactIndex.over(clusters, facts.types);
    const groups = this.groupIndex.withClusters(changes, facts, part, names);
    const { entities } = groups.index;
    const snapshot = new Snapshot(
      names,
      facts,
      groups.index,
      this.foundWith([...clusters, ...removed], clusters, entities),
      this.attributeTypes,
    );
    const alone = snapshot.part(numbers);
    const isOther = dependsOn(keys, groups.changed);
    const readsGroups = dependsOn(new Set(), groups.changed);
    const hasNew = replaced.size < upserted.size;
    handOnSelectors(this, snapshot, (selector, among) => {
      const namesOthers = !renumbering.isNone && selector.keys.includes('name');
      if (namesOthers || (groups.anew && readsGroups(selector)))
        return undefined;
      const set = renumbering.set(selector.clusters);
      return hasNew || isOther(selector)
        ? set.patched(numbers, among(alone))
        : set;
    });
    facts.effort.steps += Math.max(part.effort.steps, alone.facts.effort.steps);
    return facts.effort.steps > MAX_STEPS ? undefined : snapshot;
  }

  private withGroups(groups: ReadonlyMap<string, EdgeGroupEntity>): Snapshot {
    const { entities } = this.groupIndex;
    if (groups === entities) return this;
    const { names, facts } = this;
    const next = sameMembers(entities, groups)
      ? {
          index: this.groupIndex.withEntities(groups),
          changed: new Set<string>(),
        }
      : this.groupIndex.withGroups(groups, facts, names);
    const naming = this.groupIndex.namingOthers(next.index);
    const clusters = Array.from(naming, number => facts.clusters.get(number));
    const snapshot = new Snapshot(
      names,
      facts,
      next.index,
      this.foundWith(clusters, clusters, groups),
      this.attributeTypes,
    );
    const isOther = dependsOn(new Set(), next.changed);
    handOnSelectors(this, snapshot, selector =>
      isOther(selector) ? undefined : selector.clusters,
    );
    return snapshot;
  }

  /** What is found once the problems of some clusters are forgotten, and these are looked at again. */
  private foundWith(
    forgotten: readonly EdgeClusterEntity[],
    clusters: readonly EdgeClusterEntity[],
    groups: ReadonlyMap<string, EdgeGroupEntity>,
  ): Snapshot['found'] {
    if (forgotten.length === 0) return this.found;
    const names = new Set(
      forgotten.map(({ metadata }) =>
        edgeReference('EdgeCluster', metadata.name),
      ),
    );
    return {
      ...this.found,
      clusters: [
        ...this.found.clusters.filter(({ entity }) => !names.has(entity)),
        ...checkClusters(clusters, groups),
      ].sort(compareProblems),
    };
  }

  /**
   * These clusters alone, as each would stand in this fleet: it knows the fleet's names, groups and types of attributes.
   * What holds for a cluster there holds once the fleet has it.
   *
   * @param proposed - `groups` come to those of the fleet, or in place of them
   */
  propose(proposed: SnapshotFacts): Snapshot {
    const clusters = [...byName('EdgeCluster', proposed.clusters, []).values()];
    const groups = groupsAfter(this.groupIndex.entities, {
      upserted: proposed.groups,
    });
    const attributeTypes = new Map<string, AttributeType>();
    for (const { spec } of clusters) {
      for (const key of Object.keys(spec.attributes ?? {})) {
        const type = this.facts.attributeType(key);
        if (type) attributeTypes.set(key, type);
      }
    }
    return Snapshot.of(
      this.names.part(clusters),
      FactIndex.create(clusters, attributeTypes),
      groups,
      [],
      attributeTypes,
    );
  }

  /** Some of the clusters alone, numbered anew; what holds for each cluster by itself holds here as in the whole fleet. */
  private part(numbers: readonly number[]): Snapshot {
    const clusters = numbers.map(number => this.facts.clusters.get(number));
    const facts = FactIndex.over(clusters, this.facts.types);
    return new Snapshot(
      this.names.part(clusters),
      facts,
      this.groupIndex.part(facts.clusters, numbers),
      { doubles: [], clusters: [] },
      this.attributeTypes,
    );
  }

  /** How the clusters differ from those of another snapshot. @internal */
  differenceFrom(before: Snapshot): SnapshotDifference {
    if (before === this)
      return { renumbering: Renumbering.none(this.size), changed: [] };
    return this.follows?.before.deref() === before
      ? this.follows.difference
      : differenceBetween(before.facts.clusters, this.facts.clusters);
  }

  /** How many clusters there are. */
  get size(): number {
    return this.facts.clusters.length;
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
    const all = this.facts.clusters;
    return Array.from(clusters, number => all.get(number).metadata.name);
  }

  hasGroup(name: string): boolean {
    return this.groupIndex.has(name);
  }

  /** The clusters in a group or below, not to be changed. */
  groupMembers(name: string): Bitmap {
    return this.groupIndex.sharedMembers(name);
  }

  groupsOf(cluster: number): readonly string[] {
    return this.groupIndex.groupsOf(cluster);
  }
}

/** Whether a selector can match other clusters once these facts, or the members of these groups, are others. */
function dependsOn(
  facts: ReadonlySet<string>,
  groups: ReadonlySet<string>,
): (selector: SharedSelector) => boolean {
  return selector =>
    selector.keys.some(
      key =>
        key === '*' ||
        facts.has(key) ||
        (key === 'groups' &&
          groups.size > 0 &&
          (selector.groups?.some(name => groups.has(name)) ?? true)),
    );
}
