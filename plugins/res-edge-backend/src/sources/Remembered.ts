const MAX_KNOWN = 20;

/** Remembers the last few of what was read and never changes. @internal */
export class Remembered<T> {
  readonly #known = new Map<string, T>();

  private constructor() {}

  static create<T>(): Remembered<T> {
    return new Remembered<T>();
  }

  /** What is known by this key, else what is read now; failures are not remembered. */
  async get(key: readonly unknown[], read: () => Promise<T>): Promise<T> {
    const text = JSON.stringify(key);
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const found = await read();
    const [oldest] = this.#known.keys();
    if (this.#known.size >= MAX_KNOWN) this.#known.delete(oldest);
    this.#known.set(text, found);
    return found;
  }
}
