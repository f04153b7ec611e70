import { RegistryRule } from '../RegistryRule';
import { EdgeNamespaceEntity } from '../types';
import { entitySchema } from './envelope';
import { JsonSchema, strictObject } from './JsonSchema';
import { resourceQuantities, values } from './maps';
import { selector } from './selectors';
import {
  applicationName,
  dnsSubdomain,
  entityRef,
  list,
  namespaceName,
  text,
  word,
} from './strings';

type NamespaceSpec = EdgeNamespaceEntity['spec'];

const imagePrefix: JsonSchema = {
  type: 'string',
  maxLength: 253,
  pattern:
    '^(?=[^/]*[.:]|localhost)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?(?:/[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)*$',
  description:
    'a registry with its host, or the beginning of an image below it, without tag, such as docker.io/acme',
};

/** The JSON Schema of an EdgeNamespace. @public */
export const edgeNamespaceSchema: JsonSchema = entitySchema(
  'EdgeNamespace',
  namespaceName,
  strictObject<NamespaceSpec>({
    properties: {
      owner: entityRef('group:default/pos-team'),
      businessUnit: text(253),
      environment: word,
      selector,
      resources: strictObject<NonNullable<NamespaceSpec['resources']>>({
        properties: { quota: resourceQuantities, limits: resourceQuantities },
        required: {},
      }),
      isolation: { type: 'string', enum: ['restricted', 'baseline', 'open'] },
      values: values(['name', 'businessUnit', 'environment']),
      policies: list(dnsSubdomain, 100),
      rollout: dnsSubdomain,
      accepts: strictObject<NonNullable<NamespaceSpec['accepts']>>({
        properties: {
          owners: list(entityRef('group:default/pos-team'), 1000),
          applications: list(applicationName, 1000),
        },
        required: {},
      }),
      prune: { type: 'string', enum: ['orphan', 'delete'] },
      registries: {
        type: 'array',
        items: strictObject<RegistryRule>({
          properties: {
            from: imagePrefix,
            to: imagePrefix,
            environments: list(word, 50, 1),
          },
          required: { from: true, to: true },
        }),
        maxItems: 50,
      },
    },
    required: { owner: true },
  }),
);
