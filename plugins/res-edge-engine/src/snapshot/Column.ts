import { Bitmap } from '../bitmap';
import { Renumbering } from '../bitmap/Renumbering';
import {
  ClusterSet,
  addClusters,
  changedSet,
  clusterSet,
  firstCluster,
  renumberedSet,
  visitClusters,
} from './ClusterSet';
import { FactTable } from './FactTable';

/** What a cluster can say under one key. @public */
export type Fact = string | number | boolean | readonly string[];

/** The text by which a fact is compared where a type is not written: `2` and `'2'` are the same. @internal */
export function factText(fact: string | number | boolean): string {
  return String(fact);
}

/** @internal */
export function sameFact(a: Fact | undefined, b: Fact | undefined): boolean {
  return typeof a === 'object' && typeof b === 'object'
    ? a.length === b.length && a.every((element, i) => element === b[i])
    : a === b;
}

/** A fact of a cluster that changes; `undefined` where the key is missing. @internal */
export interface FactChange {
  readonly before: Fact | undefined;
  readonly after: Fact | undefined;
}

/** With more changes than this, values are looked up in a table. */
const MAX_SEARCHED = 4;

/**
 * The facts of all clusters under one key: its distinct values, and the clusters of each.
 *
 * Only clusters that have the key cost memory, so that a key of one cluster is cheap.
 *
 * @public
 */
export class Column {
  /** The values that are numbers, by index; NaN for the others. */
  #numbers?: Float64Array;

  private constructor(
    private readonly size: number,
    /** The distinct values. A cluster has at most one; a list is one value. */
    readonly values: readonly Fact[],
    /** By value; none is empty. */
    private readonly sets: readonly ClusterSet[],
  ) {}

  /** From one entry for each cluster that has the key, in ascending order of clusters. */
  static create(
    size: number,
    entries: Iterable<readonly [cluster: number, fact: Fact]>,
  ): Column {
    const values = new FactTable();
    const clusters: number[][] = [];
    for (const [cluster, fact] of entries) {
      const index = values.add(fact);
      if (index < clusters.length) clusters[index].push(cluster);
      else clusters.push([cluster]);
    }
    return new Column(
      size,
      values.facts,
      clusters.map(numbers => clusterSet(size, numbers)),
    );
  }

  /** The same with other facts for some clusters. @internal */
  with(changes: ReadonlyMap<number, FactChange>): Column {
    const values = this.values.slice();
    const sets: (ClusterSet | undefined)[] = this.sets.slice();
    const table =
      changes.size > MAX_SEARCHED ? new FactTable(values) : undefined;
    const indexOf = (fact: Fact): number => {
      if (table) return table.add(fact);
      const index = values.findIndex(value => sameFact(value, fact));
      return index < 0 ? values.push(fact) - 1 : index;
    };
    const added = new Map<number, number[]>();
    const removed = new Map<number, number[]>();
    for (const [cluster, { before, after }] of changes) {
      if (before !== undefined) push(removed, indexOf(before), cluster);
      if (after !== undefined) push(added, indexOf(after), cluster);
    }
    for (const index of new Set([...removed.keys(), ...added.keys()])) {
      sets[index] = changedSet(
        this.size,
        sets[index],
        added.get(index) ?? [],
        removed.get(index) ?? [],
      );
    }
    return Column.withoutEmpty(this.size, values, sets);
  }

  /** The same where clusters came, without the key, and went. @internal */
  renumbered(renumbering: Renumbering): Column {
    return Column.withoutEmpty(
      renumbering.size,
      this.values,
      this.sets.map(set => renumberedSet(renumbering, set)),
    );
  }

  private static withoutEmpty(
    size: number,
    values: readonly Fact[],
    sets: readonly (ClusterSet | undefined)[],
  ): Column {
    return sets.includes(undefined)
      ? new Column(
          size,
          values.filter((_, i) => sets[i] !== undefined),
          sets.filter(set => set !== undefined),
        )
      : new Column(size, values, sets as readonly ClusterSet[]);
  }

  /** The clusters that have the key. */
  present(): Bitmap {
    return this.where(() => true);
  }

  /** The clusters whose value passes; asked once for each distinct value. */
  where(passes: (fact: Fact, index: number) => boolean): Bitmap {
    const result = Bitmap.empty(this.size);
    this.values.forEach((value, i) => {
      if (passes(value, i)) addClusters(this.sets[i], result);
    });
    return result;
  }

  /** The clusters with a number from `least` to `most`; neither of them itself where the range is open. */
  inRange(range: { least?: number; most?: number; open: boolean }): Bitmap {
    const { least = -Infinity, most = Infinity, open } = range;
    this.#numbers ??= Float64Array.from(this.values, value =>
      typeof value === 'number' ? value : NaN,
    );
    const numbers = this.#numbers;
    const result = Bitmap.empty(this.size);
    for (let i = 0; i < numbers.length; i++) {
      const number = numbers[i];
      const isIn = open
        ? number > least && number < most
        : number >= least && number <= most;
      if (isIn) addClusters(this.sets[i], result);
    }
    return result;
  }

  /** The clusters with one of these texts, or with a list that contains one of them. */
  withText(texts: ReadonlySet<string>): Bitmap {
    return this.where(fact =>
      Array.isArray(fact)
        ? fact.some(element => texts.has(element))
        : texts.has(factText(fact as string | number | boolean)),
    );
  }

  /** The first cluster that has the value of this index. */
  representative(index: number): number {
    return firstCluster(this.sets[index])!;
  }

  /** For each cluster the index of its value, -1 without one. */
  indexes(): Int32Array {
    const indexes = new Int32Array(this.size).fill(-1);
    this.sets.forEach((set, index) =>
      visitClusters(set, number => {
        indexes[number] = index;
      }),
    );
    return indexes;
  }
}

function push(
  lists: Map<number, number[]>,
  index: number,
  cluster: number,
): void {
  const list = lists.get(index);
  if (list) list.push(cluster);
  else lists.set(index, [cluster]);
}
