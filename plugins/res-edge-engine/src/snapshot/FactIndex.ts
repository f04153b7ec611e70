import {
  EdgeClusterEntity,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { AttributeTypes } from './AttributeTypes';
import { CapacityClasses, CapacityIndex } from './CapacityIndex';
import { ChunkedArray } from './ChunkedArray';
import { ClusterChanges, clustersAfter } from './ClusterChanges';
import {
  AttributeType,
  ClusterField,
  fieldOf,
  otherType,
  visitFacts,
} from './clusterFacts';
import { Column, Fact, FactChange, sameFact } from './Column';
import { compareProblems, edgeReference } from './reference';

/** For each key one entry for each cluster that has it, ascending. */
type Entries = Map<string, [number, Fact][]>;
type Columns = ReadonlyMap<string, Column>;
/** Attributes that are missing although the record has them. */
type Dropped = ReadonlyMap<EdgeClusterEntity, ReadonlySet<string>>;

/** What the clusters say about themselves, by key. @public */
export class FactIndex {
  private readonly fields = new Map<ClusterField, Column>();
  private readonly presence = new Map<string, Bitmap>();
  /** The most steps that an expression took over these facts: while they are few, parts of the fleet can be asked alone. @internal */
  readonly effort = { steps: 0 };

  private constructor(
    /** By number. @internal */
    readonly clusters: ChunkedArray<EdgeClusterEntity>,
    private readonly labelColumns: Columns,
    private readonly attributeColumns: Columns,
    /** @internal */
    readonly types: AttributeTypes,
    private readonly dropped: Dropped,
    private readonly capacityIndex: CapacityIndex,
    /** Facts that could not be taken as they are, in order of entities and fields. */
    readonly problems: readonly Problem[],
  ) {}

  static create(
    clusters: readonly EdgeClusterEntity[],
    declared: ReadonlyMap<string, AttributeType> = new Map(),
  ): FactIndex {
    const index = FactIndex.over(
      clusters,
      AttributeTypes.create(clusters, declared),
    );
    // What nearly every plan asks for is found now, so that no plan pays for it.
    for (const field of ['environment', 'timeZone', 'state'] as const) {
      index.field(field);
    }
    return index;
  }

  /** The facts of some clusters alone; types are those of the fleet that they are a part of. @internal */
  static over(
    clusters: readonly EdgeClusterEntity[],
    types: AttributeTypes,
  ): FactIndex {
    const problems: Problem[] = [];
    const dropped = new Map<EdgeClusterEntity, Set<string>>();
    const labels: Entries = new Map();
    const attributes: Entries = new Map();
    clusters.forEach((cluster, number) => {
      const drop = (key: string, message: string) => {
        const keys = dropped.get(cluster);
        if (keys) keys.add(key);
        else dropped.set(cluster, new Set([key]));
        const entity = edgeReference('EdgeCluster', cluster.metadata.name);
        problems.push({ entity, field: `spec.attributes.${key}`, message });
      };
      visitFacts(cluster, {
        label: (key, value) => push(labels, key, [number, value]),
        attribute: (key, value, type) => {
          const wanted = types.get(key)!;
          if (type === wanted) push(attributes, key, [number, value]);
          else drop(key, otherType(key, type, wanted, types.isDeclared(key)));
        },
        wrong: drop,
      });
    });
    return new FactIndex(
      ChunkedArray.from(clusters),
      columns(clusters.length, labels),
      columns(clusters.length, attributes),
      types,
      dropped,
      CapacityIndex.create(clusters),
      problems.sort(compareProblems),
    );
  }

  /**
   * The same with other clusters, and the keys that those which are replaced change: `labels.x`, `attributes.x` or a
   * field. `undefined` where an attribute changes its type, which concerns clusters beside these.
   *
   * @internal
   */
  with(
    changes: ClusterChanges,
  ): { facts: FactIndex; keys: ReadonlySet<string> } | undefined {
    const { renumbering, upserted, replaced, removed } = changes;
    const gone = [...replaced.values(), ...removed];
    const types = this.types.with(gone, [...upserted.values()]);
    if (!types) return undefined;
    const now = FactIndex.over([...upserted.values()], types);
    const keys = new Set<string>();
    const changed = (
      column: Column,
      name: string,
      before: (cluster: EdgeClusterEntity) => Fact | undefined,
      after: (cluster: EdgeClusterEntity) => Fact | undefined,
    ): Column => {
      const facts = new Map<number, FactChange>();
      for (const [number, cluster] of upserted) {
        const old = replaced.get(number);
        const fact = {
          before: old && before(old),
          after: after(cluster),
        };
        if (sameFact(fact.before, fact.after)) continue;
        facts.set(number, fact);
        if (old) keys.add(name);
      }
      const moved = renumbering.isNone
        ? column
        : column.renumbered(renumbering);
      return facts.size > 0 ? moved.with(facts) : moved;
    };
    const next = (
      prefix: string,
      old: Columns,
      present: Columns,
      read: (
        facts: FactIndex,
        cluster: EdgeClusterEntity,
        key: string,
      ) => Fact | undefined,
    ): Columns => {
      const result = new Map(old);
      for (const key of new Set([...old.keys(), ...present.keys()])) {
        const column = changed(
          old.get(key) ?? Column.create(renumbering.sizeBefore, []),
          `${prefix}${key}`,
          cluster => read(this, cluster, key),
          cluster => read(now, cluster, key),
        );
        if (column.values.length > 0) result.set(key, column);
        else result.delete(key);
      }
      return result;
    };
    const entities = new Set(
      [...gone, ...upserted.values()].map(({ metadata }) =>
        edgeReference('EdgeCluster', metadata.name),
      ),
    );
    const facts = new FactIndex(
      clustersAfter(this.clusters, changes),
      next('labels.', this.labelColumns, now.labelColumns, (_, cluster, key) =>
        labelIn(cluster, key),
      ),
      next(
        'attributes.',
        this.attributeColumns,
        now.attributeColumns,
        (index, cluster, key) => index.attributeIn(cluster, key),
      ),
      types,
      this.droppedWith(gone, now),
      this.capacityIndex.with(changes),
      [
        ...this.problems.filter(({ entity }) => !entities.has(entity)),
        ...now.problems,
      ].sort(compareProblems),
    );
    for (const [field, column] of this.fields) {
      const read = (cluster: EdgeClusterEntity) => fieldOf(cluster, field);
      facts.fields.set(field, changed(column, field, read, read));
    }
    if (renumbering.isNone) {
      for (const [key, present] of this.presence) {
        if (!keys.has(`labels.${key}`) && !keys.has(`attributes.${key}`))
          facts.presence.set(key, present);
      }
    }
    facts.effort.steps = this.effort.steps;
    return { facts, keys };
  }

  private droppedWith(
    gone: readonly EdgeClusterEntity[],
    now: FactIndex,
  ): Dropped {
    if (
      now.dropped.size === 0 &&
      !gone.some(cluster => this.dropped.has(cluster))
    )
      return this.dropped;
    const dropped = new Map(this.dropped);
    for (const cluster of gone) dropped.delete(cluster);
    for (const [cluster, keys] of now.dropped) dropped.set(cluster, keys);
    return dropped;
  }

  label(key: string): Column | undefined {
    return this.labelColumns.get(key);
  }

  attribute(key: string): Column | undefined {
    return this.attributeColumns.get(key);
  }

  /** The columns that a key of a selector means: a label, an attribute, or each on other clusters. */
  named(key: string): readonly Column[] {
    return [this.label(key), this.attribute(key)].filter(
      column => column !== undefined,
    );
  }

  /** The clusters that have a label or an attribute of this name. Not to be changed. */
  present(key: string): Bitmap {
    let present = this.presence.get(key);
    if (!present) {
      present = Bitmap.empty(this.clusters.length);
      for (const column of this.named(key)) present.or(column.present());
      this.presence.set(key, present);
    }
    return present;
  }

  attributeType(key: string): AttributeType | undefined {
    return this.types.get(key);
  }

  /** The value of an attribute, `undefined` where it is missing or counts as such. */
  attributeOf(number: number, key: string): Fact | undefined {
    return this.attributeIn(this.clusters.get(number), key);
  }

  private attributeIn(
    cluster: EdgeClusterEntity,
    key: string,
  ): Fact | undefined {
    const { attributes } = cluster.spec;
    if (!attributes || !Object.hasOwn(attributes, key)) return undefined;
    return this.dropped.get(cluster)?.has(key) ? undefined : attributes[key];
  }

  labelOf(number: number, key: string): string | undefined {
    return labelIn(this.clusters.get(number), key);
  }

  fieldOf(number: number, field: ClusterField): Fact | undefined {
    return fieldOf(this.clusters.get(number), field);
  }

  /** What the clusters declare as their capacities. */
  capacities(): CapacityClasses {
    return this.capacityIndex;
  }

  /** All labels, attributes or capacities of a cluster, each value turned by `convert`. */
  mapOf<T>(
    number: number,
    kind: 'labels' | 'attributes' | 'capacity',
    convert: (fact: Fact) => T,
  ): Map<string, T> {
    const { metadata, spec } = this.clusters.get(number);
    const source = { ...spec, labels: metadata.labels }[kind] ?? {};
    const read = {
      labels: (key: string) => this.labelOf(number, key),
      attributes: (key: string) => this.attributeOf(number, key),
      capacity: (key: string) => this.fieldOf(number, `capacity.${key}`),
    }[kind];
    const map = new Map<string, T>();
    for (const key of Object.keys(source)) {
      const fact = read(key);
      if (fact !== undefined) map.set(key, convert(fact));
    }
    return map;
  }

  /** A field as a column, built when it is asked for. */
  field(field: ClusterField): Column {
    let column = this.fields.get(field);
    if (!column) {
      const entries: [number, Fact][] = [];
      this.clusters.forEach((cluster, number) => {
        const fact = fieldOf(cluster, field);
        if (fact !== undefined) entries.push([number, fact]);
      });
      column = Column.create(this.clusters.length, entries);
      this.fields.set(field, column);
    }
    return column;
  }
}

function labelIn(
  { metadata: { labels } }: EdgeClusterEntity,
  key: string,
): string | undefined {
  if (!labels || !Object.hasOwn(labels, key)) return undefined;
  return typeof labels[key] === 'string' ? labels[key] : undefined;
}

function push(entries: Entries, key: string, entry: [number, Fact]): void {
  const list = entries.get(key);
  if (list) list.push(entry);
  else entries.set(key, [entry]);
}

function columns(size: number, entries: Entries): Columns {
  return new Map(
    [...entries].map(([key, list]) => [key, Column.create(size, list)]),
  );
}
