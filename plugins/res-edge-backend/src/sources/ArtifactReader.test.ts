import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { pushArtifact, TestRegistry } from '../__testUtils__/registry';
import { packArchive } from './__testUtils__/packArchive';
import { ArtifactReader } from './ArtifactReader';
import { SourceHosts } from './SourceHosts';

const FLUX_LAYER = 'application/vnd.cncf.flux.content.v1.tar+gzip';
const PLAIN_LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';
const FILES = {
  'README.md': 'x',
  './deploy/kustomization.yaml': 'resources: [a.yaml]\n',
  './deploy/base/a.yaml': 'a',
  'deployed.yaml': 'not below deploy',
};

describe('ArtifactReader', () => {
  let registry: TestRegistry;

  beforeAll(async () => {
    registry = await TestRegistry.create();
  });

  afterAll(() => registry.close());

  function reader(hosts = [{ host: registry.host, insecure: true }]) {
    const config = new ConfigReader({ resEdge: { sources: { hosts } } });
    const integrations = ScmIntegrations.fromConfig(config);
    return ArtifactReader.create(SourceHosts.fromConfig(config, integrations));
  }

  const repository = () => `oci://${registry.host}/team/pos`;
  const push = async (tag: string, ...mediaTypes: string[]) => {
    const content = await packArchive(FILES);
    const layers = mediaTypes.map(mediaType => ({ mediaType, content }));
    return pushArtifact(registry, 'team/pos', tag, layers);
  };

  it.each([
    ['that Flux pushed', [FLUX_LAYER]],
    ['of one plain layer', [PLAIN_LAYER]],
    ['of Flux with other layers beside', [PLAIN_LAYER, FLUX_LAYER]],
  ])('reads a folder of an artifact %s', async (_, types) => {
    const digest = await push('v1', ...types);
    const path = './deploy/';
    const read = await reader().read({
      ...{ repository: repository(), tag: 'v1', path },
    });
    expect(read.digest).toBe(digest);
    expect([...read.files.keys()].sort()).toEqual([
      'base/a.yaml',
      'kustomization.yaml',
    ]);
    const whole = await reader().read({ repository: repository(), digest });
    expect(whole.files.size).toBe(4);
  });

  it('follows a tag that moves, and fetches no content twice', async () => {
    const own = reader();
    const source = { repository: repository(), tag: 'moving' };
    const first = await push('moving', FLUX_LAYER);
    expect((await own.read(source)).digest).toBe(first);
    const second = await push('moving', PLAIN_LAYER);
    expect((await own.read(source)).digest).toBe(second);
    const fetched = registry.asked('GET', /blobs/).length;
    await own.read(source);
    expect(registry.asked('GET', /blobs/)).toHaveLength(fetched);
  });

  it.each([
    ['no layer of a kind that is known', ['application/x.wasm'], '.', 'wasm'],
    ['two that could be meant', [PLAIN_LAYER, PLAIN_LAYER], '.', 'one layer'],
    ['another folder', [FLUX_LAYER], 'nowhere', "no folder 'nowhere'"],
    ['a file as its folder', [FLUX_LAYER], 'README.md', 'no folder'],
    ['a path that leaves it', [FLUX_LAYER], '../x', 'leaves the artifact'],
  ])('refuses %s', async (_, types, path, message) => {
    await push('odd', ...types);
    const read = reader().read({ repository: repository(), tag: 'odd', path });
    await expect(read).rejects.toThrow(message);
  });

  it('compares what it gets with its digest', async () => {
    const digest = await push('v3', FLUX_LAYER);
    registry.fault = ({ path }) =>
      path.includes('/manifests/')
        ? { status: 200, body: { layers: [] } }
        : undefined;
    try {
      const read = reader().read({ repository: repository(), digest });
      await expect(read).rejects.toThrow('gives other bytes');
    } finally {
      registry.fault = () => undefined;
    }
  });

  it('lists tags, and asks no registry that is not configured', async () => {
    await push('v4', FLUX_LAYER);
    const source = { repository: repository(), tag: 'v4' };
    expect(await reader().tags(source)).toContain('v4');
    const asked = registry.requests.length;
    await expect(reader([]).read(source)).rejects.toThrow('may not be read');
    expect(registry.requests).toHaveLength(asked);
  });
});
