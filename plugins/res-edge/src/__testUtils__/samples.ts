import {
  AuditEntry,
  ChangeRequestDetails,
  ClusterBootstrap,
  ClusterPlacements,
  ClusterSet,
  Drift,
  Explanation,
  Guard,
  PlanEffect,
} from '@res-edge/backstage-plugin-res-edge-common';

/** A change request that changes one application. */
export function changeRequest(
  name: string,
  sets: Pick<PlanEffect, 'won' | 'lost' | 'changed' | 'refused'>,
): ChangeRequestDetails {
  const totals = {
    won: sets.won.count,
    lost: sets.lost.count,
    changed: sets.changed.count,
    refused: sets.refused.count,
    bills: sets.won.count + sets.lost.count + sets.changed.count,
  };
  return {
    id: name,
    intent: `edgeapplication:default/${name}`,
    title: `${name}: version 1.0.1 on more clusters`,
    description: 'The namespace now selects the region central too.',
    state: 'open',
    branch: `res-edge/${name}`,
    digest: `sha256:${name}`,
    requestedBy: 'file: examples/labs/applications.yaml',
    createdAt: '2026-11-20T09:00:00Z',
    updatedAt: '2026-11-20T09:30:00Z',
    mergeable: true,
    totals,
    plan: {
      id: `plan-${name}`,
      createdAt: '2026-11-20T09:30:00Z',
      cause: `edgeapplication:default/${name} changed`,
      changeRequest: name,
      mainCommit: '0123456789abcdef0123456789abcdef01234567',
      totals,
      effects: [
        {
          kind: 'application',
          name,
          version: { from: '1.0.0', to: '1.0.1' },
          ...sets,
        },
      ],
      problems: [],
    },
    files: [
      {
        path: `apps/${name}/release.yaml`,
        status: 'changed',
        patch: [
          `--- a/apps/${name}/release.yaml`,
          `+++ b/apps/${name}/release.yaml`,
          '@@ -1,5 +1,5 @@',
          ' apiVersion: res-edge.io/v1alpha1',
          ' kind: Release',
          ' rings:',
          '-  all: { version: 1.0.0 }',
          '+  all: { version: 1.0.1 }',
          ' digest: abc',
          '',
        ].join('\n'),
      },
      {
        path: `apps/${name}/versions/1.0.1/deployment.yaml`,
        status: 'added',
        patch: [
          '@@ -0,0 +1,3 @@',
          '+apiVersion: apps/v1',
          '+kind: Deployment',
          `+metadata: { name: ${name} }`,
        ].join('\n'),
      },
      { path: `apps/${name}/versions/1.0.1/large.yaml`, status: 'added' },
    ],
  };
}

/** One placed, one refused and one application that is not meant for the cluster. */
export function clusterPlacements(cluster: string): ClusterPlacements {
  return {
    cluster,
    shard: 's1',
    groups: ['stores', 'stores.central', 'stores.central.tx'],
    namespaces: [{ name: 'imdb' }, { name: 'heartbeat' }],
    applications: [
      {
        application: 'heartbeat',
        namespace: 'heartbeat',
        state: 'placed',
        version: '1.0.1',
        delivered: '1.0.0',
        reason: 'Selected by its namespace.',
        rule: 'edgenamespace:default/heartbeat#spec.selector',
        held: {
          reasons: [
            {
              rule: 'edgepolicy:default/store-hours',
              reason: "Window 'store-hours' is closed",
              until: '2026-11-21T05:00:00Z',
            },
          ],
          next: '2026-11-21T05:00:00Z',
        },
      },
      {
        application: 'imdb',
        namespace: 'imdb',
        state: 'refused',
        step: 'fit',
        reason: 'It requests 250m cpu, 100m are left of the quota.',
        rule: 'edgenamespace:default/imdb#spec.resources.quota',
      },
      {
        application: 'dogs-cats',
        namespace: 'dogs-cats',
        state: 'not-targeted',
        reason: 'Namespace dogs-cats does not select it.',
      },
    ],
    values: [
      {
        key: 'taxRegion',
        value: 'tx',
        origin: 'edgegroup:default/stores.central.tx',
        overrides: [{ value: 'none', origin: 'edgegroup:default/stores' }],
      },
      {
        key: 'posHost',
        value: '10.1.2.3',
        origin: `edgecluster:default/${cluster}`,
      },
    ],
    usage: [
      { resource: 'cpu', requested: '14500m', capacity: '16' },
      { resource: 'memory', requested: '12Gi', capacity: '64Gi' },
      { resource: 'pods', requested: '12' },
    ],
  };
}

