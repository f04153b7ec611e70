import { Entity } from '@backstage/catalog-model';
import { RolloutGate } from './gateTypes';
import { OverrideSpec } from './overrideTypes';
import { ApplicationSourceSpec } from './sources';
import { RegistryRule } from './RegistryRule';

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
    /** A policy of type rollout, by which other values and components come to clusters. */
    rollout?: string;
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
    /** Windows that its changes wait for. */
    policies?: string[];
    /** A policy of type rollout, by which its content and a change of its selector come to clusters. */
    rollout?: string;
    accepts?: { owners?: string[]; applications?: string[] };
    prune?: 'orphan' | 'delete';
    /** From where its clusters pull images that come from somewhere else. */
    registries?: RegistryRule[];
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
    source: ApplicationSourceSpec;
    version: string;
    requests?: ResourceQuantities;
    priority?: number;
    requires?: string[];
    dependsOn?: string[];
    /** A policy of type rollout: the rings that a release reaches one after the other. All clusters at once where left out. */
    rollout?: string;
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

/**
 * A stretch of time that comes again: by the operating hours of each cluster, or each time that a cron expression or an
 * RRULE (RFC 5545) gives, for `duration`. Just one of `hours`, `cron` and `rrule`.
 *
 * @public
 */
export type WindowPeriod = {
  /** While the cluster is open, or while it is closed, by its own `spec.hours`. */
  hours?: 'open' | 'closed';
  cron?: string;
  rrule?: string;
  /** Such as `4h` or `1h30m`; of `cron` and `rrule`. */
  duration?: string;
  /** An IANA time zone for `cron` and `rrule`; that of each cluster where left out. */
  timeZone?: string;
};

/** When changes may reach the clusters of the namespaces that name it. @public */
export type WindowSpec = {
  type: 'window';
  owner?: string;
  /** Always, where left out. */
  allow?: WindowPeriod[];
  /** Wins over `allow`. */
  deny?: WindowPeriod[];
  /** What must be left of an opening for a change to begin, such as `45m`. */
  minimum?: string;
  /** Whether clusters keep to it by themselves, too, as far as their bootstrap can make them. */
  onCluster?: boolean;
};

/** What a freeze or an override does not concern, although it selects it. @public */
export type PolicyException = {
  applications?: ApplicationSelector;
  clusters?: Selector;
};

/** No change for a period, whatever windows say. @public */
export type FreezeSpec = {
  type: 'freeze';
  owner?: string;
  /** All that is delivered, namespaces and values included, where left out. */
  applications?: ApplicationSelector;
  clusters: Selector;
  /** Local time such as `2026-11-26T00:00`, or with an offset. */
  start: string;
  end: string;
  /** Of `start` and `end` as local times; that of each cluster where left out. */
  timeZone?: string;
  /** What one of them selects is not frozen. */
  except?: PolicyException[];
  reason: string;
};

/** Some people, and how many of them have to agree. @public */
export type ApprovalStep = {
  /** References of groups and users of the catalog; a group where the kind is left out. */
  from: string[];
  /** 1 where left out. */
  count?: number;
};

/** What an approval may be asked for without a namespace that names it. @public */
export const APPROVAL_SUBJECTS = [
  'guards',
  'overrides',
  'prohibitions',
] as const;

/** One of {@link APPROVAL_SUBJECTS}: losses that wait, overrides, a prohibition that changes or goes. @public */
export type ApprovalSubject = (typeof APPROVAL_SUBJECTS)[number];

/** People agree before something is merged: it holds for the namespaces that name it, and for what it names itself. @public */
export type ApprovalSpec = {
  type: 'approval';
  owner?: string;
  /** One after the other; nobody counts in two of them. */
  steps: ApprovalStep[];
  requiredFor?: ApprovalSubject[];
  /** Of all namespaces of these environments. */
  environments?: string[];
  /** Whether who asked for the change, or wrote it, counts too; not where left out. */
  selfApproval?: boolean;
  /** How long a yes counts; as long as the decision stays the same where left out. */
  validFor?: string;
};

/** A step of a rollout. @public */
export type RolloutRing = {
  /** What release.yaml calls it; unique in its rollout. */
  name: string;
  /** A cluster belongs to the first ring that selects it; one that none selects belongs to the last. */
  clusters: Selector;
  /** How many of its clusters may change at once: a number, or a share such as `10%`, which is the default. */
  atOnce?: number | string;
  /** How many of those that are reachable have to be healthy (`95%` where left out), and may fail (`5%`). */
  success?: number | string;
  failure?: number | string;
  /** How long enough of them have to be healthy before the next ring comes, and how long a batch waits for the last. */
  soak?: string;
  batchDelay?: string;
  /** A cluster that may change within this time is waited for, `24h` where left out; others defer themselves, not their ring. */
  deferAfter?: string;
  /** Whether a person has to say yes before the ring begins. */
  approval?: boolean;
  /** What has to pass before it is done. */
  gates?: RolloutGate[];
};

/** The rings that a release reaches one after the other; `stop` is what happens on failure where it does not say. @public */
export type RolloutSpec = {
  type: 'rollout';
  owner?: string;
  rings: RolloutRing[];
  onFailure?: 'stop' | 'rollBack';
  /** Whether the applications that name it are one set, each ring for all of them or for none. */
  together?: boolean;
};

/** What a policy says; `type` decides which. @public */
export type PolicySpec =
  | ProhibitionSpec
  | WindowSpec
  | FreezeSpec
  | OverrideSpec
  | ApprovalSpec
  | RolloutSpec;

/** A rule over applications and clusters. @public */
export interface EdgePolicyEntity<Spec extends PolicySpec = PolicySpec>
  extends Entity {
  kind: 'EdgePolicy';
  spec: Spec;
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
