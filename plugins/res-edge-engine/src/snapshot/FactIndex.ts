import {
  EdgeClusterEntity,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { AttributeTypes } from './AttributeTypes';
import { CapacityClasses, CapacityIndex } from './CapacityIndex';
import {
  AttributeType,
  ClusterField,
  fieldOf,
  otherType,
  visitFacts,
} from './clusterFacts';
import { Column, Fact, sameFact } from './Column';
import { compareProblems, edgeReference } from './reference';

/** For each key one entry for each cluster that has it, ascending. */
type Entries = Map<string, [number, Fact][]>;
type Columns = ReadonlyMap<string, Column>;

/** What the clusters say about themselves, by key. @public */
export class FactIndex {
  private readonly fields = new Map<ClusterField, Column>();
  private readonly presence = new Map<string, Bitmap>();
  /** The most steps that an expression took over these facts: while they are few, parts of the fleet can be asked alone. @internal */
  readonly effort = { steps: 0 };

  private constructor(
    /** By number. @internal */
    readonly clusters: readonly EdgeClusterEntity[],
    private readonly labelColumns: Columns,
    private readonly attributeColumns: Columns,
    /** @internal */
    readonly types: AttributeTypes,
    /** Attributes that are missing although the record has them, as `number/key`. */
    private readonly dropped: ReadonlySet<string>,
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

  private static over(
    clusters: readonly EdgeClusterEntity[],
    types: AttributeTypes,
  ): FactIndex {
    const problems: Problem[] = [];
    const dropped = new Set<string>();
    const labels: Entries = new Map();
    const attributes: Entries = new Map();
    clusters.forEach((cluster, number) => {
      const drop = (key: string, message: string) => {
        dropped.add(`${number}/${key}`);
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
      clusters,
      columns(clusters.length, labels),
      columns(clusters.length, attributes),
      types,
      dropped,
      CapacityIndex.create(clusters),
      problems.sort(compareProblems),
    );
  }

  /** The facts of some of the clusters alone, which are numbered anew; types are still those of the whole fleet. @internal */
  part(numbers: readonly number[]): FactIndex {
    return FactIndex.over(
      numbers.map(number => this.clusters[number]),
      this.types,
    );
  }

  /**
   * The same with other clusters of these numbers, and the keys that they change: `labels.x`, `attributes.x` or a field.
   * `undefined` where an attribute changes its type, which concerns clusters beside these.
   *
   * @internal
   */
  with(
    changes: ReadonlyMap<number, EdgeClusterEntity>,
  ): { facts: FactIndex; keys: ReadonlySet<string> } | undefined {
    const clusters = this.clusters.slice();
    for (const [number, cluster] of changes) clusters[number] = cluster;
    const numbers = [...changes.keys()];
    const types = this.types.with(
      numbers.map(number => this.clusters[number]),
      [...changes.values()],
    );
    if (!types) return undefined;
    const now = FactIndex.over([...changes.values()], types);
    const keys = new Set<string>();
    const changed = (
      prefix: string,
      key: string,
      before: (number: number, key: string) => Fact | undefined,
      after: (number: number, key: string) => Fact | undefined,
    ) => {
      const facts = new Map<number, Fact | undefined>();
      numbers.forEach((number, i) => {
        const fact = after(i, key);
        if (!sameFact(before(number, key), fact)) facts.set(number, fact);
      });
      if (facts.size > 0) keys.add(`${prefix}${key}`);
      return facts;
    };
    const next = (
      prefix: string,
      old: Columns,
      present: Columns,
      read: (
        facts: FactIndex,
      ) => (number: number, key: string) => Fact | undefined,
    ): Columns => {
      const result = new Map(old);
      for (const key of new Set([...old.keys(), ...present.keys()])) {
        const facts = changed(prefix, key, read(this), read(now));
        if (facts.size === 0) continue;
        const column = (
          old.get(key) ?? Column.create(clusters.length, [])
        ).with(facts);
        if (column.values.length > 0) result.set(key, column);
        else result.delete(key);
      }
      return result;
    };
    const labels = next('labels.', this.labelColumns, now.labelColumns, facts =>
      facts.labelOf.bind(facts),
    );
    const attributes = next(
      'attributes.',
      this.attributeColumns,
      now.attributeColumns,
      facts => facts.attributeOf.bind(facts),
    );
    const entities = new Set(
      [...changes.values()].map(({ metadata }) =>
        edgeReference('EdgeCluster', metadata.name),
      ),
    );
    const facts = new FactIndex(
      clusters,
      labels,
      attributes,
      types,
      this.droppedWith(numbers, now),
      this.capacityIndex.with(changes),
      [
        ...this.problems.filter(({ entity }) => !entities.has(entity)),
        ...now.problems,
      ].sort(compareProblems),
    );
    for (const [field, column] of this.fields) {
      const values = changed(
        '',
        field,
        (number, key) => this.fieldOf(number, key as ClusterField),
        (number, key) => now.fieldOf(number, key as ClusterField),
      );
      facts.fields.set(field, values.size > 0 ? column.with(values) : column);
    }
    for (const [key, present] of this.presence) {
      if (!keys.has(`labels.${key}`) && !keys.has(`attributes.${key}`))
        facts.presence.set(key, present);
    }
    facts.effort.steps = this.effort.steps;
    return { facts, keys };
  }

  private droppedWith(
    numbers: readonly number[],
    now: FactIndex,
  ): ReadonlySet<string> {
    const dropped = new Set(this.dropped);
    numbers.forEach((number, i) => {
      for (const key of Object.keys(
        this.clusters[number].spec.attributes ?? {},
      ))
        dropped.delete(`${number}/${key}`);
      for (const key of Object.keys(now.clusters[i].spec.attributes ?? {})) {
        if (now.dropped.has(`${i}/${key}`)) dropped.add(`${number}/${key}`);
      }
    });
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
    const { attributes } = this.clusters[number].spec;
    if (!attributes || !Object.hasOwn(attributes, key)) return undefined;
    return this.dropped.has(`${number}/${key}`) ? undefined : attributes[key];
  }

  labelOf(number: number, key: string): string | undefined {
    const { labels } = this.clusters[number].metadata;
    if (!labels || !Object.hasOwn(labels, key)) return undefined;
    return typeof labels[key] === 'string' ? labels[key] : undefined;
  }

  fieldOf(number: number, field: ClusterField): Fact | undefined {
    return fieldOf(this.clusters[number], field);
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
    const { metadata, spec } = this.clusters[number];
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
