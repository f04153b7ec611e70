import { TestDatabases } from '@backstage/backend-test-utils';
import { renderBootstrap } from '@res-edge/backstage-plugin-res-edge-engine';
import {
  buildAsFlux,
  KustomizeBuilder,
  parseObjects,
} from '@res-edge/backstage-plugin-res-edge-node';
import { pullArtifact, TestRegistry } from '../__testUtils__/registry';
import { ArtifactLabs } from './__testUtils__/ArtifactLabs';
import { LabsFleet } from './__testUtils__/LabsFleet';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const BRANCH = 'delivery/shard-001';

jest.setTimeout(300_000);

describe('delivery of the labs fleet as OCI artifacts', () => {
  const builder = KustomizeBuilder.create();
  let artifacts: ArtifactLabs;
  let labs: LabsFleet;
  let registry: TestRegistry;
  let onChange: jest.Mock;

  beforeEach(async () => {
    artifacts = await ArtifactLabs.create(databases);
    ({ labs, registry } = artifacts);
    onChange = jest.fn();
  });

  afterEach(() => artifacts.remove());

  const newProcess = (
    ...options: Parameters<typeof ArtifactLabs.prototype.newProcess>
  ) => {
    const created = artifacts.newProcess(...options);
    created.onChange(onChange);
    return created;
  };
  const pull = (name: string) => artifacts.pull(name);
  const clusters = () => artifacts.clusters();
  const inGit = async () => {
    const commit = (await labs.fleet.repository.resolve(BRANCH))!;
    return labs.fleet.repository.read(commit, () => true);
  };
  const change = () => artifacts.release('9.9.9');
  const digests = () => artifacts.digests();

  it('gives each cluster what Git gives it, and nothing else', async () => {
    const pushed = await newProcess().push();
    expect(pushed).toBe(clusters().length);
    const tree = await inGit();
    for (const cluster of clusters()) {
      const { files } = await pull(`clusters/${cluster}`);
      for (const [path, content] of files) {
        expect(content.equals(tree.get(path)!)).toBe(true);
      }
      const folders = new Set(
        [...files.keys()]
          .filter(path => path.startsWith('clusters/'))
          .map(path => path.split('/')[1]),
      );
      expect([...folders]).toEqual([cluster]);
      expect(await buildAsFlux(builder, files, cluster)).toEqual(
        await buildAsFlux(builder, tree, cluster),
      );
    }
  });

  it('is read by Flux with the bootstrap of the cluster, and applies the same', async () => {
    await newProcess().push();
    const [cluster] = clusters();
    const url = `oci://${registry.host}/fleet/clusters/${cluster}`;
    const { content } = renderBootstrap({
      ...{ cluster, engine: 'flux', url, branch: BRANCH },
      artifact: { tag: 'latest' },
    }).find(({ name }) => name === 'res-edge.yaml')!;
    const [source, root] = parseObjects(content);
    const { url: from, ref } = source.spec as {
      url: string;
      ref: { tag: string };
    };
    const { files } = await pullArtifact(from.slice('oci://'.length), ref.tag);
    const found = await buildAsFlux(builder, files, cluster, root);
    const wanted = await buildAsFlux(builder, await inGit(), cluster);
    expect(found.kustomizations).toEqual(wanted.kustomizations);
    const sourceRef = { kind: 'OCIRepository', name: 'res-edge' };
    expect(found.bill).toEqual(
      wanted.bill.map(object =>
        object.kind === 'Kustomization'
          ? { ...object, spec: { ...(object.spec as object), sourceRef } }
          : object,
      ),
    );
    expect(found.kustomizations.size).toBeGreaterThan(1);
  });

  it('gives a shard all that its clusters read, as one artifact', async () => {
    expect(await newProcess('shard').push()).toBe(1);
    const { files, annotations } = await pull('shards/shard-001');
    const tree = await inGit();
    expect([...files.keys()].sort()).toEqual(
      [...tree.keys()].filter(path => !path.startsWith('.res-edge/')).sort(),
    );
    const commit = await labs.fleet.repository.resolve(BRANCH);
    expect(annotations['org.opencontainers.image.revision']).toBe(
      `${BRANCH}@sha1:${commit}`,
    );
    const [cluster] = clusters();
    expect(await buildAsFlux(builder, files, cluster)).toEqual(
      await buildAsFlux(builder, tree, cluster),
    );
  });

  it('asks for nothing where nothing changed, and once for each cluster after a start', async () => {
    const first = newProcess();
    await first.push();
    const before = registry.requests.length;
    expect(await first.push()).toBe(0);
    expect(registry.requests).toHaveLength(before);
    expect(await newProcess().push()).toBe(0);
    expect(registry.requests.slice(before).map(({ method }) => method)).toEqual(
      clusters().map(() => 'GET'),
    );
  });

  it('moves the tags of the clusters that change, and no other', async () => {
    const process = newProcess();
    await process.push();
    const before = await digests();
    const billsBefore = await inGit();
    await change();
    const billsNow = await inGit();
    const changed = clusters().filter(cluster =>
      ['', 'values/'].some(folder => {
        const path = `clusters/${cluster}/${folder}kustomization.yaml`;
        return !billsBefore.get(path)!.equals(billsNow.get(path)!);
      }),
    );
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.length).toBeLessThan(clusters().length);
    registry.requests.length = 0;
    expect(await process.push()).toBe(changed.length);
    // Of each the tag that stays, and the one that moves.
    expect(registry.asked('PUT', /\/manifests\//)).toHaveLength(
      2 * changed.length,
    );
    expect(registry.asked('GET', /\/manifests\//)).toHaveLength(changed.length);
    const now = await digests();
    const moved = clusters().filter(name => now.get(name) !== before.get(name));
    expect(moved).toEqual(changed);
  });

  it('is finished by the next process where one died between blob and manifest', async () => {
    registry.fault = ({ method, path }) =>
      method === 'PUT' && path.includes('/manifests/')
        ? 'cut-before'
        : undefined;
    const died = newProcess();
    expect(await died.push()).toBe(0);
    const uploads = registry.asked('POST').length;
    expect(uploads).toBe(2 * clusters().length);
    registry.fault = () => undefined;
    expect(await newProcess().push()).toBe(clusters().length);
    expect(registry.asked('POST')).toHaveLength(uploads);
    const tree = await inGit();
    const [cluster] = clusters();
    const { files } = await pull(`clusters/${cluster}`);
    expect(await buildAsFlux(builder, files, cluster)).toEqual(
      await buildAsFlux(builder, tree, cluster),
    );
  });

  it('lets nobody see half of it where the process died before the tag moved', async () => {
    await newProcess().push();
    const before = await digests();
    await change();
    registry.fault = ({ method, path }) =>
      method === 'PUT' && path.endsWith('/manifests/latest')
        ? 'cut-before'
        : undefined;
    await newProcess().push();
    expect(await digests()).toEqual(before);
    registry.fault = () => undefined;
    await newProcess().push();
    expect(await digests()).not.toEqual(before);
  });

  it('reports what the registry refuses, pushes the others, and says when it is well again', async () => {
    const [refused] = clusters();
    registry.fault = ({ method, path }) =>
      method === 'POST' && path.includes(`/clusters/${refused}/`)
        ? { status: 403 }
        : undefined;
    const process = newProcess();
    expect(await process.push()).toBe(clusters().length - 1);
    expect(process.problems()).toEqual([
      {
        entity: '',
        field: 'resEdge.delivery.oci',
        message: expect.stringMatching(
          `^clusters/${refused} could not be pushed to the registry: POST .* was answered with 403`,
        ),
      },
    ]);
    expect(onChange).toHaveBeenCalledTimes(1);
    registry.fault = () => undefined;
    expect(await process.push()).toBe(1);
    expect(process.problems()).toEqual([]);
    expect(onChange).toHaveBeenCalledTimes(2);
  });

  it('moves no tag where another replica took over', async () => {
    const { state } = labs.fleet.stores;
    const taken: typeof state.assertFencing = async lease => {
      await state.releaseLease(lease);
      await state.acquireLease('artifacts', 'another', 60_000);
      await state.assertFencing(lease);
    };
    const process = newProcess('cluster', {
      state: new Proxy(state, {
        get: (store, key) =>
          key === 'assertFencing' ? taken : Reflect.get(store, key).bind(store),
      }),
    });
    await expect(process.push()).rejects.toThrow("The lease 'artifacts'");
    expect(registry.asked('PUT', /\/manifests\//)).toEqual([]);
  });

  it('looks again what the registry has, where another replica pushed meanwhile', async () => {
    const one = newProcess();
    await one.push();
    await newProcess().push();
    const before = registry.requests.length;
    expect(await one.push()).toBe(0);
    expect(registry.requests.length - before).toBe(clusters().length);
  });

  it('moves no tag back to what a replica knew before another one pushed', async () => {
    const { repository, delivery } = labs.fleet;
    const known = await delivery.tips();
    let fetched = false;
    const behind = newProcess('cluster', {
      repository: new Proxy(repository, {
        get: (target, key) =>
          key === 'fetch'
            ? async () => {
                fetched = true;
              }
            : Reflect.get(target, key).bind(target),
      }),
      delivery: {
        read: () => delivery.read(),
        tips: async () => (fetched ? delivery.tips() : known),
      },
    });
    await behind.push();
    await change();
    await newProcess().push();
    const newest = await digests();
    fetched = false;
    expect(await behind.push()).toBe(0);
    expect(await digests()).toEqual(newest);
  });

  it('leaves out a branch on which somebody else wrote, until it is put right', async () => {
    await newProcess().push();
    const before = await digests();
    const { repository } = labs.fleet;
    const parent = (await repository.resolve(BRANCH))!;
    const [cluster] = clusters();
    const path = `clusters/${cluster}/kustomization.yaml`;
    await repository.commit({
      ...{ branch: BRANCH, parent, message: 'By hand' },
      author: { name: 'Ann', email: 'ann@example.org' },
      changes: [{ path, content: 'resources: []\n' }],
    });
    expect(await newProcess().push()).toBe(0);
    // What is taken back is what clusters have.
    await labs.fleet.sync();
    expect(await repository.resolve(BRANCH)).not.toBe(parent);
    expect(await newProcess().push()).toBe(0);
    expect(await digests()).toEqual(before);
    await change();
    expect(await newProcess().push()).toBeGreaterThan(0);
  });
});
