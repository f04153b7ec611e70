import { NotFoundError } from '@backstage/errors';
import {
  createTestStatus,
  createTestView,
  TEST_STATUS_NOW,
} from '../../__testUtils__';
import { createTestFleet } from '../../__testUtils__/createTestFleet';
import { FleetView } from '../FleetView';
import {
  getApplicationStatus,
  getClusterStatus,
  getFleetStatus,
} from './statusQueries';

const MINUTE = 60_000;
const CLUSTERS = ['tx-austin-1', 'tx-austin-2', 'ut-provo-1', 'fr-paris-1'];

/** imdb is told to run on four clusters, on the second in another version. */
function viewOf(): FleetView {
  const view = createTestView();
  const entryOf = (cluster: string) => ({
    name: 'imdb',
    namespace: 'point-of-sale',
    ...(cluster === 'tx-austin-2'
      ? { revision: 'r1', version: '0.9.0' }
      : { revision: 'r2', version: '1.0.0' }),
  });
  return {
    ...view,
    delivered: {
      ...view.delivered,
      shardOf: cluster => (CLUSTERS.includes(cluster) ? 'us-1' : undefined),
      entry: (cluster, application) =>
        application === 'imdb' && CLUSTERS.includes(cluster)
          ? entryOf(cluster)
          : undefined,
      entries: application =>
        application === 'imdb'
          ? CLUSTERS.map(cluster => [cluster, entryOf(cluster)] as const)
          : [],
      applications: cluster =>
        CLUSTERS.includes(cluster) ? [entryOf(cluster)] : [],
    },
  };
}

function setUp() {
  const view = viewOf();
  let now = TEST_STATUS_NOW;
  const status = createTestStatus({ view, now: () => now });
  const report = (
    cluster: string,
    revision: string,
    condition: 'healthy' | 'failed' | 'progressing',
    application = 'imdb',
  ) =>
    status.receive({
      cluster,
      about: { application, revision, condition, message: 'It does not start' },
    });
  const pass = (minutes: number) => {
    now += minutes * MINUTE;
  };
  return { fleet: createTestFleet({}, view), status, report, pass };
}

describe('status', () => {
  it('tells apart what runs, failed, is behind, stale, offline and never reported', () => {
    const { fleet, status, report, pass } = setUp();
    report('ut-provo-1', 'r2', 'healthy');
    pass(90);
    report('fr-paris-1', 'r2', 'healthy');
    pass(40);
    report('tx-austin-1', 'r2', 'failed');
    report('tx-austin-2', 'r2', 'healthy');

    const page = getApplicationStatus(fleet, status, 'imdb', undefined, {
      limit: 10,
    });
    expect(page.counts).toEqual({
      current: 0,
      progressing: 0,
      awaited: 0,
      failed: 1,
      behind: 1,
      stale: 1,
      offline: 1,
      unknown: 0,
    });
    expect(
      page.items.map(({ cluster, state, version, reported }) => [
        cluster,
        state,
        version,
        reported?.version,
      ]),
    ).toEqual([
      ['fr-paris-1', 'stale', '1.0.0', '1.0.0'],
      ['tx-austin-1', 'failed', '1.0.0', '1.0.0'],
      ['tx-austin-2', 'behind', '0.9.0', '1.0.0'],
      ['ut-provo-1', 'offline', '1.0.0', '1.0.0'],
    ]);
    expect(page.items[1].reported).toMatchObject({
      message: 'It does not start',
    });
    expect(
      page.byGroup.map(({ group, counts }) => [
        group,
        counts.failed,
        counts.offline,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['geo.us', 1, 1],
        ['geo.fr', 0, 0],
      ]),
    );
    expect(getFleetStatus(fleet, status)).toMatchObject({
      clusters: { fresh: 2, stale: 1, offline: 1, unknown: 0 },
      applications: expect.arrayContaining([
        { application: 'imdb', counts: page.counts, title: undefined },
      ]),
    });
  });

  it('gives one state, or all that is not as it should be, page by page', () => {
    const { fleet, status, report } = setUp();
    report('tx-austin-1', 'r2', 'healthy');
    const names = (state?: 'current' | 'drift', cursor?: string) => {
      const { items, total, nextCursor } = getApplicationStatus(
        fleet,
        status,
        'imdb',
        state,
        { limit: 2, cursor },
      );
      return { names: items.map(({ cluster }) => cluster), total, nextCursor };
    };
    expect(names('current')).toEqual({ names: ['tx-austin-1'], total: 1 });
    const first = names('drift');
    expect(first).toMatchObject({
      names: ['fr-paris-1', 'tx-austin-2'],
      total: 3,
    });
    expect(names('drift', first.nextCursor).names).toEqual(['ut-provo-1']);
  });

  it('shows of a cluster what it is told to run, and what it still runs beside that', () => {
    const { fleet, status, report } = setUp();
    report('tx-austin-1', 'r2', 'progressing');
    report('tx-austin-1', 'b1', 'healthy', 'beer-kiosk');
    status.receive({
      cluster: 'tx-austin-1',
      about: { application: '', revision: 'c0ffee', condition: 'failed' },
    });
    expect(getClusterStatus(fleet, status, 'tx-austin-1')).toMatchObject({
      freshness: 'fresh',
      heardAt: new Date(TEST_STATUS_NOW).toISOString(),
      build: { commit: 'c0ffee', condition: 'failed' },
      counts: { progressing: 1, behind: 0 },
      applications: [
        {
          application: 'beer-kiosk',
          state: 'behind',
          reported: { revision: 'b1' },
        },
        { application: 'imdb', state: 'progressing', version: '1.0.0' },
      ],
    });
    expect(getClusterStatus(fleet, status, 'us-old-1')).toMatchObject({
      freshness: 'unknown',
      applications: [],
    });
  });

  it('shows nothing of what the caller may not see', () => {
    const { status, report } = setUp();
    report('tx-austin-1', 'r2', 'failed');
    report('fr-paris-1', 'r2', 'failed');
    const blind = createTestFleet({ EdgeApplication: 'none' }, viewOf());
    expect(getClusterStatus(blind, status, 'tx-austin-1').applications).toEqual(
      [],
    );
    expect(() =>
      getApplicationStatus(blind, status, 'imdb', undefined, { limit: 1 }),
    ).toThrow(NotFoundError);
    const nowhere = createTestFleet({ EdgeCluster: 'none' }, viewOf());
    expect(
      getApplicationStatus(nowhere, status, 'imdb', undefined, { limit: 1 }),
    ).toMatchObject({
      items: [],
      total: 0,
      byGroup: [],
      counts: { failed: 0 },
    });
    expect(getFleetStatus(nowhere, status).clusters.fresh).toBe(0);
    expect(() => getClusterStatus(nowhere, status, 'tx-austin-1')).toThrow(
      NotFoundError,
    );
  });
});
