import {
  ApplicationOverride,
  ApprovalSpec,
  ClusterSelector,
  EdgeApplicationEntity,
  EdgeClusterEntity,
  EdgeEntity,
  EdgeGroupEntity,
  EdgeKind,
  EdgeNamespaceEntity,
  FreezeSpec,
  GroupComponent,
  ProhibitionSpec,
  RolloutSpec,
  RES_EDGE_API_VERSION,
  WindowSpec,
} from '../types';
import { OverrideSpec } from '../overrideTypes';

// Every field of every type is given here, so that schemas and types cannot drift apart.
export const selector: Required<ClusterSelector> = {
  all: true,
  groups: ['geo.us'],
  matchLabels: { size: 'large' },
  matchExpressions: [
    { key: 'grill', operator: 'In', values: ['acme3000', 'acme3001'] },
    { key: 'lanes', operator: 'Ge', values: [2] },
    { key: 'camera', operator: 'Exists' },
  ],
  expression: 'cluster.attributes.lanes >= 2',
  include: ['central-la-nola-2301'],
  exclude: ['west-wa-sea-2302'],
};
const override: Required<ApplicationOverride> = {
  name: 'west',
  selector: '/g/stores/west',
  values: { banner: 'west' },
  patches: ['./patches/west.yaml'],
};
const component: Required<GroupComponent> = {
  path: './components/texas-tax',
  applications: { matchLabels: { tier: 'checkout' } },
};
export const specs: {
  EdgeCluster: Required<EdgeClusterEntity['spec']>;
  EdgeGroup: Required<EdgeGroupEntity['spec']>;
  EdgeNamespace: Required<EdgeNamespaceEntity['spec']>;
  EdgeApplication: Required<EdgeApplicationEntity['spec']>;
} = {
  EdgeCluster: {
    owner: 'group:default/store-operations',
    environment: 'prod',
    groups: ['geo.us.central.tx.austin', 'franchise.corporate'],
    attributes: {
      driveThrough: 'multi-lane',
      grill: ['acme3000'],
      lanes: 2,
      kiosk: true,
    },
    capacity: { cpu: '16', memory: '64Gi', storage: '500Gi', pods: 110 },
    timeZone: 'America/Chicago',
    hours: { 'mon-fri': '06:00-23:00', sat: '00:00-24:00' },
    values: { posHost: '10.1.2.3' },
    gitops: 'flux',
    state: 'active',
  },
  EdgeGroup: {
    owner: 'store-operations',
    type: 'geography',
    parent: 'geo.us.central',
    precedence: 10,
    selector,
    values: { taxRegion: 'tx' },
    components: [component],
    rollout: 'store-rings',
  },
  EdgeNamespace: {
    owner: 'group:default/pos-team',
    businessUnit: 'Store technology',
    environment: 'prod',
    selector,
    resources: {
      quota: { cpu: '2', memory: '4Gi' },
      limits: { cpu: '500m', memory: '512Mi' },
    },
    isolation: 'restricted',
    values: { vlan: '12' },
    policies: ['store-hours'],
    rollout: 'store-rings',
    accepts: { owners: ['group:default/pos-team'], applications: ['imdb'] },
    prune: 'orphan',
    registries: [
      {
        from: 'docker.io/acme',
        to: 'registry.prod.example:5000/acme',
        environments: ['prod'],
      },
    ],
  },
  EdgeApplication: {
    owner: 'group:default/pos-team',
    type: 'application',
    namespace: 'point-of-sale',
    component: 'component:default/imdb',
    source: { path: './apps/imdb' },
    version: '1.0.1',
    requests: { cpu: '250m', memory: '64Mi' },
    priority: 100,
    requires: ['cluster.attributes.grill.size() > 0'],
    dependsOn: ['redis'],
    rollout: 'store-rings',
    values: { choice1: 'Shaken' },
    clusterValues: ['posHost', 'labels.ring'],
    overrides: [override],
  },
};

