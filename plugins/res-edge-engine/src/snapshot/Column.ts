import { Bitmap } from '../bitmap';

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

  /** The same with other facts for some clusters; `undefined`: the key is missing there. */
  with(changes: ReadonlyMap<number, Fact | undefined>): Column {
    const values = [...this.values];
    const added = new Map<number, number[]>();
    for (const [cluster, fact] of changes) {
      if (fact === undefined) continue;
      let index = values.findIndex(value => sameFact(value, fact));
      if (index < 0) index = values.push(fact) - 1;
      const list = added.get(index);
      if (list) list.push(cluster);
      else added.set(index, [cluster]);
    }
    const numbers = new Uint32Array(this.numbers.length + changes.size);
    const starts = new Uint32Array(values.length + 1);
    const touched = new Set(added.keys());
    for (const cluster of changes.keys()) {
      const at = this.numbers.indexOf(cluster);
      if (at >= 0) touched.add(upperBound(this.starts, at) - 1);
    }
    let at = 0;
    let empty = false;
    // Runs of values that stay are copied at once.
    let copied = 0;
    const copyUntil = (end: number) => {
      numbers.set(this.numbers.subarray(copied, end), at);
      at += end - copied;
      copied = end;
    };
    for (let i = 0; i < values.length; i++) {
      const isOld = i < this.values.length;
      if (isOld && !touched.has(i)) {
        starts[i + 1] = at + this.starts[i + 1] - copied;
        continue;
      }
      copyUntil(isOld ? this.starts[i] : this.numbers.length);
      const first = at;
      const until = isOld ? this.starts[i + 1] : copied;
      const more = (added.get(i) ?? []).sort((x, y) => x - y);
      let next = 0;
      for (; copied < until; copied++) {
        const cluster = this.numbers[copied];
        if (changes.has(cluster)) continue;
        while (more[next] < cluster) numbers[at++] = more[next++];
        numbers[at++] = cluster;
      }
      while (next < more.length) numbers[at++] = more[next++];
      starts[i + 1] = at;
      empty ||= at === first;
    }
    copyUntil(this.numbers.length);
    const result = new Column(
      this.size,
      values,
      numbers.subarray(0, at),
      starts,
    );
    return empty ? result.withoutEmpty() : result;
  }

  private withoutEmpty(): Column {
    const used = this.values
      .map((_, i) => i)
      .filter(i => this.starts[i] < this.starts[i + 1]);
    return new Column(
      this.size,
      used.map(i => this.values[i]),
      this.numbers,
      Uint32Array.from([0, ...used.map(i => this.starts[i + 1])]),
    );
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

/** The first place of an ascending list whose element is greater. */
function upperBound(list: Uint32Array, element: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle] <= element) low = middle + 1;
    else high = middle;
  }
  return low;
}
