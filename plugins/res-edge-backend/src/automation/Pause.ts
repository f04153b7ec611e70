/** Waits for a while, or until somebody wakes all who wait. @internal */
export class Pause {
  readonly #waiting = new Map<() => void, ReturnType<typeof setTimeout>>();

  private constructor() {}

  static create(): Pause {
    return new Pause();
  }

  async take(milliseconds: number): Promise<void> {
    await new Promise<void>(resolve => {
      const timer = setTimeout(() => this.end(resolve), milliseconds);
      this.#waiting.set(resolve, timer);
    });
  }

  wake(): void {
    for (const resolve of [...this.#waiting.keys()]) this.end(resolve);
  }

  private end(resolve: () => void): void {
    clearTimeout(this.#waiting.get(resolve));
    this.#waiting.delete(resolve);
    resolve();
  }
}
