import { ResourceQuantities } from '../types';
import { JsonSchema, strictObject } from './JsonSchema';

/** Mappings by these keys would reach into JavaScript's own objects somewhere down the line. @internal */
export const PROTOTYPE_KEYS = ['__proto__', 'constructor', 'prototype'];

/** A key of attributes and values: it becomes a key of a ConfigMap and a part of a placeholder. @internal */
export function key(builtIn: string[] = []): JsonSchema {
  return {
    allOf: [
      {
        type: 'string',
        maxLength: 63,
        pattern: '^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$',
        description:
          'a key of at most 63 letters, digits, "-", "_" and ".", a letter or digit first and last',
      },
      {
        not: { enum: PROTOTYPE_KEYS },
        description: `a key other than ${PROTOTYPE_KEYS.join(', ')}`,
      },
      ...(builtIn.length === 0
        ? []
        : [
            {
              not: { pattern: `^(?:${builtIn.join('|')})$` },
              description: `a key that placeholders do not know already (${builtIn
                .map(part => part.replace(/\\\.\.\*/, '.*'))
                .join(', ')})`,
            },
          ]),
    ],
  };
}

/** Labels, as Kubernetes and the catalog have them. @internal */
export const labels: JsonSchema = {
  type: 'object',
  maxProperties: 100,
  propertyNames: {
    allOf: [
      {
        type: 'string',
        maxLength: 317,
        pattern:
          '^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$',
        description:
          'a label key as in Kubernetes: an optional DNS prefix and "/", then at most 63 letters, digits, "-", "_" and "."',
      },
      {
        not: { enum: PROTOTYPE_KEYS },
        description: `a key other than ${PROTOTYPE_KEYS.join(', ')}`,
      },
    ],
  },
  additionalProperties: {
    type: 'string',
    maxLength: 63,
    pattern: '^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)?$',
    description:
      'a string of at most 63 letters, digits, "-", "_" and ".", a letter or digit first and last (numbers and booleans go in quotes)',
  },
};

/** Values of one scope; `builtIn` are patterns of the placeholders that exist anyway. @internal */
export function values(builtIn: string[]): JsonSchema {
  return {
    type: 'object',
    maxProperties: 200,
    propertyNames: key(builtIn),
    additionalProperties: {
      type: 'string',
      maxLength: 4096,
      description:
        'a string of at most 4096 characters (numbers and booleans go in quotes)',
    },
  };
}

/** Values of clusters and of the groups that they inherit from. @internal */
export const clusterScopeValues = values([
  'name',
  'environment',
  'timeZone',
  'labels\\..*',
  'attributes\\..*',
]);

/** Typed facts of a cluster. @internal */
export const attributes: JsonSchema = {
  type: 'object',
  maxProperties: 200,
  propertyNames: key(),
  additionalProperties: {
    type: ['string', 'number', 'boolean', 'array'],
    // Beyond this JavaScript has rounded what was written before anybody sees it.
    minimum: Number.MIN_SAFE_INTEGER,
    maximum: Number.MAX_SAFE_INTEGER,
    maxLength: 1024,
    maxItems: 1000,
    items: {
      type: 'string',
      maxLength: 1024,
      description: 'a string of at most 1024 characters',
    },
    description:
      'a string of at most 1024 characters, a number of at most 9007199254740991, a boolean or a list of at most 1000 strings',
  },
};

const quantity: JsonSchema = {
  type: 'string',
  minLength: 1,
  maxLength: 40,
  description: 'a Kubernetes quantity in quotes, such as "250m" or "64Mi"',
};

/** Quantities by resource. That they parse is the engine's to say: one bad record is a problem, not an error. @internal */
export const resourceQuantities: JsonSchema = strictObject<ResourceQuantities>({
  properties: {
    cpu: quantity,
    memory: quantity,
    storage: quantity,
    pods: {
      type: ['string', 'number'],
      maxLength: 40,
      description: 'a number of pods, such as 110',
    },
  },
  required: {},
});
