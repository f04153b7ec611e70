/**
 * Keeps what was made from equal inputs, for as long as each rendering asks for it.
 *
 * @internal
 */
export class RevisionCache {
  #known = new Map<string, unknown>();
  #used = new Map<string, unknown>();

  private constructor() {}

  static create(): RevisionCache {
    return new RevisionCache();
  }

  /** What is not asked for meanwhile is forgotten afterwards. */
  during<T>(task: (cache: RevisionCache) => T): T {
    this.#used = new Map();
    const result = task(this);
    this.#known = this.#used;
    return result;
  }

  /** What `make` gave for an equal key, if that is known; an error is not kept. */
  get<T>(key: readonly unknown[], make: () => T): T {
    const text = JSON.stringify(key);
    const value = this.#known.has(text) ? (this.#known.get(text) as T) : make();
    this.#used.set(text, value);
    return value;
  }
}
