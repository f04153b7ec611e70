/** How long what leaves has at most: Flux prunes it meanwhile, as the account of its namespace. @internal */
export const LEAVING_MILLISECONDS = 60 * 60 * 1000;

/** When the cluster reported that an application is removed, in milliseconds. @internal */
export type ReadRemoval = (application: string) => number | undefined;

/**
 * Whether the cluster reported that an application is removed since it began to leave. A report of before is about an earlier
 * time.
 *
 * @param until - the end of the time that it has
 * @internal
 */
export function isRemoved(
  application: string,
  until: string,
  removedAt: ReadRemoval | undefined,
): boolean {
  const at = removedAt?.(application);
  return at !== undefined && at >= Date.parse(until) - LEAVING_MILLISECONDS;
}
