import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { JsonObject } from '@backstage/types';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { SourceServer } from './__testUtils__/SourceServer';
import { GitSourceReader } from './GitSourceReader';

jest.setTimeout(60_000);

describe('GitSourceReader', () => {
  let folder: string;
  let source: SourceServer;
  let first: string;

  beforeAll(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-source-'));
    source = await SourceServer.create(folder);
    first = await source.commit(
      {
        'deploy/kustomization.yaml': 'resources: [a.yaml]\n',
        'deploy/base/a.yaml': 'x',
        'deployed.yaml': 'not below deploy',
      },
      'v1',
    );
  });

  afterAll(async () => {
    await source.server.close();
    await fs.rm(folder, { recursive: true, force: true });
  });

  function reader(config: JsonObject = source.config): GitSourceReader {
    const root = new ConfigReader(config);
    return GitSourceReader.fromConfig(root, ScmIntegrations.fromConfig(root));
  }

  it.each(['main', 'v1'])('reads a folder as it is at %s', async revision => {
    const { files, commit } = await reader().read({
      ...{ url: source.url, path: './deploy/', revision },
    });
    expect(commit).toBe(first);
    expect([...files.keys()]).toEqual(['base/a.yaml', 'kustomization.yaml']);
    expect(Buffer.from(files.get('base/a.yaml')!).toString()).toBe('x');
  });

  it('reads the root, and a whole commit without asking twice', async () => {
    const readable = reader();
    const given = { url: source.url, revision: first };
    const { files } = await readable.read(given);
    expect([...files.keys()]).toContain('deployed.yaml');
    const asked = source.server.requests.length;
    await readable.read(given);
    expect(source.server.requests).toHaveLength(asked);
  });

  it.each([
    ['nowhere', 'main', "there is no folder 'nowhere'"],
    ['deployed.yaml', 'main', "'deployed.yaml' is no folder"],
    ['../x', 'main', 'not allowed'],
    ['deploy', 'v9', "'v9' of http://"],
  ])('says what is wrong with %s at %s', async (at, revision, message) => {
    const given = { url: source.url, path: at, revision };
    await expect(reader().read(given)).rejects.toThrow(message);
  });

  it('takes no link, and no more than is allowed', async () => {
    await source.link('linked', '/etc');
    await source.commit({ 'large/x.yaml': 'x'.repeat(1_000_002) });
    const read = (at?: string) =>
      reader().read({ url: source.url, path: at, revision: 'main' });
    await expect(read()).rejects.toThrow("'linked' is a symbolic link");
    for (const filter of ['false', 'true']) {
      await source.server.git('config', 'uploadpack.allowFilter', filter);
      await expect(read('large')).rejects.toThrow('more than 1000000 bytes');
      expect((await read('deploy')).files.size).toBe(2);
    }
    const many = Array.from({ length: 501 }, (_, i) => [`many/${i}`, 'x']);
    await source.commit(Object.fromEntries(many));
    await expect(read('many')).rejects.toThrow('at most 500 are allowed');
  });

  it('asks no host that is not configured, and none without TLS that an integration alone names', async () => {
    const given = { url: source.url, revision: 'v1' };
    const before = source.server.requests.length;
    const { integrations } = source.config;
    await expect(reader({}).read(given)).rejects.toThrow('may not be read');
    await expect(reader({ integrations }).read(given)).rejects.toThrow(
      'backend.reading.allow',
    );
    const allow = [{ host: source.server.host, paths: ['/fleet/other'] }];
    const elsewhere = { integrations, backend: { reading: { allow } } };
    await expect(reader(elsewhere).read(given)).rejects.toThrow(
      'may not be read',
    );
    expect(source.server.requests).toHaveLength(before);
  });

  it('takes no token over an open line to a host whose integration has TLS', async () => {
    const { host } = source.server;
    const { integrations, backend } = source.config;
    const [{ token }] = integrations.gitlab;
    const baseUrl = `https://${host}`;
    const apiBaseUrl = `${baseUrl}/api/v4`;
    const gitlab = [{ host, token, baseUrl, apiBaseUrl }];
    const secure = { integrations: { gitlab }, backend };
    const given = { url: source.url, revision: 'v1' };
    // The server gives nothing to who shows no token.
    await expect(reader(secure).read(given)).rejects.toThrow('cannot be read');
  });

  it('follows no redirection', async () => {
    source.server.fault = () => ({
      status: 302,
      headers: { location: 'http://127.0.0.1:9/' },
    });
    try {
      const given = { url: source.url, revision: 'v1' };
      await expect(reader().read(given)).rejects.toThrow('cannot be read');
    } finally {
      source.server.fault = () => undefined;
    }
  });
});
