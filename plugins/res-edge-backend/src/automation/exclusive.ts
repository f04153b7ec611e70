/**
 * Runs tasks one after another, in the order in which they were asked for. A task that fails does not stop the next.
 *
 * @internal
 */
export function createExclusive(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return task => {
    const result = last.then(task, task);
    last = result.catch(() => undefined);
    return result;
  };
}
