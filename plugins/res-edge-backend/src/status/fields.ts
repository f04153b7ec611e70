import { InputError } from '@backstage/errors';
import { JsonObject, JsonValue } from '@backstage/types';

/** Names and texts of events are no longer. */
const MAX_TEXT = 100_000;

/** A field that is a mapping. @throws InputError @internal */
export function objectField(
  value: JsonValue | undefined,
  field: string,
  orElse?: JsonObject,
): JsonObject {
  const found = isObject(value) ? value[field] ?? orElse : undefined;
  if (!isObject(found)) throw wrong(field, found, 'a mapping');
  return found;
}

/** A field that is a text, and not empty. @param name - as it is called in errors @throws InputError @internal */
export function text(value: JsonObject, field: string, name: string): string {
  const found = optionalText(value, field, name);
  if (!found) throw wrong(name, found, 'a text');
  return found;
}

/** @throws InputError where there is something else than a text @internal */
export function optionalText(
  value: JsonObject,
  field: string,
  name: string,
): string | undefined {
  const found = Object.hasOwn(value, field) ? value[field] : undefined;
  if (found === undefined || found === null) return undefined;
  if (typeof found !== 'string' || found.length > MAX_TEXT) {
    throw wrong(name, found, `a text of at most ${MAX_TEXT} characters`);
  }
  return found;
}

/** A field that may be left out. @throws InputError where there is something else than a list @internal */
export function listField(
  value: JsonObject,
  field: string,
  name: string,
): readonly JsonValue[] | undefined {
  const found = Object.hasOwn(value, field) ? value[field] : undefined;
  if (found === undefined || found === null) return undefined;
  if (!Array.isArray(found)) throw wrong(name, found, 'a list');
  return found;
}

/** A time, in milliseconds. @throws InputError @internal */
export function timeField(value: JsonObject, field: string): number {
  const found = text(value, field, field);
  const time = Date.parse(found);
  if (Number.isNaN(time)) throw wrong(field, found, 'a time of RFC 3339');
  return time;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(field: string, value: JsonValue | undefined, allowed: string) {
  const shown = value === undefined ? 'missing' : JSON.stringify(value);
  return new InputError(
    `${field}: ${shown.slice(0, 100)} is not allowed; it must be ${allowed}`,
  );
}
