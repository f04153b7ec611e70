import { ProhibitionSpec } from '../types';
import { entitySchema } from './envelope';
import { JsonSchema, strictObject } from './JsonSchema';
import { applicationSelector, selector } from './selectors';
import { dnsSubdomain, entityRef, text } from './strings';

/** The JSON Schema of an EdgePolicy. @public */
export const edgePolicySchema: JsonSchema = entitySchema(
  'EdgePolicy',
  dnsSubdomain,
  strictObject<ProhibitionSpec>({
    properties: {
      type: { type: 'string', enum: ['prohibition'] },
      owner: entityRef('group:default/legal'),
      applications: applicationSelector,
      clusters: selector,
      reason: text(1024),
      reference: {
        type: 'string',
        maxLength: 2048,
        pattern: '^https?://[^\\s]+$',
        description: 'a link that begins with https:// or http://',
      },
    },
    required: { type: true, applications: true, clusters: true, reason: true },
  }),
);
