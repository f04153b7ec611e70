/** Who asks may not do it, or nobody may. */
const REFUSED = new Set([401, 403, 405]);

/** What a registry answers instead of what it was asked for. @internal */
export class RegistryError extends Error {
  /**
   * @param what - was asked: the method, and the address without its query, which may hold a state that is nobody's
   * @param status - of the answer; undefined where there was none
   */
  constructor(
    what: string,
    readonly status: number | undefined,
    private readonly reason: string,
  ) {
    super(
      status === undefined
        ? `${what}: ${reason}`
        : `${what} was answered with ${status}${reason && `: ${reason}`}`,
    );
    this.name = 'RegistryError';
  }

  /** Whether the registry does not let it be done at all, or not by who asked. */
  isRefusal(): boolean {
    return (
      (this.status !== undefined && REFUSED.has(this.status)) ||
      /^UNSUPPORTED\b/.test(this.reason)
    );
  }
}
