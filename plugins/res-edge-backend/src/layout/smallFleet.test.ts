import {
  parseBill,
  Snapshot,
} from '@res-edge/backstage-plugin-res-edge-engine';
import {
  BuiltObject,
  KustomizeBuilder,
} from '@res-edge/backstage-plugin-res-edge-node';
import { builtCluster } from './__testUtils__/builtCluster';
import { DeliveredFleet } from './__testUtils__/DeliveredFleet';
import { CLUSTERS, entities, FILES, NASTY } from './__testUtils__/smallFleet';

jest.setTimeout(120_000);

const builder = KustomizeBuilder.create();

function built(fleet: DeliveredFleet, name: string) {
  return builtCluster(builder, fleet, name);
}

function dataOf(objects: readonly BuiltObject[] | undefined) {
  return objects?.find(({ kind }) => kind === 'ConfigMap')?.data;
}

describe('a small fleet, delivered', () => {
  let fleet: DeliveredFleet;

  beforeAll(async () => {
    fleet = new DeliveredFleet(builder);
    await fleet.deliver({ entities: entities(), files: FILES });
  });

  it('has no problems, and captures what the manifests request', () => {
    expect(fleet.problems).toEqual([]);
    const pos = fleet.captures.find(({ application: name }) => name === 'pos')!;
    expect(pos.requests).toEqual({ cpu: '200m', memory: '20Mi', pods: '2' });
    expect(pos.clusterKeys).toEqual([
      'host',
      'labels.ring',
      'lanes',
      'name',
      'open',
    ]);
  });

  it('gives each cluster what the engine places there', async () => {
    const all = ['addons-shop', 'app-agent', 'app-pos', 'app-redis', 'ns-shop'];
    expect((await built(fleet, 'e1')).names).toEqual(all);
    expect((await built(fleet, 'w2')).names).toEqual(all);
    expect((await built(fleet, 'w1')).names).toEqual(
      [...all, 'app-probe', 'ns-tools'].sort(),
    );
    expect((await built(fleet, 'x1')).names).toEqual([]);
    expect((await built(fleet, 'e3')).names).toEqual([]);
  });

  it('fills in values of all scopes, as the strings or types that they are', async () => {
    const e2 = await built(fleet, 'e2');
    expect(dataOf(e2.kustomizations.get('app-pos'))).toEqual({
      on: 'yes',
      mode: '0644',
      tag: '1e3',
      vlan: '0123',
      host: NASTY,
      url: `https://${NASTY}/x/e2/y`,
      'ring.label': 'prod',
      tax: 'east',
    });
    const pos = e2.kustomizations
      .get('app-pos')!
      .find(({ kind }) => kind === 'Deployment')!;
    expect(pos).toMatchObject({
      metadata: { name: 'pos', namespace: 'shop' },
      spec: {
        replicas: 2,
        paused: false,
        minReadySeconds: 5,
        template: {
          spec: {
            containers: [{ image: 'registry.example.com/5/pos:1.0.0' }],
            volumes: [{ configMap: { defaultMode: 0o644 } }],
          },
        },
      },
    });
  });

  it('gives an override, its patches too, to the clusters that it selects', async () => {
    const w1 = await built(fleet, 'w1');
    expect(dataOf(w1.kustomizations.get('app-pos'))).toMatchObject({
      tag: 'west',
      patched: 'w1',
      host: 'h.example',
      'ring.label': 'beta',
    });
  });

  it('puts components of groups into the builds that they are for', async () => {
    const e1 = await built(fleet, 'e1');
    expect(e1.bill.map(({ metadata }) => metadata.name)).toContain('audit');
    expect(dataOf(e1.kustomizations.get('app-pos'))).toMatchObject({
      tax: 'east',
    });
    expect(dataOf(e1.kustomizations.get('app-redis'))).not.toHaveProperty(
      'tax',
    );
    const w2 = await built(fleet, 'w2');
    expect(w2.bill.map(({ metadata }) => metadata.name)).not.toContain('audit');
    expect(dataOf(w2.kustomizations.get('app-pos'))).not.toHaveProperty('tax');
  });

  it('orders by dependsOn, and applies as the account of the namespace', async () => {
    const { bill } = await built(fleet, 'w1');
    const flux = new Map(bill.map(object => [object.metadata.name, object]));
    expect(flux.get('app-pos')!.spec).toMatchObject({
      dependsOn: [
        { name: 'ns-shop' },
        { name: 'addons-shop' },
        { name: 'app-redis' },
      ],
      interval: '10m',
      prune: true,
      retryInterval: '1m',
      serviceAccountName: 'ns-shop',
      sourceRef: { kind: 'GitRepository', name: 'res-edge' },
      targetNamespace: 'shop',
      timeout: '5m',
      wait: true,
      components: ['../../../../../clusters/w1/values'],
    });
    expect(flux.get('addons-shop')!.spec).toMatchObject({
      dependsOn: [{ name: 'ns-shop' }, { name: 'app-agent' }],
    });
    expect(flux.get('app-agent')!.spec).toMatchObject({
      dependsOn: [{ name: 'ns-shop' }],
    });
    expect(flux.get('ns-shop')!.spec).not.toHaveProperty('targetNamespace');
    expect(flux.get('ns-shop')!.spec).not.toHaveProperty('serviceAccountName');
  });

  it('gives namespaces what applies to them', async () => {
    const { kustomizations } = await built(fleet, 'w1');
    const shop = kustomizations.get('ns-shop')!;
    const kinds = shop.map(
      ({ kind, metadata }) => `${kind} ${metadata.namespace ?? ''}`,
    );
    expect(kinds.sort()).toEqual([
      'LimitRange shop',
      'Namespace ',
      'NetworkPolicy shop',
      'ResourceQuota shop',
      'RoleBinding shop',
      'ServiceAccount flux-system',
    ]);
    expect(
      shop.find(({ kind }) => kind === 'Namespace')!.metadata,
    ).toMatchObject({
      annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
      labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
    });
    const tools = kustomizations.get('ns-tools')!;
    expect(
      tools.find(({ kind }) => kind === 'Namespace')!.metadata,
    ).not.toHaveProperty('annotations');
  });

  it('reads its bills back', () => {
    for (const [shard, tree] of fleet.trees) {
      expect(shard).toBe('shard-001');
      const text = String(tree.get('clusters/e1/kustomization.yaml'));
      const bill = parseBill('e1', text);
      expect(
        bill.applications.map(({ name, version }) => [name, version]),
      ).toEqual([
        ['agent', '1.0.0'],
        ['pos', '1.0.0'],
        ['redis', '1.0.0'],
      ]);
      expect(bill.groups.map(({ name }) => name)).toEqual(['geo.east']);
    }
  });

  it('renders nothing where nothing changed', async () => {
    expect(await fleet.deliver({ entities: entities(), files: FILES })).toEqual(
      [],
    );
  });

  it('delivers a changed value of one override to its clusters alone', async () => {
    const other = new DeliveredFleet(builder);
    await other.deliver({ entities: entities(), files: FILES });
    const [shard] = await other.deliver({
      entities: entities({
        overrides: [
          {
            name: 'west',
            selector: { groups: ['geo.west'] },
            values: { tag: 'new' },
          },
        ],
      }),
      files: FILES,
    });
    expect(shard.clusters).toEqual(['w1', 'w2']);
    const paths = shard.changes.map(({ path }) =>
      path.replace(/[0-9a-f]{12}/, 'D'),
    );
    expect(paths).toEqual([
      'apps/pos/revisions/D/flux/app-pos.yaml',
      'apps/pos/revisions/D/flux/kustomization.yaml',
      'apps/pos/revisions/D/manifests/configmap-pos.yaml',
      'apps/pos/revisions/D/manifests/deployment-pos.yaml',
      'apps/pos/revisions/D/manifests/kustomization.yaml',
      'clusters/w1/kustomization.yaml',
      'clusters/w2/kustomization.yaml',
    ]);
  });

  it('leaves a broken application at its last good state, and removes clusters that are gone', async () => {
    const other = new DeliveredFleet(builder);
    await other.deliver({ entities: entities(), files: FILES });
    const before = String(
      other.treeOf('e1').get('clusters/e1/kustomization.yaml'),
    );
    const [shard] = await other.render(
      Snapshot.create({
        clusters: CLUSTERS.filter(
          ({ metadata }) => metadata.name !== 'x1',
        ) as never,
        groups: [
          ...other.plan.snapshot.groups.roots,
          'geo.east',
          'geo.west',
        ].map(name => other.plan.snapshot.groups.get(name)!),
      }),
      builds => builds.filter(({ application: name }) => name !== 'pos'),
    );
    expect(shard.clusters).toEqual(['x1']);
    expect(shard.changes).toEqual([
      { path: 'clusters/x1/kustomization.yaml' },
      { path: 'clusters/x1/values/kustomization.yaml' },
    ]);
    expect(
      String(other.treeOf('e1').get('clusters/e1/kustomization.yaml')),
    ).toBe(before);
    expect(other.problems.map(({ entity }) => entity)).toContain(
      'edgeapplication:default/pos',
    );
  });

  it('leaves out an application whose value a cluster lacks, with what needs it, and says where', async () => {
    const lacking = new DeliveredFleet(builder);
    const files = new Map(FILES);
    files.set(
      'apps/redis/all.yaml',
      `${FILES.get('apps/redis/all.yaml')}  zone: \${{ cluster.timeZone }}\n`,
    );
    await lacking.deliver({ entities: entities(), files });
    expect((await built(lacking, 'w2')).names).toContain('app-pos');
    expect((await built(lacking, 'e1')).names).toEqual([
      'addons-shop',
      'app-agent',
      'ns-shop',
    ]);
    expect(lacking.problems).toEqual([
      {
        entity: 'edgeapplication:default/pos',
        field: '',
        message:
          "cannot be delivered to 3 clusters (e1, e2, w1), what is delivered there stays: 'redis', which it depends on, cannot be delivered",
      },
      {
        entity: 'edgeapplication:default/redis',
        field: '',
        message:
          'cannot be delivered to 3 clusters (e1, e2, w1), what is delivered there stays: nothing sets ${{ cluster.timeZone }}',
      },
    ]);
  });
});
