import {
  ApplicationOverride,
  ClusterSelector,
  EdgeApplicationEntity,
  EdgeClusterEntity,
  EdgeEntity,
  EdgeGroupEntity,
  EdgeKind,
  EdgeNamespaceEntity,
  GroupComponent,
  ProhibitionSpec,
  RES_EDGE_API_VERSION,
} from '../types';

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
  EdgePolicy: Required<ProhibitionSpec>;
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
    accepts: { owners: ['group:default/pos-team'], applications: ['imdb'] },
    prune: 'orphan',
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
    values: { choice1: 'Shaken' },
    clusterValues: ['posHost', 'labels.ring'],
    overrides: [override],
  },
  EdgePolicy: {
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
    spec: { ...specs[kind], ...change },
  } as EdgeEntity;
}
