import {
  ChangeRequest,
  PastRollout,
  Rollout,
  RolloutDetails,
} from '@res-edge/backstage-plugin-res-edge-common';
import { resedge } from '../__testUtils__/resedge';
import { TestRequest, TestServer } from '../__testUtils__/TestServer';

const AT = '2026-11-20T12:00:00.000Z';
const LATER = '2026-11-21T12:00:00.000Z';
const ID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const NEXT = '7c9e6679-7425-40de-944b-e07fc1f90ae7';

const ROLLOUT: Rollout = {
  id: ID,
  application: 'imdb',
  version: '1.0.1',
  release: 'd1',
  phase: 'running',
  since: AT,
  startedAt: AT,
  eta: { reason: "Ring 'prod' waits for a person" },
  rings: [
    {
      name: 'beta',
      phase: 'soaking',
      since: AT,
      eta: { endsAt: LATER },
      gates: [
        {
          name: 'errors',
          type: 'prometheus',
          state: 'passing',
          since: AT,
          message: '0.1 < 1',
        },
      ],
    },
    {
      ...{ name: 'prod', phase: 'waiting', since: AT, approved: true },
      eta: { startsAt: LATER, reason: 'It takes more than 31 days' },
    },
  ],
};

const DETAILS: RolloutDetails = {
  ...ROLLOUT,
  rings: ROLLOUT.rings.map(ring => ({
    ...ring,
    ...(ring.name === 'prod' && {
      progress: {
        ...{ clusters: 9, healthy: 0, rolling: 0, failed: 0, deferred: 0 },
        ...{
          unreachable: 0,
          awaited: 0,
          undeliverable: 0,
          waiting: 9,
          pinned: 2,
        },
        ...{ needed: 9, mayFail: 0 },
      },
    }),
  })),
  commands: ['pause', 'abort'],
  moves: [
    {
      ...{ at: AT, ring: 'beta', from: 'rolling', to: 'soaking' },
      cause: '2 of 2 clusters are healthy\u001b[2J',
    },
  ],
};

const PAST: readonly PastRollout[] = [
  {
    ...{ id: ID, application: 'imdb', version: '1.0.1', release: 'd1' },
    ...{ phase: 'running', since: AT, startedAt: AT },
  },
  {
    ...{ id: NEXT, application: 'imdb', version: '1.0.0', release: 'd0' },
    ...{ phase: 'rolled-back', since: AT, startedAt: AT },
    broughtBy: {
      ...{ at: AT, from: 'running', to: 'rolling-back' },
      ...{ cause: 'Tills are slow', actor: 'user:default/ada' },
    },
  },
];

/** A server that knows one application, and what people asked of its rollout. */
async function createServer(
  options: {
    hasRings?: boolean;
    begins?: boolean;
    /** What differs from what the others show. */
    shown?: Partial<Rollout>;
  } = {},
) {
  const { hasRings = true, begins = false, shown } = options;
  let newest = { ...ROLLOUT, ...shown };
  let isReleased = false;
  let asked = 0;
  const server = await TestServer.create(({ path, method, body, query }) => {
    const at = path.replace('/api/res-edge/v1/', '');
    if (at === 'rollouts') {
      // Not at once: somebody has to plan before.
      if (isReleased && begins && ++asked > 1)
        newest = { ...ROLLOUT, id: NEXT, version: '1.0.2' };
      return { body: { items: [newest] } };
    }
    if (at === 'rollouts:history') {
      // One a page.
      const items = PAST.slice(query.has('cursor') ? 1 : 0).slice(0, 1);
      const nextCursor = query.has('cursor') ? undefined : 'more';
      if (query.get('application') !== 'imdb')
        return error(404, 'NotFoundError', "No EdgeApplication 'mars'");
      return { body: { items, nextCursor } };
    }
    if (at === `rollouts/${ID}`) return { body: { ...DETAILS, ...shown } };
    if (at === `rollouts/${NEXT}`) return { body: { ...DETAILS, id: NEXT } };
    if (at.startsWith(`rollouts/${ID}/`) && method === 'POST') {
      if (at.endsWith('resume'))
        return error(409, 'ConflictError', 'It is running');
      return { body: { ...DETAILS, phase: 'paused' } };
    }
    if (at === 'entities/EdgeApplication/imdb') {
      const spec = {
        version: '1.0.1',
        ...(hasRings && { rollout: 'store-rings' }),
      };
      return { body: { entity: { spec }, etag: '"7"', problems: [] } };
    }
    if (at === 'entities:batch') {
      isReleased = true;
      const [mutation] = JSON.parse(body).mutations;
      const { kind, name } = mutation;
      return {
        body: {
          applied: true,
          results: [{ index: 0, kind, name, status: 'updated' }],
        },
      };
    }
    if (at === 'change-requests' && query.get('state') === 'open') {
      const request: Partial<ChangeRequest> = {
        ...{ id: 'cr-1', intent: 'edgeapplication:default/imdb' },
        title: 'imdb 1.0.2',
      };
      return { body: { items: [request], total: 1 } };
    }
    return error(404, 'NotFoundError', `There is no '${at}'`);
  });
  const run = (...parameters: string[]) =>
    resedge('rollout', ...parameters, '--server', server.url);
  const bodies = (method: TestRequest['method']) =>
    server.requests
      .filter(request => request.method === method)
      .map(({ path, body }) => ({ path, ...JSON.parse(body) }));
  return { run, bodies };
}

function error(status: number, name: string, message: string) {
  return { status, body: { error: { name, message } } };
}

