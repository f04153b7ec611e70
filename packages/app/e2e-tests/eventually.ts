import { setTimeout as sleep } from 'node:timers/promises';

/** Repeats until `attempt` returns something, and tells its last error where it never does. */
export async function eventually<T>(
  what: string,
  attempt: () => Promise<T | undefined | false>,
  timeoutSeconds = 60,
): Promise<T> {
  const end = Date.now() + timeoutSeconds * 1000;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const result = await attempt();
      if (result) return result;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await sleep(500);
  }
  throw new Error(
    `Not within ${timeoutSeconds} s: ${what}${last ? ` (${last})` : ''}`,
  );
}
