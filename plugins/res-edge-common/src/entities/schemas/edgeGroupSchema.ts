import { EdgeGroupEntity, GroupComponent } from '../types';
import { entitySchema } from './envelope';
import { JsonSchema, strictObject } from './JsonSchema';
import { clusterScopeValues } from './maps';
import { applicationSelector, selector } from './selectors';
import { dnsSubdomain, entityRef, relativePath, word } from './strings';

const component = strictObject<GroupComponent>({
  properties: { path: relativePath, applications: applicationSelector },
  required: { path: true },
});

/** The JSON Schema of an EdgeGroup. @public */
export const edgeGroupSchema: JsonSchema = entitySchema(
  'EdgeGroup',
  dnsSubdomain,
  strictObject<EdgeGroupEntity['spec']>({
    properties: {
      owner: entityRef('group:default/store-operations'),
      type: word,
      parent: dnsSubdomain,
      precedence: {
        type: 'integer',
        minimum: -1000000,
        maximum: 1000000,
        description: 'a whole number from -1000000 to 1000000',
      },
      selector,
      values: clusterScopeValues,
      components: { type: 'array', items: component, maxItems: 100 },
      rollout: dnsSubdomain,
    },
    required: {},
  }),
);
