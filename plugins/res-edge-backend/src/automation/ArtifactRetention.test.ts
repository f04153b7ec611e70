import { TestDatabases } from '@backstage/backend-test-utils';
import { pushArtifact, TestRegistry } from '../__testUtils__/registry';
import { ArtifactLabs } from './__testUtils__/ArtifactLabs';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

jest.setTimeout(300_000);

const DAY = 24 * 60 * 60 * 1000;
const FIRST = '2026-11-01';

describe('artifacts of old revisions', () => {
  let artifacts: ArtifactLabs;
  let registry: TestRegistry;

  beforeEach(async () => {
    artifacts = await ArtifactLabs.create(databases);
    ({ registry } = artifacts);
  });

  afterEach(() => artifacts.remove());

  const pass = (days: number) => {
    const { clock } = artifacts;
    clock.now = new Date(clock.now.getTime() + days * DAY);
  };
  const push = () => artifacts.newProcess().push();
  const ask = (name: string, what: string, init?: RequestInit) =>
    fetch(`http://${registry.host}/v2/fleet/${name}/${what}`, init);
  const tags = async (name: string): Promise<string[]> =>
    (await (await ask(name, 'tags/list')).json()).tags ?? [];
  const deleted = () => registry.asked('DELETE', /\/manifests\/sha256:/);
  /** Those that get another artifact by the next release. */
  const releaseAndPush = async (version: string): Promise<string[]> => {
    const before = await artifacts.digests();
    await artifacts.release(version);
    await push();
    const after = await artifacts.digests();
    return [...after.keys()].filter(
      cluster => before.get(cluster) !== after.get(cluster),
    );
  };

  it('end when they were replaced for the retention time, and nothing else does', async () => {
    await push();
    const before = await artifacts.digests();
    pass(1);
    const changed = await releaseAndPush('9.9.9');
    expect(changed.length).toBeGreaterThan(0);
    const after = await artifacts.digests();
    pass(89);
    await push();
    expect(deleted()).toEqual([]);
    for (const cluster of changed) {
      expect(await tags(`clusters/${cluster}`)).toHaveLength(3);
    }
    pass(1);
    await push();
    expect(deleted().sort()).toEqual(
      changed
        .map(
          cluster =>
            `DELETE /v2/fleet/clusters/${cluster}/manifests/${before.get(
              cluster,
            )}`,
        )
        .sort(),
    );
    expect(await artifacts.digests()).toEqual(after);
    for (const cluster of artifacts.clusters()) {
      const found = await tags(`clusters/${cluster}`);
      expect(found).toHaveLength(2);
      expect(found).toContain('latest');
      expect(found.some(tag => tag.startsWith(FIRST))).toBe(
        !changed.includes(cluster),
      );
    }
    registry.requests.length = 0;
    pass(2);
    await push();
    expect(registry.requests.map(({ method }) => method)).toEqual(
      artifacts.clusters().map(() => 'GET'),
    );
  });

  it('stay where a tag of others names them, and what others pushed stays', async () => {
    await push();
    pass(1);
    const [tagged, foreign] = await releaseAndPush('9.9.9');
    const old = (await tags(`clusters/${tagged}`)).find(tag =>
      tag.startsWith(FIRST),
    );
    const accept = 'application/vnd.oci.image.manifest.v1+json';
    const manifest = await ask(`clusters/${tagged}`, `manifests/${old}`, {
      headers: { accept },
    });
    const put = await ask(`clusters/${tagged}`, 'manifests/keep', {
      method: 'PUT',
      headers: { 'content-type': accept },
      body: await manifest.text(),
    });
    expect(put.status).toBe(201);
    const layer = { mediaType: 'text/plain', content: Buffer.from('theirs') };
    await pushArtifact(registry, `fleet/clusters/${foreign}`, 'theirs', [
      layer,
    ]);
    await pushArtifact(registry, 'fleet/clusters/unknown', '2020-01-01-0', [
      layer,
    ]);
    pass(100);
    await push();
    expect(await tags(`clusters/${tagged}`)).toEqual(
      expect.arrayContaining([old, 'keep', 'latest']),
    );
    expect((await tags(`clusters/${foreign}`)).sort()).toEqual([
      expect.not.stringContaining(FIRST),
      'latest',
      'theirs',
    ]);
    expect(await tags('clusters/unknown')).toEqual(['2020-01-01-0']);
  });

  it('never are what a cluster is told to pull, though the registry has not taken what is newer', async () => {
    await push();
    const before = await artifacts.digests();
    await artifacts.release('9.9.9');
    registry.fault = ({ method, path }) =>
      method === 'PUT' && path.endsWith('/manifests/latest')
        ? { status: 403 }
        : undefined;
    pass(1);
    const process = artifacts.newProcess();
    await process.push();
    pass(100);
    await process.push();
    expect(await artifacts.digests()).toEqual(before);
    expect(deleted()).toEqual([]);
  });

  it('end with the cluster when it was gone for the retention time, and are pushed anew when it comes back', async () => {
    await push();
    const [gone] = artifacts.clusters();
    const repository = `clusters/${gone}`;
    const { digest } = await artifacts.pull(repository);
    let taken = '';
    await artifacts.labs.edit('clusters.yaml', text => {
      const documents = text.split(/^---\n/m);
      taken = documents.find(found => found.includes(`name: ${gone}\n`))!;
      return documents.filter(found => found !== taken).join('---\n');
    });
    const process = artifacts.newProcess();
    pass(1);
    await artifacts.labs.fleet.sync();
    await process.push();
    // Its folder is gone.
    expect(artifacts.clusters()).not.toContain(gone);
    pass(89);
    await process.push();
    expect((await artifacts.pull(repository)).digest).toBe(digest);
    pass(1);
    await process.push();
    expect(deleted()).toEqual([
      `DELETE /v2/fleet/${repository}/manifests/${digest}`,
    ]);
    await expect(artifacts.pull(repository)).rejects.toThrow('404');
    await artifacts.labs.edit(
      'clusters.yaml',
      text => `${text.trimEnd()}\n---\n${taken}`,
    );
    await artifacts.labs.fleet.sync();
    await process.push();
    expect((await artifacts.pull(repository)).files.size).toBeGreaterThan(0);
  });

  it.each([
    { status: 405, body: { errors: [{ code: 'UNSUPPORTED' }] } },
    { status: 403 },
    { status: 400, body: { errors: [{ code: 'UNSUPPORTED' }] } },
  ])(
    'stay where the registry answers %j, which is said once and is no problem',
    async fault => {
      await push();
      pass(1);
      await releaseAndPush('9.9.9');
      registry.fault = ({ method }) =>
        method === 'DELETE' ? fault : undefined;
      const process = artifacts.newProcess();
      pass(100);
      await process.push();
      const tries = deleted().length;
      expect(tries).toBeGreaterThan(0);
      pass(2);
      await process.push();
      expect(deleted().length).toBeGreaterThan(tries);
      expect(artifacts.logger.warn.mock.calls).toEqual([
        [
          expect.stringMatching(
            /^The registry does not let artifacts of old revisions be deleted, so that they stay: DELETE \S+ was answered with 40/,
          ),
        ],
      ]);
      expect(process.problems()).toEqual([]);
      registry.fault = () => undefined;
      pass(2);
      await process.push();
      expect(artifacts.logger.info).toHaveBeenLastCalledWith(
        expect.stringMatching(/^Deleted \d+ artifacts of old revisions$/),
      );
    },
  );

  it('are deleted the next day where the registry fails, and those of others meanwhile', async () => {
    await push();
    pass(1);
    const changed = await releaseAndPush('9.9.9');
    const [fails] = changed;
    registry.fault = ({ method, path }) =>
      method === 'DELETE' && path.includes(`/clusters/${fails}/`)
        ? { status: 500 }
        : undefined;
    const process = artifacts.newProcess();
    pass(100);
    await process.push();
    expect(artifacts.logger.warn).toHaveBeenCalledTimes(1);
    expect(process.problems()).toEqual([]);
    expect(await tags(`clusters/${fails}`)).toHaveLength(3);
    for (const other of changed.slice(1)) {
      expect(await tags(`clusters/${other}`)).toHaveLength(2);
    }
    registry.fault = () => undefined;
    pass(1);
    await process.push();
    expect(await tags(`clusters/${fails}`)).toHaveLength(2);
  });
});
