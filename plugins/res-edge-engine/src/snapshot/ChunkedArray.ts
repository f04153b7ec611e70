const BITS = 8;
const LENGTH = 1 << BITS;

/**
 * A list that never changes: one that differs in some elements shares all others with it, so that a change of a few out
 * of tens of thousands copies next to nothing.
 *
 * @public
 */
export class ChunkedArray<T> implements Iterable<T> {
  private flat?: readonly T[];

  private constructor(
    readonly length: number,
    private readonly chunks: readonly (readonly T[])[],
  ) {}

  static from<T>(items: readonly T[]): ChunkedArray<T> {
    const chunks: (readonly T[])[] = [];
    for (let at = 0; at < items.length; at += LENGTH)
      chunks.push(items.slice(at, at + LENGTH));
    return new ChunkedArray(items.length, chunks);
  }

  get(index: number): T {
    return this.chunks[index >>> BITS][index & (LENGTH - 1)];
  }

  /** The same with other elements at these places. */
  with(changes: Iterable<readonly [index: number, item: T]>): ChunkedArray<T> {
    const chunks = this.chunks.slice();
    for (const [index, item] of changes) {
      const at = index >>> BITS;
      if (chunks[at] === this.chunks[at]) chunks[at] = chunks[at].slice();
      (chunks[at] as T[])[index & (LENGTH - 1)] = item;
    }
    return new ChunkedArray(this.length, chunks);
  }

  *[Symbol.iterator](): IterableIterator<T> {
    for (const chunk of this.chunks) yield* chunk;
  }

  forEach(visit: (item: T, index: number) => void): void {
    this.chunks.forEach((chunk, at) =>
      chunk.forEach((item, i) => visit(item, at * LENGTH + i)),
    );
  }

  /** All elements; the array is made once, when it is first asked for. */
  toArray(): readonly T[] {
    return (this.flat ??= this.chunks.flat());
  }
}
