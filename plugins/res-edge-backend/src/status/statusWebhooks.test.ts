import { mockErrorHandler } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { statusToken } from '@res-edge/backstage-plugin-res-edge-engine';
import express from 'express';
import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { createTestStatus, TEST_STATUS_NOW } from '../__testUtils__';
import { createStatusWebhooks } from './createStatusWebhooks';
import { StatusKeys } from './StatusKeys';

const KEY = 'a key of at least thirty-two characters';
const CLUSTER = 'tx-austin-2';
const COMMIT = '0123456789abcdef0123456789abcdef01234567';

function appOf(options: { perMinute?: number; config?: object } = {}) {
  const status = createTestStatus();
  const { perMinute = 1000, config = { key: KEY } } = options;
  const keys = StatusKeys.fromConfig(
    new ConfigReader({ resEdge: { status: config as {} } }),
  );
  const app = express();
  const limits = { body: 10_000, perMinute };
  app.use(createStatusWebhooks({ status, keys, limits }));
  app.use(mockErrorHandler());
  return { app, status };
}

/** As kustomize-controller makes it and notification-controller sends it. */
function eventOf(change: object = {}, metadata: object = {}) {
  return {
    involvedObject: {
      kind: 'Kustomization',
      namespace: 'flux-system',
      name: 'app-imdb',
      uid: '2b2d2c34-1a1c-4a3c-8f0f-000000000000',
      apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
      resourceVersion: '1234',
    },
    severity: 'info',
    timestamp: '2026-11-20T11:59:58Z',
    message: 'Reconciliation finished in 1.2s, next run in 10m0s',
    reason: 'ReconciliationSucceeded',
    metadata: {
      commit_status: 'update',
      revision: `delivery/us-1@sha1:${COMMIT}`,
      'res-edge-revision': 'r1',
      cluster: CLUSTER,
      ...metadata,
    },
    reportingController: 'kustomize-controller',
    reportingInstance: 'kustomize-controller-7d8',
    ...change,
  };
}

const nameOf = (name: string, kind = 'Kustomization') => ({
  involvedObject: { kind, namespace: 'flux-system', name },
});

function send(
  app: express.Express,
  event: unknown,
  { path = '', cluster = CLUSTER, key = KEY } = {},
) {
  const body = typeof event === 'string' ? event : JSON.stringify(event);
  const signature = createHmac('sha256', statusToken(key, cluster))
    .update(body)
    .digest('hex');
  return request(app)
    .post(`/v1/status/flux${path}`)
    .set('content-type', 'application/json')
    .set('x-signature', `sha256=${signature}`)
    .send(body);
}

