import { TestRegistry, REGISTRY_USER } from './TestRegistry';

describe('the registry of tests', () => {
  let registry: TestRegistry;

  afterEach(() => registry.close());

  const ask = (path: string, init?: RequestInit) =>
    fetch(new URL(path, `http://${registry.host}`), init);

  it('is a real one, and remembers what it was asked', async () => {
    registry = await TestRegistry.create();
    const response = await ask('/v2/');
    expect(response.status).toBe(200);
    expect(response.headers.get('docker-distribution-api-version')).toBe(
      'registry/2.0',
    );
    expect((await ask('/v2/fleet/manifests/latest')).status).toBe(404);
    expect(registry.asked('GET')).toEqual([
      'GET /v2/',
      'GET /v2/fleet/manifests/latest',
    ]);
  });

  it('asks for a token of the repository, and gives it to whom it knows', async () => {
    registry = await TestRegistry.create({ auth: 'token' });
    const path = '/v2/fleet/a/manifests/latest';
    const refused = await ask(path);
    expect(refused.status).toBe(401);
    const challenge = refused.headers.get('www-authenticate')!;
    const realm = /realm="([^"]+)"/.exec(challenge)![1];
    const scope = /scope="([^"]+)"/.exec(challenge)![1];
    const tokens = `${realm}?service=test&scope=${scope}`;
    expect((await fetch(tokens)).status).toBe(401);
    const { username, password } = REGISTRY_USER;
    const given = await fetch(tokens, {
      headers: { authorization: `Basic ${btoa(`${username}:${password}`)}` },
    });
    const { token } = await given.json();
    const headers = { authorization: `Bearer ${token}` };
    expect((await ask(path, { headers })).status).toBe(404);
    const other = await ask('/v2/fleet/b/manifests/latest', { headers });
    expect(other.status).toBe(401);
  });
});