/** Why an application is refused on a cluster. */
/** What a cluster itself needs, shortened. */
export function bootstrapSample(
  cluster: string,
  engine: 'flux' | 'argocd',
  transport: 'git' | 'oci' = 'git',
): ClusterBootstrap {
  const source = transport === 'git' ? 'GitRepository' : 'OCIRepository';
  const kind = engine === 'flux' ? source : 'Application';
  const from =
    transport === 'git'
      ? { url: 'https://git.example.com/fleet.git' }
      : {
          url: `oci://registry.example.com/fleet/clusters/${cluster}`,
          tag: 'latest',
        };
  return {
    ...{ cluster, engine, transport, ...from },
    branch: 'delivery/shard-001',
    files: [
      {
        name: 'res-edge.yaml',
        purpose: 'The only objects that do not come from Git.',
        content: `kind: ${kind}\n`,
      },
    ],
  };
}

export function explanation(application: string, cluster: string): Explanation {
  return {
    application,
    cluster,
    placed: false,
    summary: `${application} is not placed on ${cluster}: it does not fit.`,
    steps: [
      {
        step: 'target',
        verdict: 'passed',
        rule: `edgenamespace:default/${application}#spec.selector`,
        message: 'The namespace selects the cluster.',
        wouldChange: 'Exclude the cluster in the selector of the namespace.',
      },
      {
        step: 'prohibit',
        verdict: 'passed',
        message: 'No prohibition selects it.',
      },
      {
        step: 'fit',
        verdict: 'failed',
        rule: `edgenamespace:default/${application}#spec.resources.quota`,
        message: 'It requests 250m cpu, 100m are left of the quota.',
        wouldChange: 'Raise spec.resources.quota.cpu to 2150m.',
      },
      { step: 'depend', verdict: 'skipped', message: 'It does not fit.' },
    ],
  };
}

/** A namespace that somebody changed by hand. */
export const driftSample: Drift = {
  entity: 'edgenamespace:default/heartbeat',
  kind: 'EdgeNamespace',
  name: 'heartbeat',
  digest: 'by-hand',
  commits: [
    {
      commit: 'c0ffee0123456789c0ffee0123456789c0ffee01',
      author: 'Ann',
      date: '2026-11-20T03:00:00Z',
      subject: 'Revert the quota',
    },
  ],
  paths: ['namespaces/heartbeat/namespace.yaml'],
  readable: true,
};

/** Losses of an application that wait. */
export function guardSample(clusters: ClusterSet): Guard {
  return {
    id: 'guard-imdb',
    scope: 'application',
    name: 'imdb',
    lost: clusters.count + 1,
    before: 1,
    total: 18,
    losses: [
      { kind: 'application', name: 'imdb', clusters, gone: ['closed-1'] },
    ],
  };
}

/** What was changed by whom: a value of a cluster, and a merge. */
export const auditSample: AuditEntry[] = [
  {
    sequence: 2,
    at: '2026-11-20T10:05:00.000Z',
    actor: 'user:default/ada',
    request: 'r-2',
    operation: 'merge',
    kind: 'EdgeApplication',
    name: 'imdb',
    before: { changeRequest: 'imdb', state: 'open' },
    after: { changeRequest: 'imdb', state: 'merged' },
  },
  {
    sequence: 1,
    at: '2026-11-20T10:00:00.000Z',
    actor: 'user:default/ann',
    request: 'r-1',
    operation: 'patch',
    origin: 'api',
    revision: 7,
    kind: 'EdgeCluster',
    name: 'central-tx-atx-2301',
    before: { spec: { environment: 'test', values: { storeNumber: '1' } } },
    after: { spec: { environment: 'prod', values: { storeNumber: '1' } } },
  },
];
