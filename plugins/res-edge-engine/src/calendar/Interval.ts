/** A stretch of time, `end` not included; milliseconds since 1970. @public */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** The same time in intervals that are in order and do not touch. @internal */
export function merged(intervals: readonly Interval[]): Interval[] {
  const result: { start: number; end: number }[] = [];
  for (const { start, end } of [...intervals].sort(
    (a, b) => a.start - b.start,
  )) {
    const last = result[result.length - 1];
    if (end <= start) continue;
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}

/** What of `range` is in none of these merged intervals. @internal */
export function gaps(
  intervals: readonly Interval[],
  range: Interval,
): Interval[] {
  const result: Interval[] = [];
  let { start } = range;
  for (const interval of intervals) {
    if (interval.start > start) {
      result.push({ start, end: Math.min(interval.start, range.end) });
    }
    start = Math.max(start, interval.end);
    if (start >= range.end) return result;
  }
  result.push({ start, end: range.end });
  return result;
}

/** What is in both of two lists of merged intervals. @internal */
export function common(
  one: readonly Interval[],
  other: readonly Interval[],
): Interval[] {
  const result: Interval[] = [];
  let i = 0;
  let j = 0;
  while (i < one.length && j < other.length) {
    const start = Math.max(one[i].start, other[j].start);
    const end = Math.min(one[i].end, other[j].end);
    if (start < end) result.push({ start, end });
    if (one[i].end < other[j].end) i++;
    else j++;
  }
  return result;
}
