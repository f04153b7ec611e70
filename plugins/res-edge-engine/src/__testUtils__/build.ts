import {
  AttributeValue,
  EdgeApplicationEntity,
  EdgeClusterEntity,
  EdgeGroupEntity,
  EdgeNamespaceEntity,
  EdgePolicyEntity,
  ProhibitionSpec,
  RES_EDGE_API_VERSION,
  Selector,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ApplicationDecision, Decisions } from '../model';

const apiVersion = RES_EDGE_API_VERSION;

/** Short ways to write entities in tests. */
export function cluster(
  name: string,
  facts: {
    labels?: Record<string, string>;
    attributes?: Record<string, AttributeValue>;
    groups?: string[];
  } & Omit<EdgeClusterEntity['spec'], 'attributes' | 'groups'> = {},
): EdgeClusterEntity {
  const { labels, ...spec } = facts;
  return { apiVersion, kind: 'EdgeCluster', metadata: { name, labels }, spec };
}

export function group(
  name: string,
  parent?: string,
  spec: EdgeGroupEntity['spec'] = {},
): EdgeGroupEntity {
  return {
    apiVersion,
    kind: 'EdgeGroup',
    metadata: { name },
    spec: { ...spec, parent },
  };
}

export function namespace(
  name: string,
  selector?: Selector,
  quota?: Record<string, string>,
): EdgeNamespaceEntity {
  return {
    apiVersion,
    kind: 'EdgeNamespace',
    metadata: { name },
    spec: {
      owner: 'group:default/team',
      selector,
      ...(quota && { resources: { quota } }),
    },
  };
}

export interface ApplicationOptions {
  namespace?: string;
  version?: string;
  requests?: Record<string, string>;
  requires?: string[];
  dependsOn?: string[];
  priority?: number;
  labels?: Record<string, string>;
}

export function application(
  name: string,
  options: ApplicationOptions = {},
): ApplicationDecision {
  const {
    labels,
    requests = {},
    requires = [],
    dependsOn = [],
    version = '1.0.0',
    ...spec
  } = options;
  const entity: EdgeApplicationEntity = {
    apiVersion,
    kind: 'EdgeApplication',
    metadata: { name, labels },
    spec: {
      ...spec,
      owner: 'group:default/team',
      source: { path: `./apps/${name}` },
      version,
    },
  };
  return {
    entity,
    releases: [
      {
        ring: 'all',
        digest: `digest-of-${name}-${version}`,
        version,
        values: {},
        overrides: [],
        requests,
        requires,
        dependsOn,
      },
    ],
  };
}

export function prohibition(
  name: string,
  spec: Omit<ProhibitionSpec, 'type' | 'reason'> & { reason?: string },
): EdgePolicyEntity {
  return {
    apiVersion,
    kind: 'EdgePolicy',
    metadata: { name },
    spec: { type: 'prohibition', reason: `because of ${name}`, ...spec },
  };
}

export function decisions(parts: {
  namespaces?: EdgeNamespaceEntity[];
  applications?: ApplicationDecision[];
  policies?: EdgePolicyEntity[];
  groups?: Record<string, Record<string, string>>;
}): Decisions {
  return {
    namespaces: new Map(
      (parts.namespaces ?? []).map(entity => [
        entity.metadata.name,
        { entity, digest: `digest-of-${entity.metadata.name}` },
      ]),
    ),
    applications: new Map(
      (parts.applications ?? []).map(decision => [
        decision.entity.metadata.name,
        decision,
      ]),
    ),
    policies: new Map(
      (parts.policies ?? []).map(entity => [entity.metadata.name, entity]),
    ),
    groups: new Map(
      Object.entries(parts.groups ?? {}).map(([name, values]) => [
        name,
        { name, digest: `digest-of-${name}`, values, components: [] },
      ]),
    ),
  };
}
