/* eslint-disable no-console */
import fs from 'node:fs';

/** The kernel counts in hundredths of a second. */
const TICKS = 100;

/** Seconds that processes worked which this one started, and which have ended; 0 where the system does not tell. */
function childrenWork(): number {
  const file = '/proc/self/stat';
  if (!fs.existsSync(file)) return 0;
  const text = fs.readFileSync(file, 'latin1');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / TICKS;
}

/** Times by the clock, and by what this process and those that it starts worked: others may use the machine, too. */
export async function timed<T>(
  label: string,
  task: () => T | Promise<T>,
): Promise<T> {
  const start = performance.now();
  const cpu = process.cpuUsage();
  const children = childrenWork();
  const result = await task();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const figures = [seconds, (user + system) / 1e6, childrenWork() - children];
  const [clock, own, others] = figures.map(figure =>
    figure.toFixed(2).padStart(6),
  );
  console.log(
    `${label.padEnd(
      48,
    )} ${clock} s, worked ${own} s here and ${others} s in git and kustomize`,
  );
  return result;
}
