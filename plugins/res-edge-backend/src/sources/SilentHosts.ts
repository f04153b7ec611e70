const SILENCE_MILLISECONDS = 60_000;

/** Hosts that did not answer: for a minute they are not asked, or each run would wait for them, once for each source. @internal */
export class SilentHosts {
  /** Until when, and why. */
  readonly #silent = new Map<string, { until: number; reason: string }>();

  private constructor() {}

  static create(): SilentHosts {
    return new SilentHosts();
  }

  /** It did not answer. */
  note(host: string, reason: string): void {
    const until = Date.now() + SILENCE_MILLISECONDS;
    this.#silent.set(host, { until, reason });
  }

  /** Why a host is not asked now; undefined where it is. */
  reasonOf(host: string): string | undefined {
    const silent = this.#silent.get(host);
    if (silent && silent.until > Date.now()) return silent.reason;
    this.#silent.delete(host);
    return undefined;
  }
}
