import { createPermissionRule } from '@backstage/plugin-permission-node';
import { z } from 'zod';
import {
  EdgeEntityCondition,
  edgeEntityResourceRef,
} from './edgeEntityResource';

const owned = (owners: string[]): EdgeEntityCondition => ({
  fact: 'owner',
  values: owners,
});

/** `IS_OWNER`: the entity's owner is one of these references of users and groups. @public */
export const isOwnerRule = createPermissionRule({
  name: 'IS_OWNER',
  description: 'Allow entities that one of these users or groups owns',
  resourceRef: edgeEntityResourceRef,
  paramsSchema: z.object({
    owners: z
      .array(z.string())
      .describe('Entity references, such as group:default/pos-team'),
  }),
  apply: (resource, { owners }) => resource.is(owned(owners)),
  toQuery: ({ owners }) => owned(owners),
});

const inGroup = (groups: string[]): EdgeEntityCondition => ({
  fact: 'group',
  values: groups,
});

/** `IN_GROUP`: clusters in the subtree of one of these groups, and the groups of that subtree. @public */
export const inGroupRule = createPermissionRule({
  name: 'IN_GROUP',
  description:
    'Allow clusters in one of these groups or below, and these groups with all below',
  resourceRef: edgeEntityResourceRef,
  paramsSchema: z.object({
    groups: z.array(z.string()).describe('Names of EdgeGroups'),
  }),
  apply: (resource, { groups }) => resource.is(inGroup(groups)),
  toQuery: ({ groups }) => inGroup(groups),
});

const ofEnvironment = (environments: string[]): EdgeEntityCondition => ({
  fact: 'environment',
  values: environments,
});

/** `HAS_ENVIRONMENT`: clusters and namespaces of these environments, and the applications of such namespaces. @public */
export const hasEnvironmentRule = createPermissionRule({
  name: 'HAS_ENVIRONMENT',
  description:
    'Allow clusters and namespaces of one of these environments, and applications of such a namespace',
  resourceRef: edgeEntityResourceRef,
  paramsSchema: z.object({
    environments: z.array(z.string()).describe('Such as prod'),
  }),
  apply: (resource, { environments }) =>
    resource.is(ofEnvironment(environments)),
  toQuery: ({ environments }) => ofEnvironment(environments),
});

const inNamespace = (namespaces: string[]): EdgeEntityCondition => ({
  fact: 'namespace',
  values: namespaces,
});

/** `IN_NAMESPACE`: these namespaces, their applications and the clusters that they reach. @public */
export const inNamespaceRule = createPermissionRule({
  name: 'IN_NAMESPACE',
  description:
    'Allow these namespaces, their applications and the clusters that they reach',
  resourceRef: edgeEntityResourceRef,
  paramsSchema: z.object({
    namespaces: z.array(z.string()).describe('Names of EdgeNamespaces'),
  }),
  apply: (resource, { namespaces }) => resource.is(inNamespace(namespaces)),
  toQuery: ({ namespaces }) => inNamespace(namespaces),
});

const reachedBy = (owners: string[]): EdgeEntityCondition => ({
  fact: 'reachedBy',
  values: owners,
});

/** `IS_REACHED_BY`: the namespaces and applications of these owners, and the clusters where they are. @public */
export const isReachedByRule = createPermissionRule({
  name: 'IS_REACHED_BY',
  description:
    'Allow namespaces and applications of these users or groups, what shares a namespace with them, and the clusters that they reach',
  resourceRef: edgeEntityResourceRef,
  paramsSchema: z.object({
    owners: z
      .array(z.string())
      .describe('Entity references, such as group:default/pos-team'),
  }),
  apply: (resource, { owners }) => resource.is(reachedBy(owners)),
  toQuery: ({ owners }) => reachedBy(owners),
});

/** The rules that the data service knows, by the names that {@link edgeEntityConditions} gives them. @public */
export const edgeEntityRules = {
  isOwner: isOwnerRule,
  inGroup: inGroupRule,
  hasEnvironment: hasEnvironmentRule,
  inNamespace: inNamespaceRule,
  isReachedBy: isReachedByRule,
};