describe('the webhook for Flux', () => {
  it('records what a cluster signs, whichever way it is named (demand 17)', async () => {
    const { app, status } = appOf();
    await send(app, eventOf()).expect(202, { outcome: 'recorded' });
    await send(app, eventOf(), { path: `/${CLUSTER}` }).expect(202, {
      outcome: 'unchanged',
    });
    expect(status.report(CLUSTER, 'imdb')).toEqual({
      revision: 'r1',
      condition: 'healthy',
      at: Date.parse('2026-11-20T11:59:58Z'),
    });
    expect(status.heardAt(CLUSTER)).toBe(TEST_STATUS_NOW);
    expect(status.freshness(CLUSTER)).toBe('fresh');
    expect(Object.fromEntries(status.received)).toEqual({
      recorded: 1,
      unchanged: 1,
    });
  });

  it.each([
    [
      { severity: 'error', reason: 'HealthCheckFailed', message: 'No' },
      'failed',
    ],
    [{ severity: 'error', reason: 'ArtifactFailed' }, 'progressing'],
    [
      { reason: 'Progressing', message: 'Deployment/x/y configured' },
      'progressing',
    ],
    [{ message: 'Deployment/x/y deleted\nService/x/y deleted' }, 'removed'],
    [{ message: 'Deployment/x/y deleted\nService/x/y created' }, 'progressing'],
  ])('takes %j for %s', async (change, condition) => {
    const { app, status } = appOf();
    const event = eventOf(change, { commit_status: undefined });
    await send(app, event).expect(202);
    expect(status.report(CLUSTER, 'imdb')).toMatchObject({ condition });
  });

  it('keeps what is wrong, and forgets it when all is well', async () => {
    const { app, status } = appOf();
    const message = `It does not start\u0000${'x'.repeat(1000)}`;
    await send(app, eventOf({ severity: 'error', message })).expect(202);
    expect(status.report(CLUSTER, 'imdb')!.message).toMatch(
      /^It does not start x{482}$/,
    );
    await send(app, eventOf({ timestamp: '2026-11-20T11:59:59Z' }));
    expect(status.report(CLUSTER, 'imdb')).not.toHaveProperty('message');
  });

  it('does not go back to what is older, nor ahead of our clock', async () => {
    const { app, status } = appOf();
    await send(app, eventOf());
    const older = { timestamp: '2026-11-20T11:00:00Z', severity: 'error' };
    await send(app, eventOf(older)).expect(202, { outcome: 'outdated' });
    await send(app, eventOf({ timestamp: '2036-01-01T00:00:00Z' }));
    expect(status.report(CLUSTER, 'imdb')).toMatchObject({
      condition: 'healthy',
      at: TEST_STATUS_NOW,
    });
  });

  it('says of which revision a report is, also of one that nobody knows', async () => {
    const { app, status } = appOf();
    await send(app, eventOf({}, { 'res-edge-revision': 'r9' })).expect(202, {
      outcome: 'unknown-revision',
    });
    expect(status.report(CLUSTER, 'imdb')!.revision).toBe('r9');
  });

  it("knows of the cluster's own build at which commit it is", async () => {
    const { app, status } = appOf();
    await send(app, eventOf(nameOf('res-edge'))).expect(202);
    expect(status.ownBuild(CLUSTER)).toMatchObject({
      revision: COMMIT,
      condition: 'healthy',
    });
  });

  it('takes namespaces for a sign of life, and passes over what is of no concern', async () => {
    const { app, status } = appOf();
    await send(app, eventOf(nameOf('ns-bar'))).expect(202, {
      outcome: 'heard',
    });
    expect(status.freshness(CLUSTER)).toBe('fresh');
    await send(app, eventOf(nameOf('x', 'HelmRelease'))).expect(202, {
      outcome: 'ignored',
      reason: 'HelmRelease flux-system/x',
    });
  });

  it.each<[string, unknown, object, number, RegExp]>([
    ['another key', eventOf(), { key: `${KEY}!` }, 401, /not signed/],
    [
      'the secret of another cluster',
      eventOf(),
      { cluster: 'fr-paris-1' },
      401,
      /not signed/,
    ],
    [
      'no cluster',
      eventOf({}, { cluster: undefined }),
      {},
      400,
      /must name the cluster/,
    ],
    [
      'two clusters',
      eventOf(),
      { path: '/ut-provo-1', cluster: 'ut-provo-1' },
      400,
      /of cluster "tx-austin-2"/,
    ],
    [
      'an unknown cluster',
      eventOf({}, { cluster: 'mars' }),
      { cluster: 'mars' },
      404,
      /No EdgeCluster 'mars'/,
    ],
    ['an unknown application', eventOf(nameOf('app-mars')), {}, 404, /"mars"/],
    ['no JSON', '{', {}, 400, /no JSON/],
    ['a list', [], {}, 400, /metadata/],
    ['no object', eventOf({ involvedObject: 'x' }), {}, 400, /involvedObject/],
    ['no time', eventOf({ timestamp: 'now' }), {}, 400, /timestamp: "now"/],
    ['no severity', eventOf({ severity: 'so' }), {}, 400, /severity: "so"/],
    ['too much', eventOf({ message: 'x'.repeat(10_001) }), {}, 413, /large/],
  ])('refuses %s', async (_, event, as, status, message) => {
    const { app } = appOf();
    const { body } = await send(app, event, as).expect(status);
    expect(body.error.message).toMatch(message);
  });

  it('refuses what is not signed, or larger than it seems', async () => {
    const { app, status } = appOf();
    for (const signature of ['', 'sha256=', `sha1=${'0'.repeat(40)}`])
      await request(app)
        .post(`/v1/status/flux/${CLUSTER}`)
        .set('x-signature', signature)
        .send(JSON.stringify(eventOf()))
        .expect(401);
    expect(status.received.get('not-signed')).toBe(3);
    await request(app)
      .post(`/v1/status/flux/${CLUSTER}`)
      .set('content-encoding', 'gzip')
      .serialize(body => body)
      .send(gzipSync('x'.repeat(1_000_000)))
      .expect(413);
  });

  it('lets each cluster send only so much', async () => {
    const { app } = appOf({ perMinute: 2 });
    await send(app, eventOf()).expect(202);
    await send(app, eventOf()).expect(202);
    const { headers } = await send(app, eventOf()).expect(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    const other = eventOf({}, { cluster: 'ut-provo-1' });
    await send(app, other, { cluster: 'ut-provo-1' }).expect(202);
  });

  it('accepts the key of before while keys change, and nothing without a key', async () => {
    const previousKeys = ['the key of before, which is as long as this'];
    const { app } = appOf({ config: { key: KEY, previousKeys } });
    await send(app, eventOf(), { key: previousKeys[0] }).expect(202);
    await send(app, eventOf()).expect(202);
    await send(appOf({ config: {} }).app, eventOf()).expect(404);
    expect(() => appOf({ config: { key: 'short' } })).toThrow(/at least 32/);
  });
});

describe('the webhook for Argo CD', () => {
  const notification = {
    cluster: CLUSTER,
    path: 'apps/imdb/revisions/0a1b2c3d4e5f/manifests',
    sync: 'Synced',
    health: 'Healthy',
    phase: 'Succeeded',
    at: '2026-11-20T11:59:58Z',
  };
  const notify = (change: object, token = statusToken(KEY, CLUSTER)) =>
    request(appOf().app)
      .post('/v1/status/argocd')
      .set('x-res-edge-token', token)
      .send({ ...notification, ...change });

  it.each([
    [{}, 'healthy'],
    [{ health: 'Progressing' }, 'progressing'],
    [{ sync: 'OutOfSync' }, 'progressing'],
    [{ health: 'Degraded' }, 'failed'],
    [{ phase: 'Error' }, 'failed'],
  ])('takes %j for %s', async (change, condition) => {
    const { app, status } = appOf();
    await request(app)
      .post(`/v1/status/argocd/${CLUSTER}`)
      .set('x-res-edge-token', statusToken(KEY, CLUSTER))
      .send({ ...notification, ...change })
      .expect(202);
    expect(status.report(CLUSTER, 'imdb')).toMatchObject({
      revision: '0a1b2c3d4e5f',
      condition,
    });
  });

  it('knows of the root Application what is there, and what is removed', async () => {
    const { app, status } = appOf();
    const post = (change: object) =>
      request(app)
        .post(`/v1/status/argocd/${CLUSTER}`)
        .set('x-res-edge-token', statusToken(KEY, CLUSTER))
        .send({ ...notification, ...change });
    const root = (sync: string, names: string[], minute: number) =>
      post({
        ...{ path: `clusters/${CLUSTER}`, sync, revision: COMMIT },
        at: `2026-11-20T11:${minute}:00Z`,
        resources: [
          { kind: 'Namespace', name: 'bar' },
          ...names.map(name => ({ kind: 'Application', name })),
        ],
      }).expect(202);
    await post({ at: '2026-11-20T11:10:00Z' }).expect(202);
    await root('Synced', ['ns-bar', 'app-imdb'], 20);
    expect(status.ownBuild(CLUSTER)).toMatchObject({ revision: COMMIT });
    expect(status.removedAt(CLUSTER, 'imdb')).toBeUndefined();
    // What it has still to take away stays listed; what it cannot compare says nothing.
    await root('OutOfSync', ['ns-bar', 'app-imdb'], 21);
    await root('Unknown', [], 22);
    expect(status.removedAt(CLUSTER, 'imdb')).toBeUndefined();
    await root('Synced', ['ns-bar'], 23);
    const gone = Date.parse('2026-11-20T11:23:00Z');
    expect(status.removedAt(CLUSTER, 'imdb')).toBe(gone);
    await root('Synced', ['ns-bar'], 24);
    expect(status.removedAt(CLUSTER, 'imdb')).toBe(gone);
    await post({ at: '2026-11-20T11:25:00Z' }).expect(202);
    expect(status.removedAt(CLUSTER, 'imdb')).toBeUndefined();
    await post({
      ...{ path: `clusters/${CLUSTER}`, resources: 'app-imdb' },
    }).expect(400);
    const other = await post({ path: 'clusters/ut-provo-1' }).expect(202);
    expect(other.body.outcome).toBe('ignored');
  });

  it('passes over applications of others, and refuses what is wrong', async () => {
    const { body } = await notify({ path: 'charts/x' }).expect(202);
    expect(body.outcome).toBe('ignored');
    await notify({}, 'x').expect(401);
    await notify({}, statusToken(KEY, 'mars')).expect(401);
    await notify({ path: 7 }).expect(400);
    await notify({ health: undefined }).expect(400);
  });
});
