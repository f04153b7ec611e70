import { ApplicationOverride, EdgeApplicationEntity } from '../types';
import { applicationSource } from './applicationSource';
import { entitySchema } from './envelope';
import { JsonSchema, strictObject } from './JsonSchema';
import { resourceQuantities, values } from './maps';
import { expression, selector } from './selectors';
import {
  applicationName,
  dnsLabel,
  dnsSubdomain,
  entityRef,
  list,
  namespaceName,
  relativePath,
  version,
} from './strings';

const applicationValues = values(['name', 'version', 'owner']);

// kustomize takes a number in a path for a place in a list, so that no such key can be filled.
const clusterValueKey: JsonSchema = {
  type: 'string',
  maxLength: 128,
  pattern: '^(?!\\d+$)[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$',
  description:
    'a key that placeholders of the cluster can read, such as posHost or labels.ring: at most 128 letters, digits, "-", "_" and ".", a letter or digit first and last, not digits alone',
};

const override = strictObject<ApplicationOverride>({
  properties: {
    name: dnsLabel(63),
    selector,
    values: applicationValues,
    patches: list(relativePath, 100),
  },
  required: { name: true, selector: true },
});

type ApplicationSpec = EdgeApplicationEntity['spec'];

/** The JSON Schema of an EdgeApplication. @public */
export const edgeApplicationSchema: JsonSchema = entitySchema(
  'EdgeApplication',
  applicationName,
  strictObject<ApplicationSpec>({
    properties: {
      owner: entityRef('group:default/pos-team'),
      type: { type: 'string', enum: ['application', 'addon'] },
      namespace: namespaceName,
      component: entityRef('component:default/imdb'),
      source: applicationSource,
      version,
      requests: resourceQuantities,
      priority: {
        type: 'integer',
        minimum: -1000000000,
        maximum: 1000000000,
        description: 'a whole number from -1000000000 to 1000000000',
      },
      requires: list(expression, 100),
      dependsOn: list(applicationName, 100),
      rollout: dnsSubdomain,
      values: applicationValues,
      clusterValues: list(clusterValueKey, 200),
      overrides: { type: 'array', items: override, maxItems: 100 },
    },
    required: { owner: true, source: true, version: true },
  }),
);
