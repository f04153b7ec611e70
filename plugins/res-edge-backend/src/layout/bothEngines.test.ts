import { renderBootstrap } from '@res-edge/backstage-plugin-res-edge-engine';
import {
  buildAsArgoCd,
  buildAsFlux,
  BuiltObject,
  KustomizeBuilder,
  parseObjects,
} from '@res-edge/backstage-plugin-res-edge-node';
import { DeliveredFleet } from './__testUtils__/DeliveredFleet';
import {
  CLUSTERS,
  entities,
  FILES,
  withSpec,
} from './__testUtils__/smallFleet';

jest.setTimeout(120_000);

const builder = KustomizeBuilder.create();
const URL = 'https://git.example.com/fleet.git';
const HOUR = 60 * 60 * 1000;

function rootOf(cluster: string): BuiltObject {
  const documents = renderBootstrap({
    ...{ cluster, engine: 'argocd', url: URL, branch: 'delivery/shard-001' },
  });
  const { content } = documents.find(({ name }) => name === 'res-edge.yaml')!;
  return parseObjects(content).find(({ kind }) => kind === 'Application')!;
}

async function builtByArgoCd(fleet: DeliveredFleet, name: string) {
  return buildAsArgoCd(builder, fleet.treeOf(name), name, rootOf(name));
}

