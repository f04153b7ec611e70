import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { statusToken } from '@res-edge/backstage-plugin-res-edge-engine';
import { createHmac } from 'node:crypto';
import {
  Behaviour,
  behaviourOf,
  DeliveredFleet,
  FleetSimulator,
  ReadFleet,
  sendReport,
  ToldCluster,
} from '.';

const MINUTE = 60_000;
const START = Date.parse('2026-11-20T12:00:00Z');
const calm: Behaviour = behaviourOf({ seed: 1 });

const told = (
  cluster: string,
  applications: Record<string, string>,
): ToldCluster => ({
  cluster,
  commit: 'delivery/shard-001@sha1:c0ffee',
  applications: new Map(
    Object.entries(applications).map(([name, version]) => [
      name,
      { revision: `revision-${version}`, version },
    ]),
  ),
});

function fleetOf(
  ...clusters: ToldCluster[]
): ReadFleet & { now: ToldCluster[] } {
  const fleet = { now: clusters, read: async () => fleet.now };
  return fleet;
}

/** What is said in so many minutes, minute by minute. */
async function run(simulator: FleetSimulator, from: number, minutes: number) {
  const said: string[] = [];
  for (let minute = from; minute < from + minutes; minute++) {
    for await (const { cluster, event } of simulator.reports(
      START + minute * MINUTE,
    )) {
      const { involvedObject, severity, reason, metadata } = event;
      said.push(
        [
          cluster,
          involvedObject.name,
          severity === 'error' ? 'error' : reason,
          metadata['res-edge-revision'] ?? '-',
        ].join(' '),
      );
    }
  }
  return said;
}

describe('FleetSimulator', () => {
  it('applies what is new, and says then that it is well, again and again', async () => {
    const fleet = fleetOf(told('a', { imdb: '1' }));
    const simulator = FleetSimulator.create({
      fleet,
      behaviour: calm,
      seed: 1,
    });
    expect(await run(simulator, 0, 12)).toEqual([
      'a res-edge ReconciliationSucceeded -',
      'a app-imdb Progressing revision-1',
      'a res-edge ReconciliationSucceeded -',
      'a app-imdb ReconciliationSucceeded revision-1',
    ]);
    fleet.now = [told('a', { bar: '1' })];
    const next = await run(simulator, 12, 20);
    expect(next).toContain('a app-imdb ReconciliationSucceeded revision-1');
    expect(next.at(-1)).toBe('a app-bar ReconciliationSucceeded revision-1');
    expect(next.filter(line => line.includes('imdb'))).toHaveLength(1);
  });

  it('says where it is quiet only what is new', async () => {
    const fleet = fleetOf(told('a', { imdb: '1' }));
    const simulator = FleetSimulator.create({
      fleet,
      behaviour: calm,
      seed: 1,
      quiet: true,
    });
    const said = await run(simulator, 0, 60);
    expect(said.filter(line => line.includes('imdb'))).toEqual([
      'a app-imdb ReconciliationSucceeded revision-1',
    ]);
    expect(said.length).toBeGreaterThan(5);
    fleet.now = [told('a', { imdb: '2' })];
    const next = await run(simulator, 60, 30);
    expect(next.filter(line => line.includes('imdb'))).toEqual([
      'a app-imdb Progressing revision-2',
      'a app-imdb ReconciliationSucceeded revision-2',
    ]);
  });

  it('lets a version fail on its share of the clusters, the same ones each time', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `c${index}`);
    const failing = async (seed: number) => {
      const simulator = FleetSimulator.create({
        fleet: fleetOf(
          ...names.map(name => told(name, { imdb: '2', bar: '2' })),
        ),
        behaviour: behaviourOf({ seed, failures: new Map([['imdb@2', 0.3]]) }),
        seed,
      });
      const said = await run(simulator, 0, 12);
      expect(said.filter(line => /bar error/.test(line))).toEqual([]);
      return new Set(said.filter(line => / error /.test(line)));
    };
    const one = await failing(7);
    expect(one.size).toBeGreaterThan(40);
    expect(one.size).toBeLessThan(80);
    expect(await failing(7)).toEqual(one);
    expect(await failing(8)).not.toEqual(one);
  });

  it('is silent where a cluster is offline, and off where its clock is', async () => {
    const behaviour: Behaviour = {
      isOffline: (cluster, now) => cluster === 'a' && now < START + 60 * MINUTE,
      skew: () => -5 * MINUTE,
      failure: () => undefined,
    };
    const simulator = FleetSimulator.create({
      fleet: fleetOf(told('a', {}), told('b', {})),
      behaviour,
      seed: 1,
    });
    expect(
      (await run(simulator, 0, 59)).every(line => line.startsWith('b ')),
    ).toBe(true);
    expect((await run(simulator, 59, 20)).join()).toContain('a res-edge');
    for await (const { event } of simulator.reports(START + 100 * MINUTE))
      expect(event.timestamp).toBe('2026-11-20T13:35:00Z');
  });
});

describe('DeliveredFleet', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'res-edge-simulator-'));
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  it('reads bills, and of each line what its Kustomization carries', async () => {
    const git = (args: string[], input = '') =>
      execFileSync('git', ['--git-dir', folder, ...args], { input });
    execFileSync('git', ['init', '--bare', '--quiet', folder]);
    const file = (name: string, text: string) =>
      `M 100644 inline ${name}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
    git(
      ['fast-import', '--quiet'],
      `commit refs/heads/delivery/shard-001\ncommitter A <a@example.org> 1 +0000\ndata 1\nx\n${file(
        'clusters/store-1/kustomization.yaml',
        `# The bill of store-1: its namespaces, each with its applications. x
resources:
  - ../../namespaces/bar/revisions/0a0a0a0a0a0a/flux
  - ../../apps/imdb/revisions/0b0b0b0b0b0b/flux # 1.0.1
`,
      )}${file(
        'apps/imdb/revisions/0b0b0b0b0b0b/flux/app-imdb.yaml',
        `metadata: { annotations: { event.toolkit.fluxcd.io/res-edge-revision: 0b0b0b0b0b0b } }
`,
      )}\n`,
    );
    const fleet = DeliveredFleet.create(folder);
    const [store] = await fleet.read();
    expect(store).toMatchObject({
      cluster: 'store-1',
      commit: expect.stringMatching(/^delivery\/shard-001@sha1:[0-9a-f]{40}$/),
    });
    expect([...store.applications]).toEqual([
      ['imdb', { revision: '0b0b0b0b0b0b', version: '1.0.1' }],
    ]);
    expect((await fleet.read())[0]).toBe(store);
  });
});

describe('sendReport', () => {
  it('signs as Flux does, with the secret of the cluster', async () => {
    const key = 'a key of at least thirty-two characters';
    let isSigned = false;
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', chunk => chunks.push(chunk));
      request.on('end', () => {
        const expected = createHmac('sha256', statusToken(key, 'a'))
          .update(Buffer.concat(chunks))
          .digest('hex');
        isSigned = request.headers['x-signature'] === `sha256=${expected}`;
        response.writeHead(202).end('{}');
      });
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const simulator = FleetSimulator.create({
      fleet: fleetOf(told('a', {})),
      behaviour: calm,
      seed: 1,
      interval: 1,
    });
    await run(simulator, 0, 1);
    for await (const report of simulator.reports(START + MINUTE)) {
      const url = `http://127.0.0.1:${port}`;
      expect(await sendReport(report, { url, key })).toBe(202);
    }
    expect(isSigned).toBe(true);
    server.closeAllConnections();
    server.close();
  });
});
