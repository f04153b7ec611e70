/** One field that differs, by its path, such as `spec.groups[0]`; texts as JSON has them. */
export interface Difference {
  path: string;
  before?: string;
  after?: string;
}

/** The fields in which two values differ, in the order in which they stand; what is the same on both sides is left out. */
export function differences(
  before: unknown,
  after: unknown,
  path = '',
): Difference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (isMapping(before) && isMapping(after)) {
    return keysOf(before, after).flatMap(key =>
      differences(
        own(before, key),
        own(after, key),
        path ? `${path}.${key}` : key,
      ),
    );
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    return Array.from(
      { length: Math.max(before.length, after.length) },
      (_, index) =>
        differences(before[index], after[index], `${path}[${index}]`),
    ).flat();
  }
  // What comes or goes as a whole shows field by field, too.
  if (before === undefined && isMapping(after))
    return differences({}, after, path);
  if (after === undefined && isMapping(before))
    return differences(before, {}, path);
  return [{ path, before: textOf(before), after: textOf(after) }];
}

function keysOf(before: object, after: object): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])];
}

function own(values: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
