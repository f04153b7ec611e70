import {
  AttributeValue,
  EdgeApplicationEntity,
  EdgeClusterEntity,
  EdgeGroupEntity,
  EdgeNamespaceEntity,
  EdgePolicyEntity,
  OverrideSpec,
  ProhibitionSpec,
  RES_EDGE_API_VERSION,
  Selector,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ApplicationDecision, ApplicationRelease, Decisions } from '../model';

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

/** What one release brings. */
export interface ReleaseOptions {
  version?: string;
  requests?: Record<string, string>;
  requires?: string[];
  dependsOn?: string[];
}

export interface ApplicationOptions extends ReleaseOptions {
  namespace?: string;
  rollout?: string;
  priority?: number;
  labels?: Record<string, string>;
}

export function application(
  name: string,
  options: ApplicationOptions = {},
): ApplicationDecision {
  const { labels, requests, requires, dependsOn, version, ...spec } = options;
  const entity: EdgeApplicationEntity = {
    apiVersion,
    kind: 'EdgeApplication',
    metadata: { name, labels },
    spec: {
      ...spec,
      owner: 'group:default/team',
      source: { path: `./apps/${name}` },
      version: version ?? '1.0.0',
    },
  };
  const only = { requests, requires, dependsOn, version };
  return { entity, releases: [release(name, 'all', only)] };
}

export function release(
  name: string,
  ring: string,
  options: ReleaseOptions = {},
): ApplicationRelease {
  const { version = '1.0.0', requests = {}, ...needs } = options;
  const { requires = [], dependsOn = [] } = needs;
  return {
    ring,
    digest: `digest-of-${name}-${version}`,
    version,
    values: {},
    overrides: [],
    requests,
    requires,
    dependsOn,
  };
}

/** An application that goes through the rings of a rollout: what each has reached, undefined for nothing. */
export function staged(
  name: string,
  policy: string,
  rings: Record<string, ReleaseOptions | undefined>,
  options: Omit<ApplicationOptions, keyof ReleaseOptions> = {},
): ApplicationDecision {
  const { entity } = application(name, {
    ...options,
    rollout: policy,
  });
  const releases: ApplicationRelease[] = [];
  const emptyRings: string[] = [];
  for (const [ring, reached] of Object.entries(rings)) {
    if (reached) releases.push(release(name, ring, reached));
    else emptyRings.push(ring);
  }
  return { entity, releases, ...(emptyRings.length > 0 && { emptyRings }) };
}

export function rollout(
  name: string,
  rings: Record<string, Selector>,
): EdgePolicyEntity {
  return {
    apiVersion,
    kind: 'EdgePolicy',
    metadata: { name },
    spec: {
      type: 'rollout',
      rings: Object.entries(rings).map(([ring, clusters]) => ({
        name: ring,
        clusters,
      })),
    },
  };
}

/** An override that pins a version. */
export function pin(
  name: string,
  spec: Omit<OverrideSpec, 'type' | 'reason' | 'pins'>,
  version: string,
): EdgePolicyEntity {
  return {
    apiVersion,
    kind: 'EdgePolicy',
    metadata: { name },
    spec: {
      ...{ type: 'override', reason: `because of ${name}`, ...spec },
      pins: { version },
    },
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
