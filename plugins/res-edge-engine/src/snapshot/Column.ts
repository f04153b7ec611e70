import { Bitmap } from '../bitmap';

/** What a cluster can say under one key. @public */
export type Fact = string | number | boolean | readonly string[];

/** The text by which a fact is compared where a type is not written: `2` and `'2'` are the same. @internal */
export function factText(fact: string | number | boolean): string {
  return String(fact);
}

/**
 * The facts of all clusters under one key: its distinct values, and the clusters of each.
 *
 * Only clusters that have the key cost memory, so that a key of one cluster is cheap.
 *
 * @public
 */
export class Column {
  private constructor(
    private readonly size: number,
    /** The distinct values. A cluster has at most one; a list is one value. */
    readonly values: readonly Fact[],
    /** Cluster numbers, ordered by their value's index, then ascending. */
    private readonly numbers: Uint32Array,
    /** Where the clusters of value `i` begin in `numbers`; one more than there are values. */
    private readonly starts: Uint32Array,
  ) {}

  /** From one entry for each cluster that has the key, in ascending order of clusters. */
  static create(
    size: number,
    entries: Iterable<readonly [cluster: number, fact: Fact]>,
  ): Column {
    // Lists are told apart by their text, in a map of their own: no string can be taken for a list.
    const scalars = new Map<Fact, number>();
    const lists = new Map<string, number>();
    const values: Fact[] = [];
    const clusters: number[] = [];
    const valueOf: number[] = [];
    for (const [cluster, fact] of entries) {
      const isList = typeof fact === 'object';
      const text = isList ? JSON.stringify(fact) : '';
      let index = isList ? lists.get(text) : scalars.get(fact);
      if (index === undefined) {
        index = values.length;
        if (isList) lists.set(text, index);
        else scalars.set(fact, index);
        values.push(fact);
      }
      clusters.push(cluster);
      valueOf.push(index);
    }
    const starts = new Uint32Array(values.length + 1);
    for (const index of valueOf) starts[index + 1]++;
    for (let i = 0; i < values.length; i++) starts[i + 1] += starts[i];
    const next = starts.slice();
    const numbers = new Uint32Array(clusters.length);
    for (let i = 0; i < clusters.length; i++) {
      numbers[next[valueOf[i]]++] = clusters[i];
    }
    return new Column(size, values, numbers, starts);
  }

  /** The clusters that have the key. */
  present(): Bitmap {
    return this.where(() => true);
  }

  /** The clusters whose value passes; asked once for each distinct value. */
  where(passes: (fact: Fact, index: number) => boolean): Bitmap {
    const result = Bitmap.empty(this.size);
    const { words } = result;
    for (let i = 0; i < this.values.length; i++) {
      if (!passes(this.values[i], i)) continue;
      for (let at = this.starts[i]; at < this.starts[i + 1]; at++) {
        const number = this.numbers[at];
        words[number >>> 5] |= 1 << (number & 31);
      }
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
    return this.numbers[this.starts[index]];
  }

  /** For each cluster the index of its value, -1 without one. */
  indexes(): Int32Array {
    const indexes = new Int32Array(this.size).fill(-1);
    for (let i = 0; i < this.values.length; i++) {
      for (let at = this.starts[i]; at < this.starts[i + 1]; at++) {
        indexes[this.numbers[at]] = i;
      }
    }
    return indexes;
  }
}
