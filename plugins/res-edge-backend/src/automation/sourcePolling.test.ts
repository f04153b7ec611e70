import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pushArtifact, TestRegistry } from '../__testUtils__/registry';
import {
  DatabaseAuditLog,
  DatabaseRegistrationProblemStore,
} from '../database';
import { migrationsFolder } from '../database/openDatabase';
import { ChartServer } from '../sources/__testUtils__/ChartServer';
import { packArchive, packChart } from '../sources/__testUtils__/packArchive';
import { shopYaml } from './__testUtils__/shopYaml';
import { SourceServer } from './__testUtils__/SourceServer';
import { createTestFleet, TestFleet } from './__testUtils__/TestFleet';
import { createSourcePoller } from './createSourcePoller';

const FLUX_LAYER = 'application/vnd.cncf.flux.content.v1.tar+gzip';
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const requests = { cpu: '100m', memory: '64Mi' };
const MINUTE = 60_000;

jest.setTimeout(120_000);

function manifests(mode: string) {
  return {
    'kustomization.yaml': 'resources: [a.yaml]\n',
    'a.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: cm-${mode} }\n`,
  };
}

describe('polling for newer versions', () => {
  let folder: string;
  let yamlFolder: string;
  let git: SourceServer;
  let charts: ChartServer;
  let registry: TestRegistry;
  let config: ConfigReader;
  let now = new Date('2026-11-26T10:00:00Z');

  beforeEach(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-polling-'));
    yamlFolder = path.join(folder, 'fleet');
    await fs.mkdir(yamlFolder);
    await fs.mkdir(path.join(folder, 'team'));
    git = await SourceServer.create(path.join(folder, 'team'));
    charts = await ChartServer.create();
    registry = await TestRegistry.create();
    const hosts = [registry, charts].map(({ host }) => ({
      ...{ host, insecure: true },
    }));
    config = new ConfigReader({
      ...git.config,
      resEdge: { sources: { hosts } },
    });
  });

  afterEach(async () => {
    await Promise.all([git.server.close(), charts.close(), registry.close()]);
    await fs.rm(folder, { recursive: true, force: true });
  });

  async function openFleet(direct: string[]) {
    const knex = await databases.init('SQLITE_3');
    await knex.migrate.latest({ directory: migrationsFolder });
    const fleet = await createTestFleet({
      ...{ knex, yamlFolder, direct },
      gitFolder: path.join(folder, 'gitops.git'),
      reading: config.get(),
    });
    const problems = DatabaseRegistrationProblemStore.create({ knex });
    const audit = DatabaseAuditLog.create({ knex });
    const reasons: string[] = [];
    const poller = createSourcePoller({
      ...{ config, problems, audit },
      logger: mockServices.logger.mock(),
      store: fleet.stores.polls,
      applications: () => fleet.automation.view()?.inventory.applications,
      onChange: reason => reasons.push(reason),
      now: () => now,
      random: () => 0.5,
    });
    return { fleet, poller, problems, audit, reasons };
  }

  async function register(
    fleet: TestFleet,
    applications: Record<string, object>,
  ): Promise<void> {
    const specs = Object.entries(applications).map(([name, spec]) => [
      name,
      { requests, ...spec },
    ]);
    const text = shopYaml(Object.fromEntries(specs), [
      { kind: 'EdgeCluster', name: 'c1', spec: {} },
    ]);
    await fs.writeFile(path.join(yamlFolder, 'all.yaml'), text);
    await fleet.sync();
  }

  const fromGit = (revision = 'v1.0.0', range = '1.x', interval?: string) => ({
    source: { git: { url: git.url, revision }, poll: { range, interval } },
    version: revision.replace(/^v/, ''),
  });
  const bill = (fleet: TestFleet) =>
    fleet.read('delivery/shard-001', 'clusters/c1/kustomization.yaml');

  it('registers what it finds of Git, charts and artifacts, each in its range', async () => {
    await git.commit(manifests('one'), 'v1.0.0');
    const list = async (...versions: string[]) => {
      const packed = versions.map(
        async version => [version, await packChart('web', version)] as const,
      );
      charts.list('web', new Map(await Promise.all(packed)));
    };
    const push = async (tag: string) =>
      pushArtifact(registry, 'menu', tag, [
        { mediaType: FLUX_LAYER, content: await packArchive(manifests(tag)) },
      ]);
    await list('2.0.0');
    await push('0.1.0');
    const { fleet, poller, audit, reasons } = await openFleet(['*']);
    await register(fleet, {
      pos: fromGit(),
      web: {
        source: {
          helm: { repository: charts.url, chart: 'web', version: '2.0.0' },
          poll: { range: '~2.0' },
        },
        version: '2.0.0',
      },
      menu: {
        source: {
          oci: { repository: `oci://${registry.host}/menu`, tag: '0.1.0' },
          poll: { range: '<1' },
        },
        version: '0.1.0',
      },
    });
    await poller.poll();
    await fleet.automation.run('nothing is newer');
    expect(await bill(fleet)).toMatch(/apps\/pos\/.* # 1\.0\.0$/m);

    await git.commit(manifests('two'), 'v1.1.0');
    await git.commit(manifests('three'), 'v2.0.0');
    await list('2.0.0', '2.0.7', '2.1.0');
    await push('0.2.0');
    now = new Date(now.getTime() + 61 * MINUTE);
    reasons.length = 0;
    await poller.poll();
    expect(reasons.sort()).toEqual([
      '0.2.0 of menu',
      '2.0.7 of web',
      'v1.1.0 of pos',
    ]);
    await fleet.automation.run('what was found');
    expect(fleet.automation.view()!.problems).toEqual([]);
    const text = await bill(fleet);
    expect(text).toMatch(/apps\/pos\/.* # 1\.1\.0$/m);
    expect(text).toMatch(/apps\/web\/.* # 2\.0\.7$/m);
    expect(text).toMatch(/apps\/menu\/.* # 0\.2\.0$/m);
    const decided = await fleet.read('main', 'apps/pos/application.yaml');
    expect(decided).toContain('revision: v1.1.0');
    const { items } = await audit.list({ operation: 'poll' }, { limit: 10 });
    expect(
      items.map(({ actor, name, before, after }) => [
        ...[actor, name, before?.version, after?.version],
      ]),
    ).toEqual(
      expect.arrayContaining([['plugin:res-edge', 'pos', '1.0.0', '1.1.0']]),
    );
    expect(items).toHaveLength(3);
  });

  it('asks for a change request where one is needed, and who registers says more', async () => {
    await git.commit(manifests('one'), 'v1.0.0');
    await git.commit(manifests('two'), 'v1.2.0');
    const { fleet, poller } = await openFleet([]);
    await register(fleet, { pos: fromGit() });
    await poller.poll();
    await fleet.automation.run('what was found');
    const open = async () =>
      (
        await fleet.stores.changeRequests.list({ state: 'open', limit: 10 })
      ).items.filter(({ title }) => title.includes('pos'));
    expect((await open()).map(({ title }) => title)).toEqual([
      'Add application pos 1.2.0',
    ]);
    // Another range is another question; what was found for the one before does not count.
    await register(fleet, { pos: fromGit('v1.0.0', '~1.0') });
    expect((await open()).map(({ title }) => title)).toEqual([
      'Add application pos 1.0.0',
    ]);
    await register(fleet, { pos: fromGit('v1.2.0') });
    expect((await open()).map(({ title }) => title)).toEqual([
      'Add application pos 1.2.0',
    ]);
  });

  it('keeps to its interval, waits longer after failures, and says why', async () => {
    await git.commit(manifests('one'), 'v1.0.0');
    const { fleet, poller, problems } = await openFleet(['*']);
    await register(fleet, { pos: fromGit('v1.0.0', '1.x', '1m') });
    const asked = async () => {
      const before = git.server.requests.length;
      await poller.poll();
      return git.server.requests.length > before;
    };
    const wait = (minutes: number) => {
      now = new Date(now.getTime() + minutes * MINUTE);
    };
    expect(await asked()).toBe(true);
    wait(4);
    expect(await asked()).toBe(false);
    wait(1);
    git.server.fault = () => ({ status: 503 });
    expect(await asked()).toBe(true);
    const [problem] = await problems.problems();
    expect(problem).toMatchObject({
      entity: 'edgeapplication:default/pos',
      field: 'spec.source.poll',
      message: expect.stringContaining('newer versions are not found: '),
    });
    wait(9);
    expect(await asked()).toBe(false);
    git.server.fault = () => undefined;
    wait(1);
    expect(await asked()).toBe(true);
    expect(await problems.problems()).toEqual([]);
  });

  it.each([
    ['main', '1.x', "it is at 'main'"],
    ['v1.0.0', 'newest', "'newest' is no range of versions"],
  ])('refuses %s in %s, and asks nobody', async (revision, range, message) => {
    await git.commit(manifests('one'), 'v1.0.0');
    const { fleet, poller, problems } = await openFleet(['*']);
    await register(fleet, { pos: fromGit(revision, range) });
    const before = git.server.requests.length;
    await poller.poll();
    expect(git.server.requests).toHaveLength(before);
    expect((await problems.problems())[0].message).toContain(message);
    // Who puts it right does not wait for what was doubled.
    for (let pass = 0; pass < 3; pass++) {
      now = new Date(now.getTime() + 6 * MINUTE);
      await poller.poll();
    }
    await register(fleet, { pos: fromGit() });
    now = new Date(now.getTime() + 6 * MINUTE);
    await poller.poll();
    expect(await problems.problems()).toEqual([]);
    // Nothing is polled any more: the problem goes, too.
    await register(fleet, {});
    await poller.poll();
    expect(await problems.problems()).toEqual([]);
  });

  it('never goes back before it was looked again: for another range, or with a database that knows nothing', async () => {
    await git.commit(manifests('one'), 'v1.0.0');
    await git.commit(manifests('two'), 'v1.2.0');
    const { fleet, poller } = await openFleet(['*']);
    await register(fleet, { pos: fromGit() });
    await poller.poll();
    await fleet.automation.run('what was found');
    const at = (version: string) =>
      expect.stringMatching(new RegExp(`apps/pos/.* # ${version}$`, 'm'));
    expect(await bill(fleet)).toEqual(at('1.2.0'));

    await register(fleet, { pos: fromGit('v1.0.0', '>=1.0.0 <1.9') });
    expect(await bill(fleet)).toEqual(at('1.2.0'));
    await fleet.stores.polls.keepOnly(new Set());
    git.server.fault = () => ({ status: 503 });
    await poller.poll();
    await fleet.automation.run('nobody answered');
    expect(await bill(fleet)).toEqual(at('1.2.0'));

    // A range without it takes it back.
    await register(fleet, { pos: fromGit('v1.0.0', '~1.0') });
    git.server.fault = () => undefined;
    await fleet.automation.run('another range');
    expect(await bill(fleet)).toEqual(at('1.0.0'));
  });

  it('never goes back by itself', async () => {
    await git.commit(manifests('one'), 'v1.0.0');
    await git.commit(manifests('two'), 'v1.2.0');
    const { fleet, poller } = await openFleet(['*']);
    await register(fleet, { pos: fromGit() });
    await poller.poll();
    await fleet.automation.run('what was found');
    await git.server.git('tag', '--delete', 'v1.2.0');
    now = new Date(now.getTime() + 61 * MINUTE);
    await poller.poll();
    await fleet.automation.run('what is gone');
    expect(await bill(fleet)).toMatch(/apps\/pos\/.* # 1\.2\.0$/m);
    expect(fleet.automation.view()!.problems).toEqual([]);
  });
});
