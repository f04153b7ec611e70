import { InputError } from '@backstage/errors';
import {
  EDGE_ENTITY_SCHEMAS,
  EdgeKind,
  JsonSchema,
} from '@res-edge/backstage-plugin-res-edge-common';
import { isPrototypeKey } from '../util/isPrototypeKey';

/** What a field holds: `any` is a string, a number, a boolean or a list, as its author says. @internal */
export type FieldType = 'string' | 'number' | 'boolean' | 'list' | 'any';

/** A field of an entity: `metadata.labels.ring`, `spec.capacity.cpu`. @internal */
export interface Field {
  readonly path: string;
  readonly segments: readonly string[];
  readonly type: FieldType;
}

/**
 * Finds a field in the schema of a kind. Below a map, all that is left of the path is the key, dots and slashes
 * included: `metadata.labels.example.org/size`.
 *
 * @throws InputError that names what is allowed
 * @internal
 */
export function resolveField(kind: EdgeKind, path: string): Field {
  let schema = EDGE_ENTITY_SCHEMAS[kind];
  let rest = path;
  const segments: string[] = [];
  while (rest !== '') {
    const { properties, additionalProperties } = schema;
    if (properties) {
      const [segment] = rest.split('.', 1);
      if (!Object.hasOwn(properties, segment)) {
        throw unknownField(kind, path, segments, Object.keys(properties));
      }
      segments.push(segment);
      schema = properties[segment];
      rest = rest.slice(segment.length + 1);
    } else if (typeof additionalProperties === 'object') {
      if (isPrototypeKey(rest)) {
        throw new InputError(`'${path}': the key '${rest}' is not allowed`);
      }
      segments.push(rest);
      schema = additionalProperties;
      rest = '';
    } else {
      throw unknownField(kind, path, segments, []);
    }
  }
  const type = typeOf(schema);
  if (segments.length < 2 || type === undefined) {
    throw new InputError(
      `'${path}' of ${kind} is not a single value or a list of strings; name a field below it`,
    );
  }
  return { path, segments, type };
}

/** Sets a field, making the mappings above it. @internal */
export function setField(
  entity: Record<string, unknown>,
  { segments }: Field,
  value: unknown,
): void {
  let target = entity;
  for (const segment of segments.slice(0, -1)) {
    if (!Object.hasOwn(target, segment)) target[segment] = {};
    target = target[segment] as Record<string, unknown>;
  }
  target[segments[segments.length - 1]] = value;
}

/** The value of a field, if it has one. @internal */
export function getField(entity: unknown, { segments }: Field): unknown {
  let value = entity;
  for (const segment of segments) {
    if (typeof value !== 'object' || value === null) return undefined;
    if (!Object.hasOwn(value, segment)) return undefined;
    value = (value as Record<string, unknown>)[segment];
  }
  return value;
}

function typeOf(schema: JsonSchema): FieldType | undefined {
  // A selector as a string, or a text that is checked by patterns alone.
  if (schema.if || schema.const !== undefined) return 'string';
  const types: string[] = [schema.type].flat();
  if (types.includes('array')) {
    if (types.length > 1) return 'any';
    return typeOf(schema.items) === 'string' ? 'list' : undefined;
  }
  if (types.includes('string')) return 'string';
  if (types.includes('number') || types.includes('integer')) return 'number';
  return types.includes('boolean') ? 'boolean' : undefined;
}

function unknownField(
  kind: EdgeKind,
  path: string,
  segments: readonly string[],
  allowed: readonly string[],
): InputError {
  const place = segments.length > 0 ? ` below '${segments.join('.')}'` : '';
  return new InputError(
    `'${path}' is not a field of ${kind}; ${
      allowed.length > 0
        ? `allowed${place} are ${allowed.join(', ')}`
        : `there is nothing${place}`
    }`,
  );
}
