/** Between the first call and the run: what others say meanwhile comes along. */
const DELAY_MILLISECONDS = 5_000;
/** Between two runs. */
const INTERVAL_MILLISECONDS = 30_000;

/**
 * Asks for a run a little after the first of many calls, and not again for a while: however often it is called, there are
 * two runs a minute.
 *
 * @internal
 */
export class RunSignal {
  #timer?: ReturnType<typeof setTimeout>;
  #last = -Infinity;

  private constructor(private readonly run: () => void) {}

  static create(run: () => void): RunSignal {
    return new RunSignal(run);
  }

  /** Whether a run is about to be asked for: then nobody has to call. */
  get isPending(): boolean {
    return this.#timer !== undefined;
  }

  call(): void {
    if (this.isPending) return;
    const earliest = this.#last + INTERVAL_MILLISECONDS - performance.now();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#last = performance.now();
      this.run();
    }, Math.max(DELAY_MILLISECONDS, earliest));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
