/** Waits for a while, or until somebody wakes all who wait. @internal */
export class Pause {
  readonly #wakers = new Set<() => void>();

  private constructor() {}

  static create(): Pause {
    return new Pause();
  }

  async take(milliseconds: number): Promise<void> {
    await new Promise<void>(resolve => {
      const end = () => {
        clearTimeout(timer);
        this.#wakers.delete(end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      this.#wakers.add(end);
    });
  }

  wake(): void {
    for (const end of [...this.#wakers]) end();
  }
}
