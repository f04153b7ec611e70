import {
  EdgeApplicationEntity,
  EdgeClusterEntity,
  EdgeEntity,
  EdgeGroupEntity,
  EdgeNamespaceEntity,
  EdgePolicyEntity,
  entityRefOf,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  BillEntry,
  Bitmap,
  decide,
  DecideInput,
  Decisions,
  HoldSchedule,
  Inventory,
  Snapshot,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { FleetView } from '../service/FleetView';

function entityOf<T extends EdgeEntity>(
  kind: T['kind'],
  name: string,
  spec: T['spec'],
  metadata: Partial<T['metadata']> = {},
): T {
  return {
    apiVersion: 'res-edge.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default', ...metadata },
    spec,
  } as T;
}

function clusterOf(
  name: string,
  groups: string[],
  spec: EdgeClusterEntity['spec'] = {},
  metadata: Partial<EdgeClusterEntity['metadata']> = {},
) {
  return entityOf<EdgeClusterEntity>(
    'EdgeCluster',
    name,
    { groups, ...spec },
    metadata,
  );
}

const clusters = [
  clusterOf(
    'tx-austin-1',
    ['geo.us.tx', 'franchise.corporate'],
    {
      owner: 'group:default/operations',
      environment: 'prod',
      attributes: { lanes: 2 },
      capacity: { cpu: '2', memory: '4Gi' },
      values: { posHost: '10.0.0.1' },
    },
    { title: 'Austin, South Lamar', labels: { ring: 'beta', state: 'tx' } },
  ),
  clusterOf('tx-austin-2', ['geo.us.tx'], {
    attributes: { lanes: 1 },
    state: 'draining',
  }),
  clusterOf(
    'ut-provo-1',
    ['geo.us.ut', 'franchise.corporate'],
    { attributes: { lanes: 3 } },
    { labels: { state: 'ut' } },
  ),
  clusterOf('fr-paris-1', ['geo.fr']),
  clusterOf('us-old-1', ['geo.us.tx'], { state: 'retired' }),
];

function groupOf(
  name: string,
  spec: EdgeGroupEntity['spec'],
  title?: string,
): EdgeGroupEntity {
  return entityOf<EdgeGroupEntity>('EdgeGroup', name, spec, { title });
}

const groups = [
  groupOf('geo', { type: 'geography', values: { taxRegion: 'none' } }),
  groupOf('geo.us', { parent: 'geo', values: { taxRegion: 'us' } }, 'America'),
  groupOf('geo.us.tx', { parent: 'geo.us', values: { banner: 'texas' } }),
  groupOf('geo.us.ut', { parent: 'geo.us' }),
  groupOf('geo.fr', { parent: 'geo' }),
  groupOf('franchise', { type: 'franchise' }),
  groupOf('franchise.corporate', { parent: 'franchise' }),
];

const namespaces = [
  entityOf<EdgeNamespaceEntity>(
    'EdgeNamespace',
    'point-of-sale',
    {
      owner: 'group:default/pos-team',
      environment: 'prod',
      selector: { groups: ['geo.us'] },
    },
    { title: 'Point of sale' },
  ),
  entityOf<EdgeNamespaceEntity>('EdgeNamespace', 'bar', {
    owner: 'group:default/pos-team',
    selector: { all: true },
  }),
];

function applicationOf(
  name: string,
  spec: Partial<EdgeApplicationEntity['spec']>,
) {
  return entityOf<EdgeApplicationEntity>('EdgeApplication', name, {
    owner: 'group:default/pos-team',
    source: { path: `./apps/${name}` },
    version: '1.0.0',
    ...spec,
  });
}

const merged = [
  applicationOf('imdb', {
    namespace: 'point-of-sale',
    requests: { cpu: '250m', memory: '64Mi' },
    requires: ['cluster.attributes.lanes > 0'],
  }),
  applicationOf('beer-kiosk', {
    namespace: 'bar',
    requests: { cpu: '500m' },
  }),
];

const applications = [
  { ...merged[0], spec: { ...merged[0].spec, version: '1.0.1' } },
  merged[1],
  applicationOf('dogs-cats', { namespace: 'bar' }),
];

const policies = [
  entityOf<EdgePolicyEntity>('EdgePolicy', 'us-alcohol-law', {
    type: 'prohibition',
    applications: { names: ['beer-kiosk'] },
    clusters: { matchLabels: { state: 'ut' } },
    reason: 'Sale by kiosk is not allowed in these states',
  }),
];

