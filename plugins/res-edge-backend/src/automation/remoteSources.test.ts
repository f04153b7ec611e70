import { TestDatabases } from '@backstage/backend-test-utils';
import {
  buildAsArgoCd,
  buildAsFlux,
  BuiltObject,
  KustomizeBuilder,
} from '@res-edge/backstage-plugin-res-edge-node';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pushArtifact, TestRegistry } from '../__testUtils__/registry';
import { migrationsFolder } from '../database/openDatabase';
import { ChartServer } from '../sources/__testUtils__/ChartServer';
import { packArchive, packChart } from '../sources/__testUtils__/packArchive';
import { shopYaml } from './__testUtils__/shopYaml';
import { createTestFleet, TestFleet } from './__testUtils__/TestFleet';

const CHART_LAYER = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';
const FLUX_LAYER = 'application/vnd.cncf.flux.content.v1.tar+gzip';
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const requests = { cpu: '100m', memory: '64Mi' };
/** All kinds of places that a value can have, and what no reader may change. */
const VALUES = {
  store: '${{ cluster.name }}',
  address: 'https://${{ cluster.posHost }}/x',
  lanes: '${{ cluster.lanes | number }}',
  tables: [{ name: 'a', on: '${{ cluster.open | boolean }}' }, 'yes', 0.5],
  theme: '${{ application.theme }}',
  nothing: null,
  empty: {},
};

jest.setTimeout(120_000);

