import {
  pullArtifact,
  RegistryAuth,
  REGISTRY_USER,
  TestRegistry,
} from '../__testUtils__/registry';
import { Artifact } from './Artifact';
import { ArtifactPusher } from './ArtifactPusher';
import { RegistryClient } from './RegistryClient';

const origin = {
  branch: 'delivery/shard-001',
  commit: '0123456789abcdef0123456789abcdef01234567',
  date: new Date('2026-03-04T05:06:07Z'),
  url: 'https://git.example.com/fleet.git',
};
const artifact: Artifact = {
  repository: 'clusters/a',
  files: [],
  content: 'one',
};
const files = new Map([
  ['clusters/a/kustomization.yaml', Buffer.from('kind: Kustomization\n')],
  [`apps/${'long-'.repeat(30)}/b.yaml`, Buffer.from('kind: ConfigMap\n')],
]);

describe('a client of a real registry', () => {
  let registry: TestRegistry;

  const start = async (auth: RegistryAuth = 'none') => {
    registry = await TestRegistry.create({ auth });
  };
  const clientWith = (
    options: Partial<Parameters<typeof RegistryClient.create>[0]> = {},
  ) =>
    RegistryClient.create({
      address: { host: registry.host, path: 'fleet' },
      insecure: true,
      firstWaitMilliseconds: 1,
      ...options,
    });
  const pusherWith = (options = {}) =>
    ArtifactPusher.create({ registry: clientWith(options) });
  const push = async (options = {}) => {
    const pusher = pusherWith(options);
    const uploaded = await pusher.upload(artifact, files, origin);
    await pusher.publish(uploaded, async () => {});
  };
  const pulled = () => pullArtifact(`${registry.host}/fleet/clusters/a`);

  afterEach(() => registry.close());

  it('pushes what Flux pulls, with where it comes from', async () => {
    await start();
    expect(await pusherWith().isPushed(artifact)).toBe(false);
    await push();
    expect(await pusherWith().isPushed(artifact)).toBe(true);
    const found = await pulled();
    expect(new Map([...found.files].sort())).toEqual(
      new Map([...files].sort()),
    );
    expect(found.annotations).toEqual({
      'org.opencontainers.image.created': '2026-03-04T05:06:07.000Z',
      'org.opencontainers.image.revision': `delivery/shard-001@sha1:${origin.commit}`,
      'org.opencontainers.image.source': origin.url,
      'res-edge.io/content': 'one',
    });
    const stays = await pullArtifact(
      `${registry.host}/fleet/clusters/a`,
      '2026-03-04-0123456789ab',
    );
    expect(stays.digest).toBe(found.digest);
    await push();
    expect((await pulled()).digest).toBe(found.digest);
  });

  it('says who it is, by a token for each repository', async () => {
    await start('token');
    await expect(push()).rejects.toThrow('answered with 401');
    await push({ credentials: REGISTRY_USER });
    expect(
      await pusherWith({ credentials: REGISTRY_USER }).isPushed(artifact),
    ).toBe(true);
    const wrong = { ...REGISTRY_USER, password: 'not-to-be-seen' };
    await expect(push({ credentials: wrong })).rejects.toThrow(
      /^GET http:\/\/[^ ]+\/token was answered with 401: no token is given$/,
    );
  });

  it('says who it is by name and password', async () => {
    await start('basic');
    await push({ credentials: REGISTRY_USER });
    const wrong = { ...REGISTRY_USER, password: 'not-to-be-seen' };
    const refused = await push({ credentials: wrong }).catch(String);
    expect(refused).toContain('answered with 401');
    expect(refused).not.toContain('not-to-be-seen');
  });

  it('sends credentials to no host that nobody allowed', async () => {
    await start();
    const other = await TestRegistry.create({ auth: 'token' });
    try {
      registry.fault = ({ path }) =>
        path.startsWith('/v2/fleet/')
          ? {
              status: 401,
              headers: {
                'www-authenticate': `Bearer realm="http://${other.host}/token",service="test"`,
              },
            }
          : undefined;
      await expect(push({ credentials: REGISTRY_USER })).rejects.toThrow(
        `http://${other.host} may not be asked; resEdge.delivery.oci.allowedHosts would allow it`,
      );
      expect(other.requests).toEqual([]);
      const allowed = { allowedHosts: [other.host] };
      await expect(
        push({ credentials: REGISTRY_USER, ...allowed }),
      ).rejects.toThrow('answered with 401');
      expect(other.asked('GET', /^\/token/)).toHaveLength(1);
    } finally {
      await other.close();
    }
  });

  it('sends content to no host but the registry', async () => {
    await start();
    registry.fault = ({ method }) =>
      method === 'POST'
        ? { status: 202, headers: { location: 'http://127.0.0.1:1/x' } }
        : undefined;
    await expect(push()).rejects.toThrow('it names another host to upload to');
  });

  it.each([
    'cut-before' as const,
    'cut-after' as const,
    { status: 429, headers: { 'retry-after': '0' } },
    { status: 500 },
    { status: 502 },
    { status: 503 },
  ])('gets through where a request ends with %j', async fault => {
    await start();
    await push();
    const { length } = registry.requests;
    const { digest } = await pulled();
    await registry.close();
    for (let number = 1; number <= length; number++) {
      await start();
      registry.fault = asked => (asked.number === number ? fault : undefined);
      await push();
      expect(registry.requests.length).toBeGreaterThan(length);
      registry.fault = () => undefined;
      expect((await pulled()).digest).toBe(digest);
      await registry.close();
    }
    await start();
  });

  it('does not try again what will not pass', async () => {
    await start();
    registry.fault = ({ method }) =>
      method === 'POST' ? { status: 403 } : undefined;
    await expect(push()).rejects.toThrow(
      /^POST http:\S+\/v2\/fleet\/clusters\/a\/blobs\/uploads\/ was answered with 403: FAULT test$/,
    );
    expect(registry.asked('POST')).toHaveLength(1);
  });

  it('gives up after a while', async () => {
    await start();
    registry.fault = () => 'cut-before';
    await expect(clientWith().getManifest('x', 'latest')).rejects.toThrow(
      /^GET http:\S+: /,
    );
    expect(registry.requests).toHaveLength(4);
  });
});