const decisions: Decisions = {
  applications: new Map(
    merged.map(entity => [
      entity.metadata.name,
      {
        entity,
        releases: [
          {
            ring: 'all',
            digest: 'digest',
            version: entity.spec.version,
            values: {},
            overrides: [],
            requests: entity.spec.requests ?? {},
            requires: entity.spec.requires ?? [],
            dependsOn: [],
          },
        ],
      },
    ]),
  ),
  namespaces: new Map(
    namespaces.map(entity => [
      entity.metadata.name,
      { entity, digest: 'digest' },
    ]),
  ),
  groups: new Map(
    groups
      .filter(({ spec }) => spec.values)
      .map(({ metadata: { name }, spec }) => [
        name,
        { name, digest: 'digest', values: spec.values ?? {}, components: [] },
      ]),
  ),
  policies: new Map(policies.map(entity => [entity.metadata.name, entity])),
};

const problems: Problem[] = [
  {
    entity: 'edgecluster:default/fr-paris-1',
    field: 'spec.groups[1]',
    message: 'No group is called fr',
  },
  {
    entity: 'edgeapplication:default/dogs-cats',
    field: 'spec.source.path',
    message: 'Nothing is there',
  },
];

function deliveredEntries(cluster: string, application: string): BillEntry[] {
  return cluster === 'tx-austin-2' && application === 'imdb'
    ? [{ name: 'imdb', revision: 'r1', version: '0.9.0' }]
    : [];
}

/**
 * A fleet of five clusters, by the real engine: imdb runs in America, beer-kiosk everywhere but where the law forbids
 * it, dogs-cats is not merged yet. imdb is delivered to the second store of Austin, which is draining.
 *
 * @param change - the fleet in another form
 * @internal
 */
export function createTestView(
  change: (inventory: Inventory) => Inventory = inventory => inventory,
): FleetView {
  const inventory = change({
    clusters,
    groups,
    namespaces,
    applications,
    policies,
  });
  const snapshot = Snapshot.create(inventory);
  const input: DecideInput = {
    snapshot,
    decisions,
    baseline: {
      applications: new Map([
        ['imdb', Bitmap.of(snapshot.size, [snapshot.numberOf('tx-austin-2')!])],
      ]),
    },
    now: new Date('2026-11-20T12:00:00Z'),
  };
  return {
    revision: 3,
    inventory,
    origins: new Map(
      clusters.map(({ metadata }) => [
        entityRefOf('EdgeCluster', metadata.name),
        { type: 'catalog', location: 'url:https://example.org/clusters.yaml' },
      ]),
    ),
    snapshot,
    decisions,
    input,
    plan: decide(input),
    problems: [...problems, problems[0]],
    delivered: {
      clusters: 1,
      shards: 1,
      version: (cluster, application) =>
        deliveredEntries(cluster, application)[0]?.version,
      entry: (cluster, application) =>
        deliveredEntries(cluster, application)[0],
      entries: application =>
        deliveredEntries('tx-austin-2', application).map(
          entry => ['tx-austin-2', entry] as const,
        ),
      applications: cluster => deliveredEntries(cluster, 'imdb'),
      hasRevision: (_, application, revision) =>
        application === 'imdb' && ['r1', 'r2'].includes(revision),
      hasRevisions: (_, application) => application === 'imdb',
      shardOf: cluster =>
        cluster !== 'fr-paris-1' && snapshot.numberOf(cluster) !== undefined
          ? 'us-1'
          : undefined,
      applicationClusters: application => (application === 'imdb' ? 1 : 0),
    },
    holding: {
      clusters: application =>
        Bitmap.of(
          snapshot.size,
          application === 'imdb' ? [snapshot.numberOf('tx-austin-2')!] : [],
        ),
      deferred: () => Bitmap.empty(snapshot.size),
      undeliverable: () => Bitmap.empty(snapshot.size),
      waiting: application =>
        application === 'imdb'
          ? {
              reasons: [
                {
                  rule: 'edgepolicy:default/store-hours',
                  reason: "Window 'store-hours' is closed",
                  until: new Date('2026-11-21T05:00:00Z'),
                },
              ],
              next: new Date('2026-11-21T05:00:00Z'),
            }
          : undefined,
      opens: (application, cluster, from) =>
        HoldSchedule.create(snapshot, decisions).nextChange(
          { application: decisions.applications.get(application)!.entity },
          ...[cluster, from],
        ),
      effect: policy =>
        HoldSchedule.create(snapshot, decisions).effect(policy, input.now),
      now: input.now,
    },
    planId: 'plan-1',
  };
}
