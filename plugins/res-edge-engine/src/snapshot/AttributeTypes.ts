import { EdgeClusterEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { ATTRIBUTE_TYPES, AttributeType, visitFacts } from './clusterFacts';

/** How many clusters use each of {@link ATTRIBUTE_TYPES}, by key. */
type Counts = Map<string, readonly number[]>;

/** The type of each attribute: declared, or the one that most clusters use. @internal */
export class AttributeTypes {
  private constructor(
    private readonly types: ReadonlyMap<string, AttributeType>,
    private readonly counts: Counts,
    private readonly declared: ReadonlyMap<string, AttributeType>,
  ) {}

  static create(
    clusters: readonly EdgeClusterEntity[],
    declared: ReadonlyMap<string, AttributeType>,
  ): AttributeTypes {
    const counts: Counts = new Map();
    count(counts, clusters, 1);
    const types = new Map<string, AttributeType>();
    for (const [key, numbers] of counts) {
      const type = declared.get(key) ?? commonType(numbers);
      if (type) types.set(key, type);
    }
    for (const [key, type] of declared) types.set(key, type);
    return new AttributeTypes(types, counts, declared);
  }

  get(key: string): AttributeType | undefined {
    return this.types.get(key);
  }

  isDeclared(key: string): boolean {
    return this.declared.has(key);
  }

  /** The same once some clusters are replaced; `undefined` where an attribute of others changes its type. */
  with(
    before: readonly EdgeClusterEntity[],
    after: readonly EdgeClusterEntity[],
  ): AttributeTypes | undefined {
    const changed: Counts = new Map();
    count(changed, before, -1);
    count(changed, after, 1);
    let types: Map<string, AttributeType> | undefined;
    const counts: Counts = new Map(this.counts);
    for (const [key, numbers] of changed) {
      if (numbers.every(number => number === 0)) continue;
      const old = this.counts.get(key) ?? [];
      const sums = numbers.map((number, i) => number + (old[i] ?? 0));
      counts.set(key, sums);
      if (this.declared.has(key)) continue;
      const type = commonType(sums);
      if (type === this.types.get(key)) continue;
      if (type !== undefined && this.types.has(key)) return undefined;
      types ??= new Map(this.types);
      if (type) types.set(key, type);
      else types.delete(key);
    }
    return new AttributeTypes(types ?? this.types, counts, this.declared);
  }

  /** Whether every attribute has the type that it has there. */
  equals(other: AttributeTypes): boolean {
    return (
      this.types === other.types ||
      (this.types.size === other.types.size &&
        [...this.types].every(([key, type]) => other.types.get(key) === type))
    );
  }
}

/** `undefined` where no cluster has the attribute. */
function commonType(counts: readonly number[]): AttributeType | undefined {
  const most = Math.max(...counts);
  return most > 0 ? ATTRIBUTE_TYPES[counts.indexOf(most)] : undefined;
}

function count(
  counts: Map<string, readonly number[]>,
  clusters: readonly EdgeClusterEntity[],
  step: 1 | -1,
): void {
  const visitor = {
    label: () => undefined,
    wrong: () => undefined,
    attribute: (key: string, _: unknown, type: AttributeType) => {
      let numbers = counts.get(key) as number[] | undefined;
      if (!numbers) counts.set(key, (numbers = ATTRIBUTE_TYPES.map(() => 0)));
      numbers[ATTRIBUTE_TYPES.indexOf(type)] += step;
    },
  };
  for (const cluster of clusters) visitFacts(cluster, visitor);
}
