/* eslint-disable no-console */

/** Times by the clock, and by what this thread worked: on a busy machine only the latter says anything. */
export function time<T>(label: string, task: () => T): [T, number] {
  const start = performance.now();
  const cpu = process.threadCpuUsage();
  const result = task();
  const { user, system } = process.threadCpuUsage(cpu);
  const worked = (user + system) / 1000;
  const took = performance.now() - start;
  console.log(
    `${label.padEnd(52)} ${took.toFixed(1).padStart(9)} ms, ${worked
      .toFixed(1)
      .padStart(9)} ms of work`,
  );
  return [result, worked];
}

/** What is in memory once all that is not needed is gone. */
export function megabytes(): number {
  (globalThis as { gc?: () => void }).gc?.();
  return (
    process.memoryUsage().heapUsed / 2 ** 20 +
    process.memoryUsage().arrayBuffers / 2 ** 20
  );
}

/**
 * What one round works, in milliseconds: the mean, because the clock of a thread's work ticks in steps of milliseconds.
 * The first rounds, in which code is compiled, do not count.
 */
export function meanWork(
  label: string,
  rounds: number,
  prepare: () => () => void,
): number {
  const tasks = Array.from({ length: rounds }, prepare);
  for (const task of tasks) task();
  const cpu = process.threadCpuUsage();
  for (const task of tasks) task();
  const { user, system } = process.threadCpuUsage(cpu);
  const mean = (user + system) / 1000 / rounds;
  console.log(`${label.padEnd(52)} ${mean.toFixed(2).padStart(9)} ms of work`);
  return mean;
}
