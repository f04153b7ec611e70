import {
  ApplicationStatusPage,
  ClusterStatus,
  FleetStatusSummary,
  StateCounts,
} from '@res-edge/backstage-plugin-res-edge-common';
import { resedge } from '../__testUtils__/resedge';
import { TestServer } from '../__testUtils__/TestServer';

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
const LATER = '2026-11-21T05:00:00.000Z';
const AT = '2026-11-20T12:00:00.000Z';

const FLEET: FleetStatusSummary = {
  clusters: { fresh: 4, awaited: 1, stale: 0, offline: 1, unknown: 0 },
  applications: [
    { application: 'heartbeat', counts: { ...NONE, current: 5 } },
    { application: 'imdb', counts: { ...NONE, current: 3, failed: 2 } },
  ],
};

const CLUSTER: ClusterStatus = {
  cluster: 'store-1',
  freshness: 'fresh',
  heardAt: AT,
  build: {
    commit: 'c0ffee',
    condition: 'failed',
    at: AT,
    message: 'No \u001b[2J',
  },
  counts: { ...NONE, current: 1, behind: 1 },
  applications: [
    { application: 'heartbeat', state: 'current', revision: 'a1' },
    {
      application: 'imdb',
      state: 'behind',
      version: '1.0.1',
      reported: {
        revision: 'b1',
        version: '1.0.0',
        condition: 'healthy',
        at: AT,
      },
      eta: { version: '1.0.2', at: LATER, ringStartsAt: AT },
    },
  ],
};

function page(cursor: string | null): ApplicationStatusPage {
  const last = cursor === 'more';
  return {
    application: 'imdb',
    counts: { ...NONE, offline: 2 },
    byGroup: [],
    items: [
      {
        cluster: last ? 'store-2' : 'store-1',
        state: 'offline',
        freshness: 'offline',
        version: '1.0.1',
      },
    ],
    total: 2,
    nextCursor: last ? undefined : 'more',
  };
}

describe('resedge status', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await TestServer.create(({ path, query }) => {
      switch (path.replace('/api/res-edge/v1/', '')) {
        case 'status':
          return { body: FLEET };
        case 'clusters/store-1/status':
          return { body: CLUSTER };
        case 'applications/imdb/status':
          return { body: page(query.get('cursor')) };
        default:
          return {
            status: 404,
            body: { error: { name: 'NotFoundError', message: 'Not there' } },
          };
      }
    });
  });

  const run = (...parameters: string[]) =>
    resedge('status', ...parameters, '--server', server.url);

  it('shows the fleet, or what of it is not as it is wanted', async () => {
    const all = await run();
    expect(all.status).toBe(0);
    expect(all.stdout).toBe(
      [
        'Clusters: 4 fresh, 1 with no report yet, 0 stale, 1 offline, 0 never reported',
        '',
        'APPLICATION  CURRENT  PROGRESSING  AWAITED  FAILED  BEHIND  STALE  OFFLINE  UNKNOWN',
        'heartbeat    5        0            0        0       0       0      0        0',
        'imdb         3        0            0        2       0       0      0        0',
        '',
      ].join('\n'),
    );
    const drift = await run('--drift', '-o', 'json');
    expect(drift.status).toBe(1);
    expect(JSON.parse(drift.stdout)).toEqual({
      ...FLEET,
      applications: [FLEET.applications[1]],
    });
  });

  it('shows a cluster, and nothing that steers a terminal', async () => {
    const { status, stdout } = await run('cluster', 'store-1', '--drift');
    expect(status).toBe(1);
    expect(stdout).toBe(
      [
        `Cluster: fresh, last heard of ${AT}`,
        'Bill: failed at commit c0ffee: No \\u001b[2J',
        '',
        'APPLICATION  STATE   WANTED  REPORTED  AT                        EXPECTED                                                                              MESSAGE',
        `imdb         behind  1.0.1   1.0.0     ${AT}  1.0.2 about ${LATER}; its ring begins about ${AT}`,
        '',
      ].join('\n'),
    );
    const without = await run('cluster', 'store-1');
    expect(without.status).toBe(0);
    expect(without.stdout).toContain('heartbeat');
  });

  it('shows all clusters of an application, page by page', async () => {
    const { status, stdout } = await run('application', 'imdb', '--drift');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^Clusters: 2 offline\n\n.*\nstore-1 .*\nstore-2 /);
    expect(server.requests.map(({ query }) => query.get('state'))).toContain(
      'drift',
    );
  });

  it('refuses kinds that report nothing, and tells what is not there', async () => {
    const wrong = await run('group', 'x');
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toMatch(/'group' reports nothing/);
    expect((await run('cluster', 'mars')).status).toBe(1);
  });
});
