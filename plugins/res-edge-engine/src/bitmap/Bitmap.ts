const BITS = 32;

function bitsOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Numbers in a row that move together. @internal */
export interface Run {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

/**
 * A set of cluster numbers, 0 to `size` - 1, at one bit each.
 *
 * The operations that combine two sets change the one they are called on and return it; both must have the same size.
 *
 * @public
 */
export class Bitmap implements Iterable<number> {
  /** Bits past `size` are always 0, so that counting and comparing need no mask. */
  private constructor(
    /** How many numbers the set can hold. */
    readonly size: number,
    /** The set itself: bit `i & 31` of word `i >>> 5`. For the engine's inner loops. @internal */
    readonly words: Uint32Array,
  ) {}

  /** The set without any number. */
  static empty(size: number): Bitmap {
    return new Bitmap(size, new Uint32Array(Math.ceil(size / BITS)));
  }

  /** The set of all numbers. */
  static full(size: number): Bitmap {
    return Bitmap.empty(size).not();
  }

  /** The set of these numbers. */
  static of(size: number, numbers: Iterable<number>): Bitmap {
    const bitmap = Bitmap.empty(size);
    for (const number of numbers) bitmap.add(number);
    return bitmap;
  }

  has(number: number): boolean {
    return (
      number >= 0 &&
      number < this.size &&
      (this.words[number >>> 5] & (1 << (number & 31))) !== 0
    );
  }

  add(number: number): void {
    this.check(number);
    this.words[number >>> 5] |= 1 << (number & 31);
  }

  remove(number: number): void {
    this.check(number);
    this.words[number >>> 5] &= ~(1 << (number & 31));
  }

  clone(): Bitmap {
    return new Bitmap(this.size, this.words.slice());
  }

  /** Keeps what is in both. */
  and(other: Bitmap): this {
    this.checkSize(other);
    const { words } = this;
    for (let i = 0; i < words.length; i++) words[i] &= other.words[i];
    return this;
  }

  /** Adds what is in the other. */
  or(other: Bitmap): this {
    this.checkSize(other);
    const { words } = this;
    for (let i = 0; i < words.length; i++) words[i] |= other.words[i];
    return this;
  }

  /** Takes away what is in the other. */
  andNot(other: Bitmap): this {
    this.checkSize(other);
    const { words } = this;
    for (let i = 0; i < words.length; i++) words[i] &= ~other.words[i];
    return this;
  }

  /** Turns it into what it does not hold. */
  not(): this {
    const { words } = this;
    for (let i = 0; i < words.length; i++) words[i] = ~words[i];
    const rest = this.size & 31;
    if (rest !== 0) words[words.length - 1] &= (1 << rest) - 1;
    return this;
  }

  /** How many numbers it holds. */
  count(): number {
    const { words } = this;
    let count = 0;
    for (let i = 0; i < words.length; i++) count += bitsOf(words[i]);
    return count;
  }

  /** How many numbers the two share; cheaper than building what they share. */
  countCommon(other: Bitmap): number {
    this.checkSize(other);
    const { words } = this;
    let count = 0;
    for (let i = 0; i < words.length; i++) {
      const word = words[i] & other.words[i];
      if (word !== 0) count += bitsOf(word);
    }
    return count;
  }

  isEmpty(): boolean {
    const { words } = this;
    for (let i = 0; i < words.length; i++) if (words[i] !== 0) return false;
    return true;
  }

  /** Whether the two share a number; cheaper than building what they share. */
  intersects(other: Bitmap): boolean {
    this.checkSize(other);
    const { words } = this;
    for (let i = 0; i < words.length; i++)
      if ((words[i] & other.words[i]) !== 0) return true;
    return false;
  }

  equals(other: Bitmap): boolean {
    if (other === this) return true;
    if (this.size !== other.size) return false;
    const { words } = this;
    for (let i = 0; i < words.length; i++)
      if (words[i] !== other.words[i]) return false;
    return true;
  }

  /** Whether the two hold the same of what a third does not hold. @internal */
  equalsOutside(other: Bitmap, some: Bitmap): boolean {
    this.checkSize(other);
    this.checkSize(some);
    const { words } = this;
    for (let i = 0; i < words.length; i++)
      if ((words[i] ^ other.words[i]) & ~some.words[i]) return false;
    return true;
  }

  /** The numbers that one of the two holds, ascending; `undefined` where these are more than so many. @internal */
  differing(other: Bitmap, most: number): number[] | undefined {
    this.checkSize(other);
    const { words } = this;
    const numbers: number[] = [];
    for (let i = 0; i < words.length; i++) {
      let word = words[i] ^ other.words[i];
      while (word !== 0) {
        numbers.push(i * BITS + 31 - Math.clz32(word & -word));
        word &= word - 1;
      }
      if (numbers.length > most) return undefined;
    }
    return numbers;
  }

