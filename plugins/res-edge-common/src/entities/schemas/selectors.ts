import {
  ApplicationSelector,
  ClusterSelector,
  MatchExpression,
  SELECTOR_OPERATORS,
} from '../types';
import { JsonSchema, strictObject } from './JsonSchema';
import { labels } from './maps';
import {
  applicationName,
  clusterName,
  dnsSubdomain,
  list,
  namespaceName,
} from './strings';

/** CEL, or a string of the original's language. @internal */
export const expression: JsonSchema = {
  type: 'string',
  minLength: 1,
  maxLength: 16384,
  pattern: '\\S',
  description: 'an expression of 1 to 16384 characters',
};

function operators(names: string[], then: JsonSchema): JsonSchema {
  return { if: { properties: { operator: { enum: names } } }, then };
}

const matchExpression: JsonSchema = strictObject<MatchExpression>({
  properties: {
    key: labels.propertyNames,
    operator: { type: 'string', enum: [...SELECTOR_OPERATORS] },
    values: {
      type: 'array',
      maxItems: 1000,
      items: {
        type: ['string', 'number', 'boolean'],
        maxLength: 1024,
        description:
          'a string of at most 1024 characters, a number or a boolean',
      },
    },
  },
  required: { key: true, operator: true },
  rules: {
    allOf: [
      operators(['In', 'NotIn'], {
        required: ['values'],
        properties: {
          values: {
            type: 'array',
            minItems: 1,
            description: 'a list of at least one value for In and NotIn',
          },
        },
      }),
      operators(['Gt', 'Ge', 'Lt', 'Le'], {
        required: ['values'],
        properties: {
          values: {
            type: 'array',
            minItems: 1,
            maxItems: 1,
            items: {
              type: 'number',
              description: 'a number for Gt, Ge, Lt and Le',
            },
            description: 'a list of just one number for Gt, Ge, Lt and Le',
          },
        },
      }),
      operators(['Exists', 'DoesNotExist'], {
        properties: {
          values: {
            type: 'array',
            maxItems: 0,
            description: 'left out for Exists and DoesNotExist',
          },
        },
      }),
    ],
  },
});

const clusterSelector: JsonSchema = strictObject<ClusterSelector>({
  properties: {
    all: {
      const: true,
      description: 'true, or left out',
    },
    groups: list(dnsSubdomain, 1000, 1),
    matchLabels: { ...labels, minProperties: 1 },
    matchExpressions: {
      type: 'array',
      items: matchExpression,
      minItems: 1,
      maxItems: 100,
    },
    expression,
    include: list(clusterName, 10000),
    exclude: list(clusterName, 10000),
  },
  required: {},
  rules: {
    minProperties: 1,
    description:
      'a selector with at least one part; the whole fleet is "all: true"',
  },
});

/** A selector of clusters: a mapping with at least one part, or a string. @internal */
export const selector: JsonSchema = {
  if: { type: 'string' },
  then: expression,
  else: {
    ...clusterSelector,
    description:
      'a selector: a mapping with at least one part, or a string; the whole fleet is "all: true"',
  },
};

/** A selector of applications. @internal */
export const applicationSelector: JsonSchema =
  strictObject<ApplicationSelector>({
    properties: {
      names: list(applicationName, 1000, 1),
      namespaces: list(namespaceName, 1000, 1),
      matchLabels: { ...labels, minProperties: 1 },
    },
    required: {},
    rules: {
      minProperties: 1,
      description:
        'a selector of applications with at least one of names, namespaces, matchLabels',
    },
  });
