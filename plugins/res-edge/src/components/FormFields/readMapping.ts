import { isMap, parseDocument } from 'yaml';

/** What a mapping can hold: texts, and attributes of clusters more than texts. */
export type MappingValue = string | number | boolean | string[];

/** What somebody typed, read as a mapping of keys to values. */
export type ReadMapping =
  | { kind: 'empty' }
  | { kind: 'error'; message: string }
  | { kind: 'mapping'; mapping: Record<string, MappingValue> };

/**
 * Reads `key: value` lines, as YAML.
 *
 * @param typed - whether numbers, booleans and lists of texts are meant as such; else every value is a text, as it is typed
 */
export function readMapping(text: string, typed: boolean): ReadMapping {
  if (text.trim() === '') return { kind: 'empty' };
  const document = parseDocument(text, {
    prettyErrors: false,
    // Without a schema for them 1.10 stays '1.10', and true stays 'true'.
    schema: typed ? 'core' : 'failsafe',
  });
  const [error] = document.errors;
  if (error) return { kind: 'error', message: error.message };
  if (!isMap(document.contents)) {
    return { kind: 'error', message: 'Write one key: value on each line' };
  }
  try {
    const mapping = document.toJS({ maxAliasCount: 0 });
    for (const [key, value] of Object.entries(mapping)) {
      if (!isValue(value, typed)) {
        return {
          kind: 'error',
          message: `${key}: must be ${
            typed
              ? 'a text, a number, true, false or a list of texts'
              : 'a text'
          }`,
        };
      }
    }
    return { kind: 'mapping', mapping };
  } catch (caught) {
    return { kind: 'error', message: (caught as Error).message };
  }
}

function isValue(value: unknown, typed: boolean): value is MappingValue {
  if (typeof value === 'string') return true;
  return (
    typed &&
    (typeof value === 'number' ||
      typeof value === 'boolean' ||
      (Array.isArray(value) && value.every(each => typeof each === 'string')))
  );
}
