/** A time as files write it: to the minute, in UTC. @internal */
export function minute(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16)}Z`;
}
