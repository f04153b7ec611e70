interface Made {
  readonly source: unknown;
  readonly value: unknown;
}

/**
 * Keeps what was made from equal inputs, for as long as each rendering asks for it.
 *
 * @internal
 */
export class RevisionCache {
  #known = new Map<string, Made>();
  #used = new Map<string, Made>();

  private constructor(private readonly other?: RevisionCache) {}

  /** @param other - is asked, too, and never changed */
  static create(other?: RevisionCache): RevisionCache {
    return new RevisionCache(other);
  }

  /** What is not asked for meanwhile is forgotten afterwards. */
  during<T>(task: (cache: RevisionCache) => T): T {
    this.#used = new Map();
    const result = task(this);
    this.#known = this.#used;
    return result;
  }

  /**
   * What `make` gave before for an equal key and the very same source, else what it gives now; an error is not kept.
   *
   * @param source - what is too large for a key
   */
  get<T>(key: readonly unknown[], source: unknown, make: () => T): T {
    const text = JSON.stringify(key);
    const made = this.find(text, source) ?? this.other?.find(text, source);
    const { value } = made ?? { value: make() };
    this.#used.set(text, { source, value });
    return value as T;
  }

  private find(text: string, source: unknown): Made | undefined {
    const known = this.#known.get(text);
    return known?.source === source ? known : undefined;
  }
}
