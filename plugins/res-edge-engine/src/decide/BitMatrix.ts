import { Bitmap } from '../bitmap';

const BLOCK = 32;

/** How many words hold one bit for each of `count` sets. @internal */
export function wordsFor(count: number): number {
  return Math.ceil(count / BLOCK);
}

/**
 * Turns sets of clusters into one row for each cluster that says which of the sets it is in: bit `i & 31` of the row's
 * word `offset + (i >>> 5)` is set `i`. Rows are `width` words apart.
 *
 * @internal
 */
export function toRows(
  sets: readonly Bitmap[],
  rows: Uint32Array,
  width: number,
  offset: number,
): void {
  const block = new Uint32Array(BLOCK);
  const words = sets[0]?.words.length ?? 0;
  const size = sets[0]?.size ?? 0;
  for (let from = 0; from < sets.length; from += BLOCK) {
    const column = offset + (from >>> 5);
    for (let word = 0; word < words; word++) {
      let any = 0;
      for (let i = 0; i < BLOCK; i++) {
        block[i] = from + i < sets.length ? sets[from + i].words[word] : 0;
        any |= block[i];
      }
      if (any === 0) continue;
      transpose(block);
      const first = word * BLOCK;
      const last = Math.min(BLOCK, size - first);
      for (let i = 0; i < last; i++)
        rows[(first + i) * width + column] = block[i];
    }
  }
}

/** The way back: a cluster's row is number `rowOf[cluster]` of `rows`, which are `width` words apart. @internal */
export function fromRows(
  sets: readonly Bitmap[],
  rows: Uint32Array,
  width: number,
  rowOf: Int32Array,
): void {
  const block = new Uint32Array(BLOCK);
  const words = sets[0]?.words.length ?? 0;
  const size = sets[0]?.size ?? 0;
  for (let word = 0; word < words; word++) {
    const first = word * BLOCK;
    const last = Math.min(BLOCK, size - first);
    for (let from = 0; from < sets.length; from += BLOCK) {
      let any = 0;
      for (let i = 0; i < BLOCK; i++) {
        block[i] = i < last ? rows[rowOf[first + i] * width + (from >>> 5)] : 0;
        any |= block[i];
      }
      if (any === 0) continue;
      transpose(block);
      const until = Math.min(BLOCK, sets.length - from);
      for (let i = 0; i < until; i++) sets[from + i].words[word] = block[i];
    }
  }
}

/** Swaps bit `j` of word `i` with bit `i` of word `j`, by halves: 16 x 16, then 8 x 8 and so on. */
function transpose(block: Uint32Array): void {
  let mask = 0x0000ffff;
  for (let half = 16; half !== 0; half >>>= 1, mask ^= mask << half) {
    for (let k = 0; k < BLOCK; k = (k + half + 1) & ~half) {
      const swap = ((block[k] >>> half) ^ block[k + half]) & mask;
      block[k] ^= swap << half;
      block[k + half] ^= swap;
    }
  }
}

/** Rows that are equal, as classes. @internal */
export interface RowClasses {
  /** The class of each row. */
  readonly classOf: Int32Array;
  /** A row of each class. */
  readonly representatives: readonly number[];
}

/** Finds equal rows by a hash table over their words. @internal */
export function classify(
  rows: Uint32Array,
  width: number,
  count: number,
): RowClasses {
  const classOf = new Int32Array(count);
  const representatives: number[] = [];
  let table = new Int32Array(1024).fill(-1);
  const hash = (row: number): number => {
    let value = 0x811c9dc5;
    for (let i = row * width; i < (row + 1) * width; i++) {
      value = Math.imul(value ^ rows[i], 0x9e3779b1);
      value ^= value >>> 15;
    }
    return value >>> 0;
  };
  const equal = (a: number, b: number): boolean => {
    for (let i = 0; i < width; i++)
      if (rows[a * width + i] !== rows[b * width + i]) return false;
    return true;
  };
  for (let row = 0; row < count; row++) {
    let slot = hash(row) & (table.length - 1);
    while (table[slot] !== -1 && !equal(representatives[table[slot]], row))
      slot = (slot + 1) & (table.length - 1);
    if (table[slot] === -1) {
      table[slot] = representatives.length;
      representatives.push(row);
      if (representatives.length * 2 > table.length) {
        table = grown(table.length, representatives, hash);
        classOf[row] = representatives.length - 1;
        continue;
      }
    }
    classOf[row] = table[slot];
  }
  return { classOf, representatives };
}

/** A hash table four times as large, with the same classes. */
function grown(
  size: number,
  representatives: readonly number[],
  hash: (row: number) => number,
): Int32Array<ArrayBuffer> {
  const mask = 4 * size - 1;
  const table = new Int32Array(4 * size).fill(-1);
  representatives.forEach((representative, index) => {
    let free = hash(representative) & mask;
    while (table[free] !== -1) free = (free + 1) & mask;
    table[free] = index;
  });
  return table;
}
