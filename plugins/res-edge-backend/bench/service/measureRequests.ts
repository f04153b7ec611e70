/* eslint-disable no-console */
import os from 'node:os';
import { BenchServer } from './BenchServer';

/** One request; the path begins with a slash. */
export interface BenchRequest {
  readonly path: string;
  readonly body?: object;
}

/**
 * Some users ask side by side, each as soon as he has his answer: there are always as many requests under way as users.
 *
 * @param requestOf - the request of a number, counted over all users
 */
export async function measureRequests(
  server: BenchServer,
  label: string,
  options: {
    users: number;
    requests: number;
    requestOf(number: number): BenchRequest;
  },
): Promise<void> {
  const { users, requests, requestOf } = options;
  // Code is compiled, and connections are made.
  for (let number = 0; number < users; number++) {
    await answered(server, requestOf(requests + number));
  }
  const before = await server.usage();
  const taken: number[] = [];
  let bytes = 0;
  let next = 0;
  const user = async () => {
    while (next < requests) {
      const request = requestOf(next++);
      const start = performance.now();
      const size = await answered(server, request);
      bytes += size;
      taken.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: users }, user));
  const { work, peak } = await server.usage();
  taken.sort((a, b) => a - b);
  const at = (part: number) =>
    taken[Math.ceil(part * taken.length) - 1].toFixed(1).padStart(7);
  console.log(
    `${label.padEnd(44)} p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, ${(
      (work - before.work) /
      requests
    ).toFixed(2)} ms of work each, ${(bytes / requests / 1024).toFixed(
      1,
    )} KB each; ${users} users, ${requests} requests; ${Math.round(
      peak / 2 ** 20,
    )} MB, load ${os.loadavg()[0].toFixed(1)}`,
  );
}

/** @returns the bytes of the answer, in all its characters */
async function answered(
  { url }: BenchServer,
  { path, body }: BenchRequest,
): Promise<number> {
  const response = await fetch(
    `${url}${path}`,
    body && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    },
  );
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return text.length;
}