export const policySpecs: {
  prohibition: Required<ProhibitionSpec>;
  window: Required<WindowSpec>;
  freeze: Required<FreezeSpec>;
  override: Required<Omit<OverrideSpec, 'pins'>>;
  approval: Required<ApprovalSpec>;
  rollout: Required<RolloutSpec>;
} = {
  prohibition: {
    type: 'prohibition',
    owner: 'group:default/legal',
    applications: {
      names: ['beer-kiosk'],
      namespaces: ['bar'],
      matchLabels: { content: 'alcohol' },
    },
    clusters: { expression: 'cluster.labels.state in ["ut", "ks"]' },
    reason: 'Sale by kiosk is not allowed in these states',
    reference: 'https://example.org/laws/alcohol',
  },
  window: {
    type: 'window',
    owner: 'group:default/store-operations',
    allow: [
      { hours: 'closed' },
      { cron: '0 2 * * *', duration: '2h', timeZone: 'America/Chicago' },
    ],
    deny: [{ rrule: 'FREQ=WEEKLY;BYDAY=FR', duration: '1d' }],
    minimum: '45m',
    onCluster: true,
  },
  freeze: {
    type: 'freeze',
    owner: 'group:default/store-operations',
    applications: { namespaces: ['point-of-sale'] },
    clusters: { groups: ['geo.us'] },
    start: '2026-11-26T00:00',
    end: '2026-12-01T00:00-05:00',
    timeZone: 'America/New_York',
    except: [{ clusters: { groups: ['labs'] } }],
    reason: 'Black Friday',
  },
  override: {
    type: 'override',
    owner: 'group:default/store-operations',
    lifts: ['black-friday'],
    applications: { names: ['imdb'] },
    clusters: { include: ['central-tx-atx-2301'] },
    start: '2026-11-27T01:00',
    end: '2026-11-27T03:00',
    timeZone: 'America/Chicago',
    reason: 'A price error',
  },
  approval: {
    type: 'approval',
    owner: 'group:default/store-operations',
    steps: [{ from: ['group:default/store-operations'], count: 2 }],
    requiredFor: ['guards'],
    environments: ['prod'],
    selfApproval: true,
    validFor: '8h',
  },
  rollout: {
    type: 'rollout',
    owner: 'group:default/store-operations',
    rings: [
      { name: 'beta', clusters: { matchLabels: { ring: 'beta' } } },
      {
        name: 'prod',
        clusters: { all: true },
        atOnce: 200,
        success: '90%',
        failure: 0,
        soak: '24h',
        batchDelay: '10m',
        approval: true,
        gates: [
          { name: 'healthy', type: 'health', threshold: '98%', timeout: '2h' },
          {
            ...{ name: 'errors', type: 'prometheus', server: 'fleet' },
            query: 'sum(rate(errors_total{version="${{ version }}"}[5m]))',
            ...{ operator: '<=', threshold: 0.01, for: '30m' },
          },
          {
            ...{ name: 'sales', type: 'webhook', webhook: 'sales' },
            onNoData: 'fail',
          },
          {
            ...{ name: 'tickets', type: 'desk', parameters: { queue: 'pos' } },
            ...{ operator: '<', threshold: 5 },
          },
        ],
      },
    ],
    onFailure: 'rollBack',
    together: true,
  },
};

export function entity(kind: EdgeKind, change: object = {}): EdgeEntity {
  return {
    apiVersion: RES_EDGE_API_VERSION,
    kind,
    metadata: {
      name: 'sample',
      namespace: 'default',
      title: 'Sample',
      labels: { ring: 'beta' },
      annotations: { 'backstage.io/managed-by-location': 'file:/x.yaml' },
    },
    spec: { ...specOf(kind), ...change },
  } as EdgeEntity;
}

function specOf(kind: EdgeKind): object {
  return kind === 'EdgePolicy' ? policySpecs.prohibition : specs[kind];
}
