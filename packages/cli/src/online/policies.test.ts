import {
  PolicyList,
  PolicyRow,
} from '@res-edge/backstage-plugin-res-edge-common';
import { resedge } from '../__testUtils__/resedge';
import { TestServer } from '../__testUtils__/TestServer';

const AT = '2026-11-26T12:00:00.000Z';
const row = (
  name: string,
  type: PolicyRow['type'],
  phase: PolicyRow['phase'],
): PolicyRow => ({
  ...{ name, type, phase, summary: `No changes\u001b[2J`, clusters: 12 },
  ...{ namespaces: [], problems: 0 },
});
const POLICIES: PolicyList = {
  at: AT,
  items: [
    {
      ...row('black-friday', 'freeze', 'active'),
      ...{ held: 3, reason: 'Black Friday', changeRequest: 'cr-1' },
      period: { first: AT, last: '2026-12-01T08:00:00.000Z' },
    },
    row('last-year', 'freeze', 'over'),
    row('next-year', 'freeze', 'upcoming'),
    row('price-error', 'override', 'active'),
    row('store-hours', 'window', 'active'),
  ],
};

describe('resedge freeze and resedge override', () => {
  let server: TestServer;
  const run = (...parameters: string[]) =>
    resedge(...parameters, '--server', server.url);
  const mutations = () =>
    server.requests
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => JSON.parse(body).mutations[0]);

  beforeEach(async () => {
    server = await TestServer.create(({ path, body }) => {
      if (path.endsWith('/policies')) return { body: POLICIES };
      const [{ kind, name, action }] = JSON.parse(body).mutations;
      const status = action === 'create' ? 'created' : 'updated';
      return {
        body: { applied: true, results: [{ index: 0, kind, name, status }] },
      };
    });
  });

  it('list what there is of each, and what steers no terminal', async () => {
    const { status, stdout } = await run('freeze', 'list', '-o', 'wide');
    expect(status).toBe(0);
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^NAME +PHASE +FROM +UNTIL +CLUSTERS +HELD +/);
    expect(lines[1]).toMatch(
      /^black-friday +active .* 12 +3 +Black Friday +cr-1 +No changes\\u001b/,
    );
    expect(lines).toHaveLength(5);
    const overrides = await run('override', 'list', '-o', 'json');
    expect(overrides.json()).toEqual({ at: AT, items: [POLICIES.items[3]] });
  });

  it('create a freeze with what it spares', async () => {
    const { status, stdout } = await run(
      ...['freeze', 'create', 'stocktaking', '--title', 'Stocktaking'],
      ...['--clusters', '{groups: [geo.us]}', '--application', 'imdb'],
      ...['--application', 'redis', '--namespace', 'point-of-sale'],
      ...['--start', '2026-12-31T18:00', '--end', '2027-01-01T12:00'],
      ...['--time-zone', 'America/Chicago', '--reason', 'We count'],
      ...['--except', '{clusters: {groups: [labs]}}'],
    );
    expect({ status, stdout }).toEqual({
      ...{ status: 0, stdout: 'edgepolicy:default/stocktaking created\n' },
    });
    expect(mutations()).toEqual([
      {
        ...{ action: 'create', kind: 'EdgePolicy', name: 'stocktaking' },
        entity: {
          ...{ apiVersion: 'res-edge.io/v1alpha1', kind: 'EdgePolicy' },
          metadata: { name: 'stocktaking', title: 'Stocktaking' },
          spec: {
            type: 'freeze',
            applications: {
              ...{ names: ['imdb', 'redis'], namespaces: ['point-of-sale'] },
            },
            clusters: { groups: ['geo.us'] },
            ...{ start: '2026-12-31T18:00', end: '2027-01-01T12:00' },
            ...{ timeZone: 'America/Chicago', reason: 'We count' },
            except: [{ clusters: { groups: ['labs'] } }],
          },
        },
      },
    ]);
  });

  it('create an override that lifts by name', async () => {
    const given = [
      ...['override', 'create', 'hotfix', '--clusters', '/c/store-1'],
      ...['--end', '2026-11-27T03:00Z', '--reason', 'A price error'],
    ];
    const { status } = await run(
      ...given,
      ...['--lift', 'black-friday', '--lift', 'store-hours'],
    );
    expect(status).toBe(0);
    expect(mutations()[0].entity.spec).toEqual({
      ...{ type: 'override', lifts: ['black-friday', 'store-hours'] },
      ...{ clusters: '/c/store-1', end: '2026-11-27T03:00Z' },
      reason: 'A price error',
    });
    const nothing = await run(...given);
    expect(nothing.status).toBe(2);
    expect(nothing.stderr).toContain('--lift');
  });

  it('create an override that pins a version', async () => {
    const given = [
      ...['override', 'create', 'stay', '--clusters', '/c/store-1'],
      ...['--application', 'imdb', '--pin-version', '1.4.1'],
      ...['--end', '2026-11-27T03:00Z', '--reason', 'Scanners'],
    ];
    expect((await run(...given)).status).toBe(0);
    expect(mutations()[0].entity.spec).toEqual({
      ...{ type: 'override', pins: { version: '1.4.1' } },
      ...{ applications: { names: ['imdb'] }, clusters: '/c/store-1' },
      ...{ end: '2026-11-27T03:00Z', reason: 'Scanners' },
    });
    expect((await run(...given, '--lift', 'x')).status).toBe(2);
  });

  it('say what a freeze misses, and send nothing then', async () => {
    const given = [
      ...['freeze', 'create', 'x', '--clusters', '{all: true}'],
      ...['--end', '2027-01-01T12:00', '--reason', 'x'],
    ];
    expect(await run(...given)).toMatchObject({
      ...{ status: 2, stderr: expect.stringContaining('give --start') },
    });
    const wrong = ['--start', '2026-12-31T18:00', '--except', '[labs]'];
    expect(await run(...given, ...wrong)).toMatchObject({
      ...{
        status: 2,
        stderr: expect.stringContaining('--except is no mapping'),
      },
    });
    expect(mutations()).toEqual([]);
  });

  it('end what holds now, delete what has not begun, and leave what is over', async () => {
    const before = Date.now() - 1000;
    expect((await run('freeze', 'end', 'black-friday')).status).toBe(0);
    expect((await run('freeze', 'end', 'next-year')).status).toBe(0);
    const over = await run('freeze', 'end', 'last-year');
    expect(over).toMatchObject({ status: 0, stderr: 'it was over already\n' });
    const [ended, deleted, ...others] = mutations();
    const { end } = ended.patch.spec;
    expect(end).toMatch(/^[-\d]{10}T[:\d]{8}Z$/);
    expect(Date.parse(end)).toBeGreaterThanOrEqual(before);
    expect(deleted).toEqual({
      ...{ action: 'delete', kind: 'EdgePolicy', name: 'next-year' },
    });
    expect(others).toEqual([]);
    const missing = await run('override', 'end', 'black-friday');
    expect(missing.status).toBe(1);
    expect(missing.stderr).toContain("there is no override 'black-friday'");
  });
});