describe('resedge rollout', () => {
  it('lists the newest of each application', async () => {
    const { run } = await createServer();
    const { status, stdout } = await run('list', '-o', 'wide');
    expect(status).toBe(0);
    expect(stdout).toBe(
      [
        'APPLICATION  VERSION  PHASE    SINCE                     RINGS                      STARTED                   ID                                    ENDS',
        `imdb         1.0.1    running  ${AT}  beta:soaking prod:waiting  ${AT}  ${ID}  Ring 'prod' waits for a person`,
        '',
      ].join('\n'),
    );
    expect((await run('list', '-o', 'json')).json()).toEqual({
      items: [ROLLOUT],
    });
  });

  it('shows one by its application or its id, and nothing that steers a terminal', async () => {
    const { run } = await createServer();
    const { status, stdout } = await run('show', 'imdb');
    expect(status).toBe(0);
    expect(stdout).toBe(
      [
        `imdb 1.0.1: running since ${AT}`,
        `Started ${AT}, id ${ID}`,
        "No time is known: Ring 'prod' waits for a person",
        'You may ask for pause, abort',
        '',
        'RING  PHASE    SINCE                     STARTS                    ENDS                      NOTES',
        `beta  soaking  ${AT}  -                         ${LATER}  errors passing: 0.1 < 1`,
        `prod  waiting  ${AT}  ${LATER}  -                         2 pinned to a version, in no ring; no time is known: It takes more than 31 days; a person said that it may begin`,
        '',
        'AT                        RING  FROM     TO       BY  CAUSE',
        `${AT}  beta  rolling  soaking  -   2 of 2 clusters are healthy\\u001b[2J`,
        '',
      ].join('\n'),
    );
    expect((await run('show', ID, '-o', 'json')).json()).toEqual(DETAILS);
    const missing = await run('show', 'mars');
    expect(missing.status).toBe(1);
    expect(missing.stderr).toContain("no application 'mars' has a rollout");
  });

  it('shows what an application had, how it ended, why and by whom', async () => {
    const { run } = await createServer();
    const { status, stdout } = await run('history', 'imdb');
    expect(status).toBe(0);
    expect(stdout).toBe(
      [
        'VERSION  PHASE        SINCE                     BY                CAUSE',
        `1.0.1    running      ${AT}  -                 -`,
        `1.0.0    rolled-back  ${AT}  user:default/ada  Tills are slow`,
        '',
      ].join('\n'),
    );
    expect((await run('history', 'imdb', '-o', 'json')).json()).toEqual({
      items: PAST,
    });
    const one = await run('history', 'imdb', '--limit', '1', '-o', 'wide');
    expect(one.stdout).toContain(ID);
    expect(one.stdout).not.toContain(NEXT);
    expect((await run('history', 'mars')).status).toBe(1);
  });

  it('says when all is expected to be done, and nothing of what has ended', async () => {
    const known = { eta: { endsAt: LATER } };
    const { run } = await createServer({ shown: known });
    expect((await run('list')).stdout).toContain(LATER);
    expect((await run('show', ID)).stdout).toContain(
      `Expected to be done about ${LATER}`,
    );
    const ended = await createServer({ shown: { eta: undefined } });
    expect((await ended.run('list')).stdout).toMatch(/ {2}-\n$/);
  });

  it('asks for what people want, and tells where it cannot be', async () => {
    const { run, bodies } = await createServer();
    const paused = await run('pause', 'imdb', '--reason', 'We look');
    expect(paused.status).toBe(0);
    expect(paused.stdout).toContain('imdb 1.0.1: paused');
    const promoted = await run('promote', ID, '--ring', 'prod', '-o', 'yaml');
    expect(promoted.stdout).toContain('phase: paused');
    expect(bodies('POST')).toEqual([
      {
        path: `/api/res-edge/v1/rollouts/${ID}/pause`,
        reason: 'We look',
      },
      { path: `/api/res-edge/v1/rollouts/${ID}/promote`, ring: 'prod' },
    ]);
    const refused = await run('resume', 'imdb');
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('It is running');
    expect((await run('abort', 'imdb', '--ring', 'prod')).status).toBe(2);
  });

  it('starts one: releases a version, and waits until it has begun', async () => {
    const { run, bodies } = await createServer({ begins: true });
    const begun = await run('start', 'imdb', '1.0.2', '-o', 'json');
    expect(begun.status).toBe(0);
    expect(begun.json()).toMatchObject({ id: NEXT });
    expect(bodies('POST')).toMatchObject([
      {
        mutations: [
          {
            ...{ action: 'patch', kind: 'EdgeApplication', name: 'imdb' },
            ...{ patch: { spec: { version: '1.0.2' } }, ifMatch: '"7"' },
          },
        ],
      },
    ]);
  });

  it('says what a start waits for', async () => {
    const { run } = await createServer();
    const { status, stderr } = await run(
      ...['start', 'imdb', '1.0.2', '--timeout', '0'],
    );
    expect(status).toBe(1);
    expect(stderr).toBe(
      'the rollout of imdb 1.0.2 begins once the change request cr-1 is merged: imdb 1.0.2\n',
    );
  });

  it('starts nothing twice, and nothing without rings', async () => {
    const { run, bodies } = await createServer();
    const again = await run('start', 'imdb', '1.0.1', '-o', 'json');
    expect(again.status).toBe(0);
    expect(again.json()).toEqual(DETAILS);
    expect(bodies('POST')).toEqual([]);
    const plain = await createServer({ hasRings: false });
    const { status, stderr } = await plain.run('start', 'imdb', '1.0.2');
    expect(status).toBe(2);
    expect(stderr).toContain("the application 'imdb' names no rollout");
    expect(plain.bodies('POST')).toEqual([]);
    expect((await run('start', 'mars', '1.0.1')).status).toBe(1);
  });
});