  /** The numbers, ascending. */
  *[Symbol.iterator](): IterableIterator<number> {
    for (let i = 0; i < this.words.length; i++) {
      let word = this.words[i];
      while (word !== 0) {
        yield i * BITS + 31 - Math.clz32(word & -word);
        word &= word - 1;
      }
    }
  }

  /** Calls back for each number, ascending; faster than the iterator. */
  forEach(visit: (number: number) => void): void {
    for (let i = 0; i < this.words.length; i++) {
      let word = this.words[i];
      while (word !== 0) {
        visit(i * BITS + 31 - Math.clz32(word & -word));
        word &= word - 1;
      }
    }
  }

  /** The same for some numbers: number `i` of the result is `numbers[i]` here. */
  pick(numbers: readonly number[]): Bitmap {
    const result = Bitmap.empty(numbers.length);
    const { words } = this;
    for (let i = 0; i < numbers.length; i++) {
      const number = numbers[i];
      if ((words[number >>> 5] & (1 << (number & 31))) !== 0)
        result.words[i >>> 5] |= 1 << (i & 31);
    }
    return result;
  }

  /** The way back: the set in which `numbers[i]` is as `part` says; this very set where that changes nothing. */
  patched(numbers: readonly number[], part: Bitmap): Bitmap {
    let result: Bitmap | undefined;
    for (let i = 0; i < numbers.length; i++) {
      const number = numbers[i];
      const wanted = (part.words[i >>> 5] >>> (i & 31)) & 1;
      if (((this.words[number >>> 5] >>> (number & 31)) & 1) === wanted)
        continue;
      result ??= this.clone();
      result.words[number >>> 5] ^= 1 << (number & 31);
    }
    return result ?? this;
  }

  /** The set over another number of clusters in which only these are kept, each at its new number. @internal */
  moved(size: number, runs: readonly Run[]): Bitmap {
    const result = Bitmap.empty(size);
    for (const { from, to, length } of runs)
      copyBits(this.words, from, result.words, to, length);
    return result;
  }

  /** Adds what is in one of the two others and not in both. */
  orDifference(one: Bitmap, other: Bitmap): this {
    this.checkSize(one);
    this.checkSize(other);
    if (one === other) return this;
    const { words } = this;
    for (let i = 0; i < words.length; i++)
      words[i] |= one.words[i] ^ other.words[i];
    return this;
  }

  private check(number: number): void {
    if (!Number.isInteger(number) || number < 0 || number >= this.size) {
      throw new RangeError(`${number} is not in 0..${this.size - 1}`);
    }
  }

  private checkSize(other: Bitmap): void {
    if (other.size !== this.size) {
      throw new RangeError(
        `A set over ${other.size} clusters was combined with one over ${this.size}`,
      );
    }
  }
}

/** The set of before where it holds the same, so that what is made from it needs no second look. @internal */
export function keepEqual(before: Bitmap | undefined, now: Bitmap): Bitmap {
  return before?.equals(now) ? before : now;
}

/** What is in both; the very set of before where that is the same, and then nothing is copied. @internal */
export function keepIntersection(
  before: Bitmap | undefined,
  one: Bitmap,
  other: Bitmap,
): Bitmap {
  const [a, b] = [one.words, other.words];
  if (before?.size !== one.size) return one.clone().and(other);
  const { words } = before;
  for (let i = 0; i < words.length; i++)
    if (words[i] !== (a[i] & b[i]) >>> 0) return one.clone().and(other);
  return before;
}

/** What is in either; the very set of before where that is the same, and then nothing is copied. @internal */
export function keepUnion(
  before: Bitmap | undefined,
  one: Bitmap,
  other: Bitmap,
): Bitmap {
  const [a, b] = [one.words, other.words];
  if (before?.size !== one.size) return one.clone().or(other);
  const { words } = before;
  for (let i = 0; i < words.length; i++)
    if (words[i] !== (a[i] | b[i]) >>> 0) return one.clone().or(other);
  return before;
}

/** Copies `length` bits to where no bit is set yet. */
function copyBits(
  source: Uint32Array,
  from: number,
  target: Uint32Array,
  to: number,
  length: number,
): void {
  const end = to + length;
  const first = to >>> 5;
  const last = (end - 1) >>> 5;
  // Every word of the target is made of two neighbours of the source, which lie `shift` bits apart from it.
  const distance = from - to;
  const shift = distance & 31;
  const skip = distance >> 5;
  const read = (word: number) => {
    const low = source[word + skip] ?? 0;
    if (shift === 0) return low;
    return (low >>> shift) | ((source[word + skip + 1] ?? 0) << (BITS - shift));
  };
  const head = -1 << (to & 31);
  const tail = -1 >>> (-end & 31);
  if (first === last) {
    target[first] |= read(first) & head & tail;
    return;
  }
  target[first] |= read(first) & head;
  if (shift === 0)
    target.set(source.subarray(first + 1 + skip, last + skip), first + 1);
  else
    for (let word = first + 1; word < last; word++)
      target[word] =
        (source[word + skip] >>> shift) |
        (source[word + skip + 1] << (BITS - shift));
  target[last] |= read(last) & tail;
}
