import { Entity } from '@backstage/catalog-model';

/** The `apiVersion` of every kind of Res-Edge. @public */
export const RES_EDGE_API_VERSION = 'res-edge.io/v1alpha1';

/** The kinds, as they are written in YAML. @public */
export const EDGE_KINDS = [
  'EdgeCluster',
  'EdgeGroup',
  'EdgeNamespace',
  'EdgeApplication',
  'EdgePolicy',
] as const;

/** One of {@link EDGE_KINDS}. @public */
export type EdgeKind = (typeof EDGE_KINDS)[number];

/** Kubernetes quantities by resource name, as strings: `{ cpu: '250m', memory: '64Mi' }`. @public */
export type ResourceQuantities = {
  cpu?: string;
  memory?: string;
  storage?: string;
  pods?: string | number;
};

/** A typed, possibly multi-valued fact about a cluster. @public */
export type AttributeValue = string | number | boolean | string[];

/** Values that reach manifests through placeholders. Always strings. @public */
export type Values = Record<string, string>;

/** The operators of a selector's `matchExpressions`. @public */
export const SELECTOR_OPERATORS = [
  'In',
  'NotIn',
  'Exists',
  'DoesNotExist',
  'Gt',
  'Ge',
  'Lt',
  'Le',
] as const;

/** One of {@link SELECTOR_OPERATORS}. @public */
export type SelectorOperator = (typeof SELECTOR_OPERATORS)[number];

// Types, not interfaces, for what stands below a spec: only those are assignable to JsonObject.

/** One condition on a label or an attribute. @public */
export type MatchExpression = {
  key: string;
  operator: SelectorOperator;
  values?: (string | number | boolean)[];
};

/** Which clusters: every part given must hold, then `include` adds and `exclude` takes away. @public */
export type ClusterSelector = {
  all?: true;
  groups?: string[];
  matchLabels?: Record<string, string>;
  matchExpressions?: MatchExpression[];
  expression?: string;
  include?: string[];
  exclude?: string[];
};

/** A selector as people write it: a mapping, CEL, or the original's language (see docs/selectors.md). @public */
export type Selector = ClusterSelector | string;

/** Which applications; every part given must hold. @public */
export type ApplicationSelector = {
  names?: string[];
  namespaces?: string[];
  matchLabels?: Record<string, string>;
};

/** @public */
export type ClusterState = 'provisioning' | 'active' | 'draining' | 'retired';

/** One Kubernetes cluster; in retail, one store. @public */
export interface EdgeClusterEntity extends Entity {
  kind: 'EdgeCluster';
  spec: {
    owner?: string;
    environment?: string;
    groups?: string[];
    attributes?: Record<string, AttributeValue>;
    capacity?: ResourceQuantities;
    timeZone?: string;
    hours?: Record<string, string>;
    values?: Values;
    gitops?: 'flux' | 'argocd';
    state?: ClusterState;
  };
}

/** A kustomize Component that a group brings to its clusters. @public */
export type GroupComponent = {
  path: string;
  applications?: ApplicationSelector;
};

/** A node of a business hierarchy. @public */
export interface EdgeGroupEntity extends Entity {
  kind: 'EdgeGroup';
  spec: {
    owner?: string;
    type?: string;
    parent?: string;
    precedence?: number;
    selector?: Selector;
    values?: Values;
    components?: GroupComponent[];
  };
}

/** The unit of tenancy and targeting. @public */
export interface EdgeNamespaceEntity extends Entity {
  kind: 'EdgeNamespace';
  spec: {
    owner: string;
    businessUnit?: string;
    environment?: string;
    selector?: Selector;
    resources?: { quota?: ResourceQuantities; limits?: ResourceQuantities };
    isolation?: 'restricted' | 'baseline' | 'open';
    values?: Values;
    accepts?: { owners?: string[]; applications?: string[] };
    prune?: 'orphan' | 'delete';
  };
}

/** What an application adds on some clusters; the last that matches wins. @public */
export type ApplicationOverride = {
  name: string;
  selector: Selector;
  values?: Values;
  patches?: string[];
};

/** One deployable unit of a namespace. @public */
export interface EdgeApplicationEntity extends Entity {
  kind: 'EdgeApplication';
  spec: {
    owner: string;
    type?: 'application' | 'addon';
    namespace?: string;
    component?: string;
    source: { path: string };
    version: string;
    requests?: ResourceQuantities;
    priority?: number;
    requires?: string[];
    dependsOn?: string[];
    values?: Values;
    /** Keys of `${{ cluster.x }}` that are delivered as the ConfigMap `<application>-cluster-values`. */
    clusterValues?: string[];
    overrides?: ApplicationOverride[];
  };
}

/** Forbids applications on clusters; holds whether a namespace names it or not. @public */
export type ProhibitionSpec = {
  type: 'prohibition';
  owner?: string;
  applications: ApplicationSelector;
  clusters: Selector;
  reason: string;
  reference?: string;
};

/** A rule over applications and clusters; `spec.type` decides the rest. @public */
export interface EdgePolicyEntity extends Entity {
  kind: 'EdgePolicy';
  spec: ProhibitionSpec;
}

/** Any entity of Res-Edge. @public */
export type EdgeEntity =
  | EdgeClusterEntity
  | EdgeGroupEntity
  | EdgeNamespaceEntity
  | EdgeApplicationEntity
  | EdgePolicyEntity;

/** Something wrong with an entity that does not stop the rest of the fleet. @public */
export interface Problem {
  /** Entity reference in lower case, such as `edgecluster:default/central-tx-atx-2301`. */
  entity: string;
  /** Path of the field, such as `spec.groups[1]`; empty where the whole entity is meant. */
  field: string;
  /** A sentence that names the value and what is allowed. */
  message: string;
}