/** What is built, but for where each engine lives on a cluster. */
function comparable(
  kustomizations: ReadonlyMap<string, readonly BuiltObject[]>,
): Record<string, unknown> {
  const text = JSON.stringify(
    [...kustomizations]
      .filter(([name]) => !name.startsWith('addons-'))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  expect(text).not.toContain('resedgedummy');
  return JSON.parse(text.replace(/"(flux-system|argocd)"/g, '"engine"'));
}

function waveOf({ metadata }: BuiltObject): number {
  const annotations = metadata.annotations as Record<string, string>;
  return Number(annotations['argocd.argoproj.io/sync-wave']);
}

/** Each wave with what it applies; Argo CD takes away in the reverse order. */
function waves(bill: readonly BuiltObject[]): Record<number, string[]> {
  const found: Record<number, string[]> = {};
  for (const object of bill) {
    if (!object.apiVersion.startsWith('argoproj.io/')) continue;
    const names = (found[waveOf(object)] ??= []);
    names.push(`${object.kind} ${object.metadata.name}`);
  }
  return found;
}

describe('a small fleet, delivered to Argo CD', () => {
  let flux: DeliveredFleet;
  let argo: DeliveredFleet;

  beforeAll(async () => {
    flux = new DeliveredFleet(builder);
    argo = new DeliveredFleet(builder, 'argocd');
    await flux.deliver({ entities: entities(), files: FILES });
    await argo.deliver({ entities: entities(), files: FILES });
  });

  it('has no problems, and no file of Flux', () => {
    expect(argo.problems).toEqual([]);
    const files = [...argo.treeOf('w1').keys()];
    expect(files.filter(file => /\/(?:flux|stage)\//.test(file))).toEqual([]);
    expect(
      files
        .filter(file => file.startsWith('apps/probe/'))
        .map(file => file.replace(/revisions\/\w+/, 'D')),
    ).toEqual([
      'apps/probe/D/argocd/app-probe.yaml',
      'apps/probe/D/argocd/kustomization.yaml',
      'apps/probe/D/manifests/configmap-probe.yaml',
      'apps/probe/D/manifests/kustomization.yaml',
    ]);
  });

  it.each(CLUSTERS.map(({ metadata }) => metadata.name))(
    'builds on %s what Flux builds there',
    async name => {
      const byFlux = await buildAsFlux(builder, flux.treeOf(name), name);
      const byArgoCd = await builtByArgoCd(argo, name);
      expect(comparable(byArgoCd.kustomizations)).toEqual(
        comparable(byFlux.kustomizations),
      );
      const audit = ({ bill }: typeof byFlux) =>
        bill.filter(({ metadata }) => metadata.name === 'audit').length;
      expect(audit(byArgoCd)).toBe(audit(byFlux));
    },
  );

  it('orders by waves: projects, namespaces, add-ons, then by dependency', async () => {
    const { bill } = await builtByArgoCd(argo, 'w1');
    expect(waves(bill)).toEqual({
      '-1': ['AppProject ns-shop', 'AppProject ns-tools'],
      0: ['Application ns-shop', 'Application ns-tools'],
      1: ['Application app-agent', 'Application app-probe'],
      2: ['Application app-redis'],
      3: ['Application app-pos'],
    });
  });

  it('applies as the account of the namespace, from the repository of the bootstrap', async () => {
    const { bill, kustomizations } = await builtByArgoCd(argo, 'e1');
    const named = (kind: string, name: string) =>
      bill.find(
        object => object.kind === kind && object.metadata.name === name,
      )!;
    const tree = argo.treeOf('e1');
    const { source, ...spec } = named('Application', 'app-pos').spec as {
      source: { path: string };
    };
    expect(tree.has(`${source.path}/kustomization.yaml`)).toBe(true);
    expect(spec).toMatchObject({
      project: 'ns-shop',
      destination: { namespace: 'shop' },
      syncPolicy: { automated: { prune: true, selfHeal: true } },
    });
    expect(source).toMatchObject({
      repoURL: URL,
      targetRevision: 'delivery/shard-001',
      kustomize: {
        namespace: 'shop',
        components: [
          '../../../../../clusters/e1/values',
          expect.stringMatching(
            /^(?:\.\.\/){5}groups\/geo\.east\/revisions\/\w+\/components\/tax$|tax$/,
          ),
        ],
      },
    });
    expect(named('AppProject', 'ns-shop').spec).toMatchObject({
      destinations: [{ namespace: 'shop' }],
      clusterResourceWhitelist: [],
      destinationServiceAccounts: [
        { namespace: 'shop', defaultServiceAccount: 'argocd:ns-shop' },
      ],
    });
    const account = kustomizations
      .get('ns-shop')!
      .find(({ kind }) => kind === 'ServiceAccount')!;
    expect(account.metadata).toMatchObject({
      name: 'ns-shop',
      namespace: 'argocd',
    });
    expect(named('ConfigMap', 'audit').metadata.namespace).toBe('argocd');
  });

  it('never takes a Namespace away unless it says so', async () => {
    const { kustomizations } = await builtByArgoCd(argo, 'w1');
    const annotations = (name: string) =>
      kustomizations.get(name)!.find(({ kind }) => kind === 'Namespace')!
        .metadata.annotations;
    expect(annotations('ns-shop')).toMatchObject({
      'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
    });
    expect(annotations('ns-tools')).toBeUndefined();
  });

  it('lets applications leave first, and their namespace with its account an hour later', async () => {
    const left = withSpec(entities(), 'tools', {
      selector: { include: ['e2'] },
    });
    await argo.deliver({ entities: left, files: FILES });
    const first = waves((await builtByArgoCd(argo, 'w1')).bill);
    expect(Object.values(first).flat()).not.toContain('Application app-probe');
    expect(first[0]).toContain('Application ns-tools');
    expect(first[-1]).toContain('AppProject ns-tools');
    argo.now = new Date(HOUR);
    await argo.deliver({ entities: left, files: FILES });
    const then = waves((await builtByArgoCd(argo, 'w1')).bill);
    expect(Object.values(then).flat().join()).not.toContain('tools');
  });
});

describe('a fleet with both engines', () => {
  const withEngine = (name: string, gitops: string) =>
    withSpec(entities(), name, { gitops });

  it('gives each cluster revisions of its own engine, and no shard what nobody reads', async () => {
    const fleet = new DeliveredFleet(builder);
    await fleet.deliver({ entities: withEngine('w2', 'argocd'), files: FILES });
    expect(fleet.problems).toEqual([]);
    const bill = (name: string) =>
      String(fleet.treeOf(name).get(`clusters/${name}/kustomization.yaml`));
    expect(bill('w2')).toMatch(/\/argocd # 1\.0\.0$/m);
    expect(bill('w2')).not.toContain('flux');
    expect(bill('w1')).not.toContain('argocd');
    const tree = fleet.treeOf('w1');
    // The application of a namespace that w2 is not in has no revision for Argo CD.
    const engines = (application: string) =>
      [...tree.keys()]
        .filter(file => file.startsWith(`apps/${application}/`))
        .flatMap(file => /\/(flux|argocd)\/kustom/.exec(file)?.[1] ?? [])
        .sort();
    expect(engines('probe')).toEqual(['flux']);
    expect(engines('redis')).toEqual(['argocd', 'flux']);
  });

  it('changes the engine of a cluster as a whole', async () => {
    const fleet = new DeliveredFleet(builder);
    await fleet.deliver({ entities: entities(), files: FILES });
    const before = new Map(fleet.treeOf('w1'));
    const [{ clusters }] = await fleet.deliver({
      entities: withEngine('w1', 'argocd'),
      files: FILES,
    });
    expect(clusters).toEqual(['w1']);
    const { bill } = await builtByArgoCd(fleet, 'w1');
    expect(waves(bill)[3]).toEqual(['Application app-pos']);
    await fleet.deliver({ entities: entities(), files: FILES });
    const path = 'clusters/w1/kustomization.yaml';
    expect(fleet.treeOf('w1').get(path)).toEqual(before.get(path));
  });
});
