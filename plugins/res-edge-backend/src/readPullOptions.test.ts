import { ConfigReader } from '@backstage/config';
import { readPullOptions } from './readPullOptions';

function read(delivery: object, git: object = {}) {
  return readPullOptions(new ConfigReader({ resEdge: { delivery, git } }));
}

describe('readPullOptions', () => {
  const url = 'https://git.example.com/fleet.git';

  it('knows Flux and nothing else by itself', () => {
    expect(readPullOptions(new ConfigReader({}))).toEqual({ engine: 'flux' });
  });

  it('reads what is configured; clusters pull from where it is pushed to, unless it says something else', () => {
    const secret = 'res-edge';
    expect(read({ url, gitops: 'argocd', secret })).toEqual({
      ...{ engine: 'argocd', url, secret },
    });
    expect(read({}, { url }).url).toBe(url);
    expect(read({ url }, { url: 'https://other.example.com/x' }).url).toBe(url);
    expect(read({}, { url: 'file:///srv/x.git' }).url).toBeUndefined();
    const ssh = 'ssh://git@git.example.com/fleet.git';
    expect(read({ url: ssh }).url).toBe(ssh);
  });

  it.each([
    [{ gitops: 'fleet' }, "resEdge.delivery.gitops: 'fleet' is unknown"],
    [{ url: 'git.example.com/x' }, 'resEdge.delivery.url: is no URL'],
    [{ url: "https://x/'$(reboot)'" }, 'resEdge.delivery.url: is no URL'],
    [{ url: 'file:///srv/x' }, "resEdge.delivery.url: 'file:' is unknown"],
    [{ url: 'https://me:secret@x/y' }, 'url: holds credentials'],
    [{ secret: 'Not A Name' }, 'resEdge.delivery.secret: "Not A Name" is no'],
  ])('refuses %j', (delivery, message) => {
    expect(() => read(delivery)).toThrow(message);
    expect(() => read(delivery)).not.toThrow('me:secret');
  });
});
