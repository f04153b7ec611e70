import type { SchemaObject } from 'ajv';

/**
 * A JSON Schema of draft 07. Its `description` completes the sentence "must be …" when it is not met.
 *
 * @public
 */
export type JsonSchema = SchemaObject;

/** The keys of T that have to be given. */
type RequiredKey<T> = {
  [K in keyof T]-?: object extends Pick<T, K> ? never : K;
}[keyof T] &
  string;

/**
 * The schema of a mapping with these fields and no others. The compiler sees to it that it has every field of T and
 * none beside them, and that `required` names just what T does not leave optional.
 *
 * @internal
 */
export function strictObject<T extends object>(definition: {
  properties: Record<keyof T & string, JsonSchema>;
  required: Record<RequiredKey<T>, true>;
  rules?: JsonSchema;
}): JsonSchema {
  return {
    type: 'object',
    properties: definition.properties,
    required: Object.keys(definition.required),
    additionalProperties: false,
    ...definition.rules,
  };
}