describe('applications whose sources are Helm charts and OCI artifacts', () => {
  const builder = KustomizeBuilder.create();
  let folder: string;
  let yamlFolder: string;
  let registry: TestRegistry;
  let charts: ChartServer;
  let fleet: TestFleet;
  let chartDigest: string;

  beforeAll(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'res-edge-remote-'));
    yamlFolder = path.join(folder, 'fleet');
    await fs.mkdir(yamlFolder);
    registry = await TestRegistry.create();
    charts = await ChartServer.create();
    charts.list('web', new Map([['2.0.1', await packChart('web', '2.0.1')]]));
    chartDigest = await pushArtifact(registry, 'charts/pos', '1.4.0', [
      { mediaType: CHART_LAYER, content: await packChart('pos', '1.4.0') },
    ]);
    const knex = await databases.init('SQLITE_3');
    await knex.migrate.latest({ directory: migrationsFolder });
    const hosts = [registry, charts].map(({ host }) => ({
      ...{ host, insecure: true },
    }));
    fleet = await createTestFleet({
      ...{ knex, yamlFolder, gitFolder: path.join(folder, 'gitops.git') },
      direct: ['*'],
      reading: { resEdge: { sources: { hosts } } },
    });
  });

  afterAll(async () => {
    await registry.close();
    await charts.close();
    await fs.rm(folder, { recursive: true, force: true });
  });

  const pos = (change: object = {}) => ({
    source: {
      helm: {
        repository: `oci://${registry.host}/charts`,
        ...{ chart: 'pos', version: '1.4.0', values: VALUES, ...change },
      },
    },
    ...{ version: '1.4.0', requests, values: { theme: 'dark' } },
  });
  const web = () => ({
    source: {
      helm: { repository: charts.url, chart: 'web', version: '2.0.1' },
    },
    ...{ version: '2.0.1', requests, dependsOn: ['pos'] },
  });
  const menu = () => ({
    source: {
      oci: { repository: `oci://${registry.host}/menu`, tag: 'v1', path: 'x' },
    },
    version: '1',
  });

  async function register(
    applications: Record<string, object>,
    components?: object[],
  ) {
    const cluster = (name: string, gitops: string, posHost: string) => ({
      kind: 'EdgeCluster',
      name,
      spec: {
        ...{ gitops, groups: ['everywhere'] },
        values: { posHost, lanes: '2', open: 'true' },
      },
    });
    const text = shopYaml(applications, [
      cluster('by-flux', 'flux', '10.0.0.1'),
      cluster('by-argo', 'argocd', '10.0.0.1'),
      {
        ...{ kind: 'EdgeGroup', name: 'everywhere' },
        spec: { type: 'geography', components },
      },
    ]);
    await fs.writeFile(path.join(yamlFolder, 'all.yaml'), text);
    await fleet.sync();
  }

  async function built() {
    const { repository } = fleet;
    const commit = (await repository.resolve('delivery/shard-001'))!;
    const tree = await repository.read(commit, () => true);
    return {
      tree,
      flux: await buildAsFlux(builder, tree, 'by-flux'),
      argo: await buildAsArgoCd(builder, tree, 'by-argo'),
    };
  }

  const only = (objects: readonly BuiltObject[], kind: string) => {
    const found = objects.filter(object => object.kind === kind);
    expect(found).toHaveLength(1);
    return found[0] as BuiltObject & { spec: any };
  };

  it('are captured with what they then are', async () => {
    const content = await packArchive({
      'x/kustomization.yaml': 'resources: [a.yaml]\n',
      'x/a.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: menu }\ndata: { store: "${{ cluster.name }}" }\n',
    });
    const digest = await pushArtifact(registry, 'menu', 'v1', [
      { mediaType: FLUX_LAYER, content },
    ]);
    await register({ pos: pos(), web: web(), menu: menu() });
    expect(fleet.automation.view()!.problems).toEqual([]);
    const record = (name: string, version: string) =>
      fleet.read('main', `apps/${name}/versions/${version}/.capture.yaml`);
    expect(await record('menu', '1')).toContain(
      `oci://${registry.host}/menu x at v1, digest ${digest}`,
    );
    expect(await record('pos', '1.4.0')).toContain(
      `oci://${registry.host}/charts pos at 1.4.0, digest ${chartDigest}`,
    );
    expect(await record('web', '2.0.1')).toMatch(
      /charts web at 2\.0\.1, digest sha256:[0-9a-f]{64}/,
    );
    const chart = await fleet.read(
      'main',
      'apps/pos/versions/1.4.0/chart.yaml',
    );
    expect(chart).toContain('${{ cluster.posHost }}');
    // What main holds is not asked for again.
    const asked = registry.requests.length + charts.requests.length;
    await fleet.automation.run('again');
    expect(registry.requests.length + charts.requests.length).toBe(asked);
  });

  it('build to a release that Flux installs as the account of the namespace', async () => {
    const { bill, kustomizations } = (await built()).flux;
    const outer = bill.find(({ metadata }) => metadata.name === 'app-web')!;
    expect(outer.spec).toMatchObject({
      deletionPolicy: 'WaitForTermination',
      dependsOn: [{ name: 'ns-shop' }, { name: 'app-pos' }],
      ...{ prune: true, wait: true },
    });
    expect(outer.spec).not.toHaveProperty('serviceAccountName');
    expect(outer.spec).not.toHaveProperty('targetNamespace');

    const objects = kustomizations.get('app-pos')!;
    expect(objects).toHaveLength(2);
    expect(only(objects, 'OCIRepository')).toMatchObject({
      metadata: { name: 'app-pos', namespace: 'flux-system' },
      spec: {
        url: `oci://${registry.host}/charts/pos`,
        ref: { digest: chartDigest },
      },
    });
    expect(only(objects, 'HelmRelease')).toMatchObject({
      metadata: { name: 'app-pos', namespace: 'flux-system' },
      spec: {
        chartRef: { kind: 'OCIRepository', name: 'app-pos' },
        releaseName: 'pos',
        serviceAccountName: 'ns-shop',
        storageNamespace: 'shop',
        targetNamespace: 'shop',
        install: { crds: 'Skip' },
        upgrade: { crds: 'Skip' },
        values: {
          store: 'by-flux',
          address: 'https://10.0.0.1/x',
          lanes: 2,
          tables: [{ name: 'a', on: true }, 'yes', 0.5],
          theme: 'dark',
          nothing: null,
          empty: {},
        },
      },
    });
    const fromIndex = kustomizations.get('app-web')!;
    expect(only(fromIndex, 'HelmRepository').spec.url).toBe(charts.url);
    expect(only(fromIndex, 'HelmRelease').spec.chart.spec).toMatchObject({
      ...{ chart: 'web', version: '2.0.1' },
      sourceRef: { kind: 'HelmRepository', name: 'app-web' },
    });
    expect(kustomizations.get('app-menu')![0].data).toEqual({
      store: 'by-flux',
    });
  });

  it('build to an Application of Argo CD, with the same chart and the same values', async () => {
    const { flux, argo, tree } = await built();
    const outer = argo.bill.filter(({ kind }) => kind === 'Application');
    const projects = outer.map(({ metadata, spec }: any) => [
      metadata.name,
      spec.project,
    ]);
    expect(Object.fromEntries(projects)).toMatchObject({
      ...{ 'app-pos': 'res-edge', 'app-web': 'res-edge' },
      'app-menu': 'ns-shop',
    });
    const inner = only(argo.kustomizations.get('app-pos')!, 'Application');
    expect(inner).toMatchObject({
      metadata: { name: 'chart-pos', namespace: 'argocd' },
      spec: {
        destination: { namespace: 'shop' },
        project: 'ns-shop',
        source: {
          repoURL: `oci://${registry.host}/charts/pos`,
          targetRevision: chartDigest,
          helm: { releaseName: 'pos', skipCrds: true },
        },
      },
    });
    const release = only(flux.kustomizations.get('app-pos')!, 'HelmRelease');
    expect({
      ...inner.spec.source.helm.valuesObject,
      store: 'by-flux',
    }).toEqual(release.spec.values);
    // A reader of YAML 1.1 in JavaScript takes a dot for a number; those in Go do not.
    const [, text] = [...tree].find(([name]) =>
      /^apps\/pos\/.*\/application-chart-pos\.yaml$/.test(name),
    )!;
    expect(String(text)).toContain('    path: "."\n');
    const web1 = only(argo.kustomizations.get('app-web')!, 'Application');
    expect(web1.spec.source).toMatchObject({
      ...{ repoURL: charts.url, chart: 'web', targetRevision: '2.0.1' },
    });
  });

  it('take other values with a new version alone', async () => {
    const other = pos({ values: { theme: '${{ application.theme }}' } });
    await register({ pos: other });
    const [problem] = fleet.automation.view()!.problems;
    expect(problem).toMatchObject({
      entity: 'edgeapplication:default/pos',
      field: 'spec.version',
      message: expect.stringContaining('was captured from other files'),
    });
    await register({ pos: { ...other, version: '1.4.0-2' } });
    expect(fleet.automation.view()!.problems).toEqual([]);
    const { flux } = await built();
    const release = only(flux.kustomizations.get('app-pos')!, 'HelmRelease');
    expect(release.spec.values).toEqual({ theme: 'dark' });
  });

  it.each([
    ['requests', { requests: undefined }, 'spec.requests'],
    ['cluster values', { clusterValues: ['posHost'] }, 'spec.clusterValues'],
    [
      'patches',
      {
        overrides: [
          { name: 'a', selector: { all: true }, patches: ['./a.yaml'] },
        ],
      },
      'spec.overrides[0].patches',
    ],
  ])('are problems of their fields: %s', async (_, change, field) => {
    await fs.writeFile(path.join(yamlFolder, 'a.yaml'), '{}\n');
    await register({ pos: { ...pos(), version: '9', ...change } });
    expect(fleet.automation.view()!.problems).toEqual([
      expect.objectContaining({ field }),
    ]);
  });

  it('are a problem of their source where it cannot be read', async () => {
    await register({
      pos: { ...pos({ version: '7.0.0' }), version: '7.0.0' },
      menu: {
        ...menu(),
        version: '2',
        source: { oci: { repository: 'oci://192.0.2.1/x', tag: 'v1' } },
      },
    });
    expect(fleet.automation.view()!.problems).toEqual([
      expect.objectContaining({
        field: 'spec.source.oci',
        message: expect.stringContaining('https://192.0.2.1 may not be read'),
      }),
      expect.objectContaining({
        field: 'spec.source.helm',
        message: expect.stringContaining('was answered with 404'),
      }),
    ]);
  });

  it('take no components of groups: what applies them could do anything', async () => {
    const component = path.join(yamlFolder, 'audit');
    await fs.mkdir(component);
    const files = {
      'kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [a.yaml]\n',
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: audit }\n',
    };
    for (const [name, text] of Object.entries(files)) {
      await fs.writeFile(path.join(component, name), text);
    }
    const applications = { names: ['pos'] };
    const values = { theme: '${{ application.theme }}' };
    const current = { ...pos({ values }), version: '1.4.0-2' };
    await register({ pos: current }, [{ path: './audit', applications }]);
    const { problems } = fleet.automation.view()!;
    expect(problems).toContainEqual(
      expect.objectContaining({
        entity: 'edgegroup:default/everywhere',
        message: expect.stringContaining('written by Res-Edge alone'),
      }),
    );
    const { flux, argo } = await built();
    for (const { kustomizations } of [flux, argo]) {
      const kinds = kustomizations.get('app-pos')!.map(({ kind }) => kind);
      expect(kinds).not.toContain('ConfigMap');
    }
  });
});
