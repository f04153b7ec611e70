import {
  ApplicationStatusPage,
  ClusterStatus,
  FleetStatusSummary,
  StateCounts,
} from '@res-edge/backstage-plugin-res-edge-common';

const AT = '2026-11-20T12:00:00.000Z';

const NONE: StateCounts = {
  current: 0,
  progressing: 0,
  failed: 0,
  behind: 0,
  awaited: 0,
  stale: 0,
  offline: 0,
  unknown: 0,
};

export const fleetStatus: FleetStatusSummary = {
  clusters: { fresh: 15, awaited: 0, stale: 1, offline: 2, unknown: 0 },
  applications: [
    { application: 'heartbeat', counts: { ...NONE, current: 18 } },
    {
      application: 'imdb',
      counts: { ...NONE, current: 4, failed: 2, behind: 1, offline: 2 },
    },
  ],
};

export function clusterStatus(cluster: string): ClusterStatus {
  return {
    cluster,
    shard: 'shard-001',
    freshness: 'fresh',
    heardAt: AT,
    build: { commit: '0123456789abcdef', condition: 'healthy', at: AT },
    counts: { ...NONE, current: 1, failed: 1 },
    applications: [
      {
        application: 'heartbeat',
        namespace: 'heartbeat',
        revision: 'a1',
        version: '1.0.1',
        state: 'current',
        reported: {
          revision: 'a1',
          version: '1.0.1',
          condition: 'healthy',
          at: AT,
        },
      },
      {
        application: 'imdb',
        namespace: 'imdb',
        revision: 'b2',
        version: '1.0.1',
        state: 'failed',
        reported: {
          revision: 'b2',
          version: '1.0.1',
          condition: 'failed',
          at: AT,
          message: 'Deployment imdb/imdb is not ready',
        },
      },
    ],
  };
}

export function applicationStatus(
  application: string,
  cluster: string,
): ApplicationStatusPage {
  return {
    application,
    counts: { ...NONE, current: 4, failed: 1, offline: 2 },
    byGroup: [
      {
        group: 'stores.central',
        title: 'Central',
        hierarchy: 'Stores',
        counts: { ...NONE, current: 4, failed: 1 },
      },
    ],
    items: [
      {
        cluster,
        state: 'failed',
        freshness: 'fresh',
        heardAt: AT,
        revision: 'b2',
        version: '1.0.1',
        reported: {
          revision: 'b2',
          version: '1.0.1',
          condition: 'failed',
          at: AT,
          message: `Deployment ${application}/${application} is not ready`,
        },
      },
    ],
    total: 1,
  };
}
