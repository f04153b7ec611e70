import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { JsonObject } from '@backstage/types';
import {
  pushArtifact,
  REGISTRY_USER,
  TestRegistry,
} from '../__testUtils__/registry';
import { ChartServer } from './__testUtils__/ChartServer';
import { packChart } from './__testUtils__/packArchive';
import { ChartReader } from './ChartReader';
import { SourceHosts } from './SourceHosts';

const CREDENTIALS = { username: 'ann', password: 'secret-of-ann' };
const CHART_LAYER = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';

function readerOf(...hosts: JsonObject[]): ChartReader {
  const config = new ConfigReader({ resEdge: { sources: { hosts } } });
  const integrations = ScmIntegrations.fromConfig(config);
  return ChartReader.create(SourceHosts.fromConfig(config, integrations));
}

describe('charts of a repository with an index', () => {
  let server: ChartServer;
  const own = () => ({ host: server.host, insecure: true });
  const source = (version = '1.2.0', chart = 'pos') => ({
    ...{ repository: server.url, chart, version },
  });

  beforeEach(async () => {
    server = await ChartServer.create();
    server.list(
      'pos',
      new Map([
        ['1.10.0', await packChart('pos', '1.10.0')],
        ['1.2.0', await packChart('pos', '1.2.0')],
      ]),
    );
  });

  afterEach(() => server.close());

  it('have a digest, which is asked for once', async () => {
    const reader = readerOf(own());
    const { digest } = await reader.read(source());
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    await reader.read(source());
    expect(server.requests.map(({ url }) => url)).toEqual([
      '/charts/index.yaml',
      '/charts/pos-1.2.0.tgz',
    ]);
  });

  it('have versions, as they are written', async () => {
    const versions = await readerOf(own()).versions(source());
    expect(versions).toEqual(['1.10.0', '1.2.0']);
  });

  it.each([
    ['3.0.0', 'pos', 'does not list version 3.0.0'],
    ['1.2.0', 'constructor', "does not list the chart 'constructor'"],
  ])('say what is not there: %s of %s', async (version, chart, message) => {
    const read = readerOf(own()).read(source(version, chart));
    await expect(read).rejects.toThrow(message);
  });

  it('are refused where the archive is another one', async () => {
    const file = '/charts/pos-1.2.0.tgz';
    server.answers.set(file, { body: await packChart('pos', '1.3.0') });
    await expect(readerOf(own()).read(source())).rejects.toThrow(
      'and the index of',
    );
    for (const [chart, version, message] of [
      ['pos', '1.3.0', "is of 'pos' 1.3.0, not of 'pos' 1.2.0"],
      ['../../x', '1.2.0', 'it must be relative'],
    ]) {
      const archive = await packChart(chart, version);
      server.list('pos', new Map([['1.2.0', archive]]));
      await expect(readerOf(own()).read(source())).rejects.toThrow(message);
    }
    const body = 'entries: [';
    server.answers.set('/charts/index.yaml', { body });
    await expect(readerOf(own()).read(source())).rejects.toThrow(
      'index.yaml is no valid YAML',
    );
  });

  it('are asked for as who is configured, and by no error told', async () => {
    const reader = readerOf({ ...own(), ...CREDENTIALS });
    await reader.read(source());
    const wanted = `Basic ${btoa('ann:secret-of-ann')}`;
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(
      [wanted, wanted],
    );
    server.answers.set('/charts/index.yaml', { status: 401 });
    const error = await reader.read(source('9.9.9')).catch(String);
    expect(error).toContain('was answered with 401');
    expect(error).not.toContain('secret');
  });

  it('lead to no host that is not configured, and take no credentials along', async () => {
    const other = await ChartServer.create();
    try {
      await expect(readerOf().read(source())).rejects.toThrow(
        'may not be read',
      );
      expect(server.requests).toEqual([]);

      const file = '/charts/pos-1.2.0.tgz';
      const { body } = server.answers.get(file)!;
      const location = `http://${other.host}/x?signature=secret`;
      server.answers.set(file, { status: 302, headers: { location } });
      other.answers.set('/x?signature=secret', { body });
      const user = { ...own(), ...CREDENTIALS };
      const error = await readerOf(user).read(source()).catch(String);
      expect(error).toContain(`http://${other.host} may not be read`);
      expect(other.requests).toEqual([]);

      const both = readerOf(user, { host: other.host, insecure: true });
      await both.read(source());
      expect(other.requests[0].headers).not.toHaveProperty('authorization');

      server.answers.set(file, { status: 302, headers: { location: file } });
      await expect(readerOf(own()).read(source())).rejects.toThrow(
        'is redirected to where nothing can be read',
      );
    } finally {
      await other.close();
    }
  });

  it('are not asked for again at once where their host does not answer', async () => {
    const reader = readerOf(own());
    server.answers.set('/charts/index.yaml', { cut: true });
    const error = await reader.read(source()).catch(String);
    expect(error).toContain('/charts/index.yaml cannot be read: ');
    const asked = server.requests.length;
    expect(await reader.read(source()).catch(String)).toBe(error);
    expect(server.requests).toHaveLength(asked);
  });

  it('take no credentials over a line that is only allowed to be read', async () => {
    const config = new ConfigReader({
      resEdge: { sources: { hosts: [{ host: server.host, ...CREDENTIALS }] } },
      backend: { reading: { allow: [{ host: server.host }] } },
    });
    const integrations = ScmIntegrations.fromConfig(config);
    const hosts = SourceHosts.fromConfig(config, integrations);
    await ChartReader.create(hosts).read(source());
    expect(server.requests).toHaveLength(2);
    for (const { headers } of server.requests)
      expect(headers).not.toHaveProperty('authorization');
  });

  it('are asked without TLS only where that is said', async () => {
    const reader = readerOf({ host: server.host });
    await expect(reader.read(source())).rejects.toThrow('may not be read');
    expect(server.requests).toEqual([]);
  });
});

describe.each(['none', 'basic', 'token'] as const)(
  'charts of a registry that asks for %s',
  auth => {
    let registry: TestRegistry;

    beforeAll(async () => {
      registry = await TestRegistry.create({ auth });
    });

    afterAll(() => registry.close());

    const source = (version: string) => ({
      repository: `oci://${registry.host}/charts`,
      ...{ chart: 'pos', version },
    });
    const push = async (version: string) =>
      pushArtifact(registry, 'charts/pos', version.replace('+', '_'), [
        { mediaType: CHART_LAYER, content: await packChart('pos', version) },
      ]);

    it('have the digest of their manifest, and versions', async () => {
      const digest = await push('1.2.0');
      const other = await push('1.2.0+build.7');
      const user = auth === 'none' ? {} : REGISTRY_USER;
      const reader = readerOf({ host: registry.host, insecure: true, ...user });
      expect(await reader.read(source('1.2.0'))).toEqual({ digest });
      expect(await reader.read(source('1.2.0+build.7'))).toEqual({
        digest: other,
      });
      expect(await reader.versions(source(''))).toEqual([
        '1.2.0',
        '1.2.0+build.7',
      ]);
      await expect(reader.read(source('9.0.0'))).rejects.toThrow(
        'was answered with 404',
      );
    });

    it('are not there for who is unknown, where it asks', async () => {
      const reader = readerOf({ host: registry.host, insecure: true });
      const answer = await reader.read(source('1.2.0')).then(
        () => 'read',
        error => error.message,
      );
      expect(answer).toContain(
        auth === 'none' ? 'read' : 'was answered with 401',
      );
    });
  },
);
