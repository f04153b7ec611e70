import { Bitmap, Run } from './Bitmap';

/**
 * How numbers change where some come or go: those that stay keep their order.
 *
 * @internal
 */
export class Renumbering {
  private readonly sets = new WeakMap<Bitmap, Bitmap>();
  private numbers?: Int32Array;

  private constructor(
    /** How many numbers there were. */
    readonly sizeBefore: number,
    /** How many there are. */
    readonly size: number,
    /** The numbers that stay. */
    readonly runs: readonly Run[],
    /** Numbers of what came, ascending. */
    readonly added: readonly number[],
    /** Numbers, as they were, of what went, ascending. */
    readonly removed: readonly number[],
  ) {}

  /** Nothing comes or goes. */
  static none(size: number): Renumbering {
    return Renumbering.create(size, [], []);
  }

  /**
   * @param removed - numbers that go, ascending
   * @param places - for each one that comes the number before which it comes, ascending
   */
  static create(
    size: number,
    removed: readonly number[],
    places: readonly number[],
  ): Renumbering {
    const runs: Run[] = [];
    const added: number[] = [];
    let [from, to] = [0, 0];
    const stayUntil = (end: number) => {
      if (end > from) runs.push({ from, to, length: end - from });
      to += end - from;
      from = end;
    };
    let gone = 0;
    for (const place of [...places, size]) {
      for (; gone < removed.length && removed[gone] < place; gone++) {
        stayUntil(removed[gone]);
        from += 1;
      }
      stayUntil(place);
      if (added.length < places.length) added.push(to++);
    }
    return new Renumbering(size, to, runs, added, removed);
  }

  /** Whether all keep their numbers. */
  get isNone(): boolean {
    return this.added.length === 0 && this.removed.length === 0;
  }

  /** The number that something has now; -1 where it went. */
  numberOf(before: number): number {
    if (this.isNone) return before;
    if (!this.numbers) {
      this.numbers = new Int32Array(this.sizeBefore).fill(-1);
      for (const { from, to, length } of this.runs)
        for (let i = 0; i < length; i++) this.numbers[from + i] = to + i;
    }
    return this.numbers[before];
  }

  /** A set by the numbers of now, without what came; one set is always turned into one and the same. */
  set(before: Bitmap): Bitmap {
    if (this.isNone) return before;
    let set = this.sets.get(before);
    if (!set) this.sets.set(before, (set = before.moved(this.size, this.runs)));
    return set;
  }

  /** Named sets by the numbers of now. */
  map<K>(before: ReadonlyMap<K, Bitmap>): ReadonlyMap<K, Bitmap> {
    if (this.isNone) return before;
    return new Map(Array.from(before, ([key, set]) => [key, this.set(set)]));
  }

  /** One element for each number, by the numbers of now; `came` where one came. */
  list<T>(before: readonly T[], came: T): T[] {
    const list = new Array<T>(this.size).fill(came);
    for (const { from, to, length } of this.runs)
      for (let i = 0; i < length; i++) list[to + i] = before[from + i];
    return list;
  }
}
