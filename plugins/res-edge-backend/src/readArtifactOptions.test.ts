import { ConfigReader } from '@backstage/config';
import { readArtifactOptions } from './readArtifactOptions';

function read(oci?: object) {
  return readArtifactOptions(
    new ConfigReader({ resEdge: { delivery: oci && { oci } } }),
  );
}

describe('readArtifactOptions', () => {
  const url = 'oci://registry.example.com:5000/fleet/delivery';

  it('pushes nothing by itself', () => {
    expect(readArtifactOptions(new ConfigReader({}))).toBeUndefined();
    expect(read()).toBeUndefined();
  });

  it('pushes for each cluster, over TLS, as nobody in particular', () => {
    expect(read({ url })).toEqual({
      address: { host: 'registry.example.com:5000', path: 'fleet/delivery' },
      per: 'cluster',
      pullUrl: url,
      insecure: false,
      allowedHosts: [],
      concurrency: 8,
    });
  });

  it('reads what is configured', () => {
    const credentials = { username: 'me', password: 'secret' };
    const others = {
      ...{ per: 'shard', insecure: true, concurrency: 2 },
      ...{ pullUrl: 'oci://mirror.example.com/fleet', secret: 'registry' },
    };
    expect(
      read({
        url,
        ...others,
        ...credentials,
        allowedHosts: ['Auth.example.com'],
      }),
    ).toMatchObject({
      ...{ ...others, credentials, allowedHosts: ['auth.example.com'] },
    });
  });

  it.each([
    [{ url: 'registry.example.com/x' }, 'resEdge.delivery.oci.url: is no'],
    [{ url: 'oci://me:hidden@registry/x' }, 'resEdge.delivery.oci.url: is no'],
    [{ url: 'oci://registry.example.com' }, 'resEdge.delivery.oci.url: is no'],
    [{ url: 'oci://registry/Fleet' }, 'resEdge.delivery.oci.url: is no'],
    [{ url: 'oci://registry/a/../b' }, 'resEdge.delivery.oci.url: is no'],
    [{ url: 'oci://registry/a?x=y' }, 'resEdge.delivery.oci.url: is no'],
    [{}, 'resEdge.delivery.oci.url: Missing required config value'],
    [{ url, per: 'group' }, "oci.per: 'group' is unknown"],
    [{ url, password: 'hidden' }, "'username' and 'password' belong together"],
    [{ url, pullUrl: 'oci://x' }, 'resEdge.delivery.oci.pullUrl: is no'],
    [{ url, secret: 'A B' }, 'resEdge.delivery.oci.secret: "A B" is no'],
    [{ url, concurrency: 0 }, 'oci.concurrency: 0 is no number of artifacts'],
    [{ url, allowedHosts: ['https://x'] }, 'oci.allowedHosts: "https://x"'],
  ])('refuses %j', (oci, message) => {
    expect(() => read(oci)).toThrow(message);
    expect(() => read(oci)).not.toThrow('hidden');
  });
});
