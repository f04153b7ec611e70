import { JsonObject, JsonValue } from '@backstage/types';

/**
 * A value after a JSON merge patch (RFC 7396): mappings are merged key by key, `null` takes a key away, everything else
 * is replaced. Neither argument is changed.
 *
 * @internal
 */
export function mergePatch(
  target: JsonValue | undefined,
  patch: JsonValue,
): JsonValue {
  if (!isMapping(patch)) {
    return patch;
  }
  // Not by assignment: a key such as `__proto__` is a key like any other.
  const merged = new Map(Object.entries(isMapping(target) ? target : {}));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      merged.delete(key);
    } else if (value !== undefined) {
      merged.set(key, mergePatch(merged.get(key), value));
    }
  }
  return Object.fromEntries(merged);
}

function isMapping(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
