import {
  ChangeRequest,
  ChangeRequestDetails,
  Guard,
} from '@res-edge/backstage-plugin-res-edge-common';
import { resedge } from '../__testUtils__/resedge';
import { TestServer } from '../__testUtils__/TestServer';

const AT = '2026-11-20T12:00:00.000Z';
const totals = { won: 0, lost: 0, changed: 2, refused: 0, bills: 2 };
const none = { count: 0, sample: [], byGroup: [] };

const REQUEST: ChangeRequest = {
  ...{ id: 'imdb', intent: 'edgeapplication:default/imdb' },
  ...{ title: 'imdb 1.0.1', state: 'open', branch: 'b', digest: 'd1' },
  ...{ createdAt: AT, updatedAt: AT, mergeable: false, totals },
  approvals: [
    {
      ...{ policy: 'two-people', state: 'waiting', open: 1 },
      steps: [
        {
          ...{ from: ['group:default/operations'], count: 1 },
          given: [{ actor: 'user:default/ann', at: AT }],
        },
        { from: ['user:default/judge'], count: 1, given: [] },
      ],
    },
  ],
};

const DETAILS: ChangeRequestDetails = {
  ...REQUEST,
  files: [{ path: 'apps/imdb/release.yaml', status: 'changed' }],
  plan: {
    ...{ id: 'p1', createdAt: AT, cause: 'imdb', totals, problems: [] },
    effects: [
      {
        ...{ kind: 'application', name: 'imdb' },
        version: { from: '1.0.0', to: '1.0.1' },
        ...{ won: none, lost: none, refused: none },
        changed: { count: 2, sample: ['store-1', 'store-2'], byGroup: [] },
      },
    ],
  },
};

const GUARD: Guard = {
  ...{ id: 'g1', scope: 'application', name: 'imdb' },
  ...{ lost: 12, before: 0, total: 20 },
  losses: [
    {
      ...{ kind: 'application', name: 'imdb', gone: [] },
      clusters: { count: 12, sample: ['store-1'], byGroup: [] },
    },
  ],
};

describe('resedge approve', () => {
  let server: TestServer;
  const run = (...parameters: string[]) =>
    resedge('approve', ...parameters, '--server', server.url);
  const said = () =>
    server.requests
      .filter(({ method }) => method === 'POST')
      .map(({ path, body }) => [path.split('/v1/')[1], JSON.parse(body)]);

  beforeEach(async () => {
    server = await TestServer.create(({ path, method, body }) => {
      switch (path.split('/v1/')[1]) {
        case 'approvals':
          return {
            body: {
              items: [
                {
                  ...{ kind: 'changeRequest', id: 'imdb', digest: 'd1' },
                  ...{ title: 'imdb \u001b[2J', since: AT },
                  policies: ['two-people'],
                },
                {
                  ...{ kind: 'guard', id: 'g1', title: 'Losses' },
                  policies: ['law'],
                },
              ],
            },
          };
        case 'change-requests/imdb':
          return { body: DETAILS };
        case 'guards':
          return { body: { items: [GUARD] } };
        case 'guards/g1/sign-off':
          return { body: { items: [] } };
        default:
          if (method !== 'POST' || !path.includes('change-requests/imdb/'))
            return {
              status: 404,
              body: { error: { name: 'NotFoundError', message: 'None' } },
            };
      }
      if (JSON.parse(body).digest === 'd1') return { body: REQUEST };
      const message = "Change request 'imdb' changed meanwhile";
      return {
        status: 409,
        body: { error: { name: 'ConflictError', message } },
      };
    });
  });

  it('shows what waits, and nothing that steers a terminal', async () => {
    const { status, stdout } = await run();
    expect(status).toBe(0);
    expect(stdout).toBe(
      [
        'KIND            ID    SINCE                     APPROVALS   TITLE',
        `change request  imdb  ${AT}  two-people  imdb \\u001b[2J`,
        'losses          g1    -                         law         Losses',
        '',
      ].join('\n'),
    );
  });

  it('shows a decision with the digest to agree to', async () => {
    const { status, stdout } = await run('imdb');
    expect(status).toBe(0);
    expect(stdout).toBe(
      [
        'imdb 1.0.1 (open)',
        'Digest: d1',
        'Approval two-people: waiting',
        '  1 of group:default/operations: user:default/ann',
        '  1 of user:default/judge (asked now)',
        '',
        'application imdb 1.0.0 -> 1.0.1',
        '  changed on 2 clusters: store-1, store-2',
        '',
        '1 file',
        '  changed apps/imdb/release.yaml',
        '',
        'To agree: resedge approve imdb --digest d1',
        '',
      ].join('\n'),
    );
    expect((await run('imdb', '-o', 'json')).json()).toEqual(DETAILS);
    expect((await run('mars')).status).toBe(1);
    expect(said()).toEqual([]);
  });

  it('says yes, no and break glass to what was read alone', async () => {
    const read = ['imdb', '--digest', 'd1'];
    const agreed = await run(...read, '--merge', '--until', AT);
    expect(agreed.stdout).toMatch(/^approved: imdb 1\.0\.1 \(open\)\n/);
    await run(...read, '--refuse', '--reason', 'Not now');
    const broken = await run(...read, '--break-glass', '--reason', 'Tills');
    expect(broken.stdout).toMatch(/^merged without approval: /);
    expect(said()).toEqual([
      [
        'change-requests/imdb/approve',
        { digest: 'd1', until: AT, merge: true },
      ],
      ['change-requests/imdb/refuse', { digest: 'd1', reason: 'Not now' }],
      ['change-requests/imdb/break-glass', { digest: 'd1', reason: 'Tills' }],
    ]);
    const other = await run('imdb', '--digest', 'd0');
    expect(other.status).toBe(1);
    expect(other.stderr).toContain('changed meanwhile');
  });

  it('shows losses, and signs them off', async () => {
    const shown = await run('g1', '--guard');
    expect(shown.stdout).toContain(
      '12 of 20 clusters of application imdb lose something',
    );
    const signed = await run('g1', '--guard', '--reason', 'Agreed');
    expect(signed).toMatchObject({ status: 0, stdout: 'signed off\n' });
    expect(said()).toEqual([['guards/g1/sign-off', { reason: 'Agreed' }]]);
    expect((await run('g2', '--guard')).status).toBe(1);
  });

  it.each([
    [['--digest', 'd1']],
    [['imdb', '--refuse', '--reason', 'x']],
    [['imdb', '--break-glass', '--reason', 'x']],
    [['imdb', '--merge']],
    [['imdb', '--digest', 'd1', '--refuse']],
    [['imdb', '--digest', 'd1', '--break-glass']],
    [['imdb', '--digest', 'd1', '--refuse', '--merge', '--reason', 'x']],
    [['imdb', '--digest', 'd1', '--refuse', '--break-glass', '--reason', 'x']],
    [['g1', '--guard', '--digest', 'd1']],
  ])('says nothing where it is called as %j', async parameters => {
    expect((await run(...parameters)).status).toBe(2);
    expect(said()).toEqual([]);
  });
});
