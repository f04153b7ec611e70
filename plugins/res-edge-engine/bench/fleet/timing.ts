/* eslint-disable no-console */

/** CPU time of this thread in milliseconds. */
export function work(task: () => void): number {
  const before = process.threadCpuUsage();
  task();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

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
  const mean =
    work(() => {
      for (const task of tasks) task();
    }) / rounds;
  console.log(`${label.padEnd(52)} ${mean.toFixed(2).padStart(9)} ms of work`);
  return mean;
}
