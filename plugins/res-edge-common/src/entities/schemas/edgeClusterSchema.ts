import { EdgeClusterEntity } from '../types';
import { entitySchema } from './envelope';
import { JsonSchema, strictObject } from './JsonSchema';
import { attributes, clusterScopeValues, resourceQuantities } from './maps';
import { clusterName, dnsSubdomain, entityRef, list, word } from './strings';
import { timeZone } from './times';

const DAY = '(?:mon|tue|wed|thu|fri|sat|sun)';
const TIME = '(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)';

/** The JSON Schema of an EdgeCluster. @public */
export const edgeClusterSchema: JsonSchema = entitySchema(
  'EdgeCluster',
  clusterName,
  strictObject<EdgeClusterEntity['spec']>({
    properties: {
      owner: entityRef('group:default/store-operations'),
      environment: word,
      groups: list(dnsSubdomain, 1000),
      attributes,
      capacity: resourceQuantities,
      timeZone,
      hours: {
        type: 'object',
        maxProperties: 7,
        propertyNames: {
          type: 'string',
          pattern: `^${DAY}(?:-${DAY})?$`,
          description: 'a day or a range of days such as mon-fri',
        },
        additionalProperties: {
          type: 'string',
          pattern: `^${TIME}-${TIME}$`,
          description: 'hours such as "06:00-23:00"',
        },
      },
      values: clusterScopeValues,
      gitops: { type: 'string', enum: ['flux', 'argocd'] },
      state: {
        type: 'string',
        enum: ['provisioning', 'active', 'draining', 'retired'],
      },
    },
    required: {},
  }),
);
