import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { pullUrlOf, readPullOptions } from './readPullOptions';

function read(delivery: object, git: object = {}) {
  return readPullOptions(new ConfigReader({ resEdge: { delivery, git } }));
}

describe('readPullOptions', () => {
  const url = 'https://git.example.com/fleet.git';

  it('knows Flux and nothing else by itself', () => {
    expect(readPullOptions(new ConfigReader({}))).toEqual({
      engine: 'flux',
      transport: 'git',
    });
  });

  it('reads what is configured; clusters pull from where it is pushed to, unless it says something else', () => {
    const secret = 'res-edge';
    expect(read({ url, gitops: 'argocd', secret })).toEqual({
      ...{ engine: 'argocd', url, secret, transport: 'git' },
    });
    expect(read({}, { url }).url).toBe(url);
    expect(read({ url }, { url: 'https://other.example.com/x' }).url).toBe(url);
    expect(read({}, { url: 'file:///srv/x.git' }).url).toBeUndefined();
    const shardRepositories = 'https://git.example.com/{shard}';
    expect(read({ shardRepositories }, { url }).url).toBe(shardRepositories);
    expect(read({ shardRepositories, url }).url).toBe(url);
    const ssh = 'ssh://git@git.example.com/fleet.git';
    expect(read({ url: ssh }).url).toBe(ssh);
  });

  it('knows the repositories of environments, but where each shard has one', () => {
    const pullUrl = 'ssh://git@git.example.com/prod';
    const environmentRepositories = [
      { name: 'dev', url: 'https://git.example.com/dev' },
      { name: 'prod', url: 'https://git.example.com/prod', pullUrl },
    ];
    const options = read({ url, environmentRepositories });
    expect(options.environmentUrls).toEqual(
      new Map([
        ['dev', 'https://git.example.com/dev'],
        ['prod', pullUrl],
      ]),
    );
    expect(pullUrlOf(options, 'prod-012')).toBe(pullUrl);
    expect(pullUrlOf(options, 'shard-001')).toBe(url);
    const shardRepositories = 'https://git.example.com/{shard}';
    const both = read({ shardRepositories, environmentRepositories });
    expect(pullUrlOf(both, 'prod-012')).toBe(
      'https://git.example.com/prod-012',
    );
  });

  it('lets clusters follow artifacts where there are some, unless it says something else', () => {
    const oci = { url: 'oci://registry.example.com/fleet' };
    expect(read({ oci }).transport).toBe('oci');
    expect(read({ oci, transport: 'git' }).transport).toBe('git');
  });

  it('knows where clusters report to, where they may', () => {
    const backend = { baseUrl: 'https://portal.example.com/' };
    const status = { key: 'k'.repeat(32) };
    const of = (config: JsonObject) =>
      readPullOptions(new ConfigReader(config)).statusUrl;
    expect(of({ backend, resEdge: { status } })).toBe(
      'https://portal.example.com/api/res-edge',
    );
    expect(of({ backend })).toBeUndefined();
  });

  it.each([
    [{ gitops: 'fleet' }, "resEdge.delivery.gitops: 'fleet' is unknown"],
    [{ url: 'git.example.com/x' }, 'resEdge.delivery.url: is no URL'],
    [{ url: "https://x/'$(reboot)'" }, 'resEdge.delivery.url: is no URL'],
    [{ url: 'file:///srv/x' }, "resEdge.delivery.url: 'file:' is unknown"],
    [{ url: 'https://me:secret@x/y' }, 'url: holds credentials'],
    [
      {
        environmentRepositories: [
          { name: 'prod', url: 'https://x/y', pullUrl: 'file:///z' },
        ],
      },
      "resEdge.delivery.environmentRepositories[0].pullUrl: 'file:' is unknown",
    ],
    [{ transport: 'ssh' }, "resEdge.delivery.transport: 'ssh' is unknown"],
    [{ transport: 'oci' }, "'oci' needs resEdge.delivery.oci"],
    [{ secret: 'Not A Name' }, 'resEdge.delivery.secret: "Not A Name" is no'],
  ])('refuses %j', (delivery, message) => {
    expect(() => read(delivery)).toThrow(message);
    expect(() => read(delivery)).not.toThrow('me:secret');
  });
});
