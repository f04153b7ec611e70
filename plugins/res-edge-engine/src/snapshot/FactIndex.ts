import {
  AttributeValue,
  EdgeClusterEntity,
  Problem,
  ResourceQuantities,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { parseQuantity, quantityToNumber } from '../quantity';
import { Column, Fact } from './Column';
import { edgeReference } from './reference';

/** The types that an attribute can have, in the order that settles a tie between them. @public */
export const ATTRIBUTE_TYPES = ['string', 'number', 'boolean', 'list'] as const;
/** One of {@link ATTRIBUTE_TYPES}. @public */
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number];

type Entry = readonly [number, Fact];

/** Single facts of a cluster that are neither a label nor an attribute. @public */
export type ClusterField =
  | 'name'
  | 'environment'
  | 'timeZone'
  | 'state'
  | `capacity.${string}`;

/** What the clusters say about themselves, by key. @public */
export class FactIndex {
  private readonly fields = new Map<ClusterField, Column>();
  private capacityClasses?: ReturnType<FactIndex['capacities']>;
  private readonly presence = new Map<string, Bitmap>();

  private constructor(
    private readonly clusters: readonly EdgeClusterEntity[],
    private readonly labelColumns: ReadonlyMap<string, Column>,
    private readonly attributeColumns: ReadonlyMap<string, Column>,
    private readonly types: ReadonlyMap<string, AttributeType>,
    /** Attributes that are missing although the record has them, as `number/key`. */
    private readonly dropped: ReadonlySet<string>,
    /** Facts that could not be taken as they are. */
    readonly problems: readonly Problem[],
  ) {}

  static create(
    clusters: readonly EdgeClusterEntity[],
    declared: ReadonlyMap<string, AttributeType> = new Map(),
  ): FactIndex {
    const problems: Problem[] = [];
    const dropped = new Set<string>();
    const labels = new Map<string, Entry[]>();
    const attributes = new Map<string, Entry[]>();
    const drop = (number: number, key: string, message: string) => {
      dropped.add(`${number}/${key}`);
      problems.push({
        entity: edgeReference('EdgeCluster', clusters[number].metadata.name),
        field: `spec.attributes.${key}`,
        message,
      });
    };
    clusters.forEach((cluster, number) => {
      const own = cluster.metadata.labels ?? {};
      for (const key of Object.keys(own)) {
        if (typeof own[key] === 'string') push(labels, key, [number, own[key]]);
      }
      const facts = cluster.spec.attributes ?? {};
      for (const key of Object.keys(facts)) {
        if (typeOf(facts[key]) === undefined) {
          drop(
            number,
            key,
            `'${key}' must be a string, a finite number, a boolean or a list of strings; here the key counts as missing`,
          );
        } else if (Object.hasOwn(own, key)) {
          drop(
            number,
            key,
            `'${key}' is a label of this cluster too; a key names one or the other. The label counts, the attribute as missing`,
          );
        } else push(attributes, key, [number, facts[key]]);
      }
    });

    const types = new Map<string, AttributeType>();
    const kept = new Map<string, Entry[]>();
    for (const [key, entries] of attributes) {
      const type = declared.get(key) ?? commonType(entries);
      types.set(key, type);
      for (const entry of entries) {
        if (typeOf(entry[1] as AttributeValue) === type) {
          push(kept, key, entry);
          continue;
        }
        drop(
          entry[0],
          key,
          `'${key}' is a ${typeOf(
            entry[1] as AttributeValue,
          )} here and a ${type} ${
            declared.has(key) ? 'by declaration' : 'on most clusters'
          }; here the key counts as missing`,
        );
      }
    }
    for (const [key, type] of declared) types.set(key, type);
    const index = new FactIndex(
      clusters,
      columns(clusters.length, labels),
      columns(clusters.length, kept),
      types,
      dropped,
      problems,
    );
    // What nearly every plan asks for is found now, so that no plan pays for it.
    for (const field of ['environment', 'timeZone', 'state'] as const) {
      index.field(field);
    }
    index.capacities();
    return index;
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
    return labels && Object.hasOwn(labels, key) ? labels[key] : undefined;
  }

  fieldOf(number: number, field: ClusterField): Fact | undefined {
    return fieldOf(this.clusters[number], field);
  }

  /** What the clusters declare as their capacities: the distinct ones, and which of them a cluster has, -1 without one. */
  capacities(): {
    readonly distinct: readonly ResourceQuantities[];
    readonly indexes: Int32Array;
  } {
    this.capacityClasses ??= distinctCapacities(this.clusters);
    return this.capacityClasses;
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
      const entries: Entry[] = [];
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

function fieldOf(
  cluster: EdgeClusterEntity,
  field: ClusterField,
): Fact | undefined {
  const { spec, metadata } = cluster;
  if (field === 'name') return metadata.name;
  if (field === 'environment') return spec.environment;
  if (field === 'timeZone') return spec.timeZone;
  if (field === 'state') return spec.state ?? 'active';
  const resource = field.slice('capacity.'.length);
  const capacity = spec.capacity as Record<string, string | number> | undefined;
  if (!capacity || !Object.hasOwn(capacity, resource)) return undefined;
  try {
    return quantityToNumber(parseQuantity(capacity[resource]));
  } catch {
    // Reported as a problem of the cluster; a capacity that cannot be read counts as not declared.
    return undefined;
  }
}

function typeOf(value: AttributeValue): AttributeType | undefined {
  if (Array.isArray(value)) {
    return value.every(element => typeof element === 'string')
      ? 'list'
      : undefined;
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? 'number' : undefined;
  }
  return typeof value === 'string' || typeof value === 'boolean'
    ? (typeof value as 'string' | 'boolean')
    : undefined;
}

function commonType(entries: readonly Entry[]): AttributeType {
  const counts = ATTRIBUTE_TYPES.map(() => 0);
  for (const [, fact] of entries) {
    counts[ATTRIBUTE_TYPES.indexOf(typeOf(fact as AttributeValue)!)]++;
  }
  return ATTRIBUTE_TYPES[counts.indexOf(Math.max(...counts))];
}

function push(entries: Map<string, Entry[]>, key: string, entry: Entry): void {
  const list = entries.get(key);
  if (list) list.push(entry);
  else entries.set(key, [entry]);
}

function columns(
  size: number,
  entries: ReadonlyMap<string, Entry[]>,
): ReadonlyMap<string, Column> {
  return new Map(
    [...entries].map(([key, list]) => [key, Column.create(size, list)]),
  );
}

function distinctCapacities(
  clusters: readonly EdgeClusterEntity[],
): ReturnType<FactIndex['capacities']> {
  const known = new Map<string, number>();
  const distinct: ResourceQuantities[] = [];
  const indexes = new Int32Array(clusters.length).fill(-1);
  clusters.forEach(({ spec: { capacity } }, cluster) => {
    if (!capacity) return;
    const text = JSON.stringify(capacity);
    let index = known.get(text);
    if (index === undefined) {
      index = distinct.length;
      distinct.push(capacity);
      known.set(text, index);
    }
    indexes[cluster] = index;
  });
  return { distinct, indexes };
}
