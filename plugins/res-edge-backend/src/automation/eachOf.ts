/**
 * Runs a task for each item, so many of them at the same time. One that fails lets no other begin; those under way are
 * waited for.
 *
 * @internal
 */
export async function eachOf<T>(
  items: Iterable<T>,
  parallel: number,
  task: (item: T) => Promise<void>,
): Promise<void> {
  // Who leaves a loop over it ends it for all.
  const rest = (function* each() {
    yield* items;
  })();
  const worker = async () => {
    for (const item of rest) await task(item);
  };
  const ended = await Promise.allSettled(
    Array.from({ length: parallel }, worker),
  );
  for (const result of ended) {
    if (result.status === 'rejected') throw result.reason;
  }
}
