import type { ErrorObject } from 'ajv';
import { EdgeEntityError } from './EdgeEntityError';

const LONGEST_SHOWN = 80;

/** The path of a field as people write it: `spec.groups[1]`, `spec.values["a b"]`. */
function fieldOf(pointer: string, child?: string): string {
  const parts = pointer
    .split('/')
    .slice(1)
    .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'));
  return [...parts, ...(child === undefined ? [] : [child])].reduce(
    (path, part) => {
      if (/^\d+$/.test(part)) {
        return `${path}[${part}]`;
      }
      if (/^[A-Za-z_$][\w$-]*$/.test(part)) {
        return path === '' ? part : `${path}.${part}`;
      }
      return `${path}[${shown(part)}]`;
    },
    '',
  );
}

function shown(value: unknown): string {
  if (value === undefined || value === null) {
    return 'nothing';
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  }
  if (typeof value === 'object') {
    return Object.keys(value).length === 0 ? 'an empty mapping' : 'a mapping';
  }
  const text =
    typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > LONGEST_SHOWN
    ? `${text.slice(0, LONGEST_SHOWN)}… (${text.length} characters)`
    : text;
}

const TYPES: Record<string, string> = {
  array: 'a list',
  object: 'a mapping',
  string: 'a string',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'a boolean',
};

function expected(error: ErrorObject): string {
  const schema = error.parentSchema ?? {};
  if (error.keyword === 'type') {
    const types: string[] = [error.params.type].flat();
    return schema.description ?? types.map(type => TYPES[type]).join(' or ');
  }
  if (error.keyword === 'const') {
    return schema.description ?? JSON.stringify(error.params.allowedValue);
  }
  if (error.keyword === 'enum') {
    return `one of ${error.params.allowedValues.join(', ')}`;
  }
  if (schema.description !== undefined) {
    return schema.description;
  }
  switch (error.keyword) {
    case 'maxItems':
      return `a list of at most ${error.params.limit}`;
    case 'minItems':
      return `a list of at least ${error.params.limit}`;
    case 'maxProperties':
      return `a mapping of at most ${error.params.limit} keys`;
    case 'minProperties':
      return `a mapping of at least ${error.params.limit} key`;
    default:
      return (error.message ?? 'valid').replace(/^must (be )?/, '');
  }
}

/** Says in words what ajv found first: the field, its value, and what is allowed. @internal */
export function describeSchemaError(
  errors: readonly ErrorObject[],
): EdgeEntityError {
  // Of alternatives, none of which is met, their description says more than what the first of them lacks.
  const error =
    errors.find(({ keyword }) => keyword === 'oneOf' || keyword === 'anyOf') ??
    errors[0];
  const { instancePath, keyword, params, propertyName, data } = error;
  if (propertyName !== undefined) {
    return new EdgeEntityError(
      fieldOf(instancePath),
      `the key ${shown(propertyName)} must be ${expected(error)}`,
    );
  }
  if (keyword === 'required') {
    return new EdgeEntityError(
      fieldOf(instancePath, params.missingProperty),
      'is required',
    );
  }
  if (keyword === 'additionalProperties') {
    const allowed = Object.keys(error.parentSchema?.properties ?? {});
    return new EdgeEntityError(
      fieldOf(instancePath, params.additionalProperty),
      `unknown field; allowed are ${allowed.join(', ')}`,
    );
  }
  if (keyword === 'uniqueItems') {
    const index = Math.max(params.i, params.j);
    return new EdgeEntityError(
      fieldOf(instancePath, String(index)),
      `${shown((data as unknown[])[index])} stands here twice`,
    );
  }
  return new EdgeEntityError(
    fieldOf(instancePath),
    `must be ${expected(error)}, got ${shown(data)}`,
  );
}
