import { EdgeKind, RES_EDGE_API_VERSION } from '../types';
import { JsonSchema } from './JsonSchema';
import { labels } from './maps';
import { text } from './strings';

const annotations: JsonSchema = {
  type: 'object',
  maxProperties: 100,
  additionalProperties: {
    type: 'string',
    maxLength: 16384,
    description: 'a string of at most 16384 characters',
  },
};

const link: JsonSchema = {
  type: 'object',
  properties: {
    url: text(2048),
    title: text(253),
    icon: text(63),
    type: text(63),
  },
  required: ['url'],
  additionalProperties: false,
};

/** The schema of a whole entity around its name and spec. @internal */
export function entitySchema(
  kind: EdgeKind,
  name: JsonSchema,
  spec: JsonSchema,
): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema',
    $id: `https://res-edge.io/schemas/v1alpha1/${kind}`,
    type: 'object',
    properties: {
      apiVersion: { const: RES_EDGE_API_VERSION },
      kind: { const: kind },
      metadata: {
        type: 'object',
        properties: {
          name,
          namespace: {
            const: 'default',
            description: '"default" or left out',
          },
          title: text(253),
          description: text(4096),
          labels,
          annotations,
          tags: { type: 'array', maxItems: 100, items: text(63) },
          links: { type: 'array', maxItems: 100, items: link },
          uid: text(253),
          etag: text(253),
        },
        required: ['name'],
        additionalProperties: false,
      },
      spec,
      // What the catalog adds to the entities that it serves.
      relations: { type: 'array' },
      status: { type: 'object' },
    },
    required: ['apiVersion', 'kind', 'metadata', 'spec'],
    additionalProperties: false,
  };
}
