import {
  buildAsFlux,
  KustomizeBuilder,
} from '@res-edge/backstage-plugin-res-edge-node';
import { builtCluster } from './__testUtils__/builtCluster';
import { DeliveredFleet } from './__testUtils__/DeliveredFleet';
import { entities, FILES, NASTY, withSpec } from './__testUtils__/smallFleet';

jest.setTimeout(120_000);

const TAX = 'components/tax/tax.yaml';
const AUDIT = 'components/audit/kustomization.yaml';

describe('components of groups that do not build together', () => {
  const builder = KustomizeBuilder.create();
  let builds: number;
  let fleet: DeliveredFleet;

  beforeEach(async () => {
    builds = 0;
    fleet = new DeliveredFleet({
      build: async (files, folder) => {
        if (folder?.includes('/revisions/') || folder === 'clusters/check')
          builds++;
        return builder.build(files, folder);
      },
    });
    await fleet.deliver({ entities: entities(), files: FILES });
  });

  function bill(cluster: string): string {
    const path = `clusters/${cluster}/kustomization.yaml`;
    return String(fleet.treeOf(cluster).get(path));
  }

  it('are built once for each combination that some cluster gets', async () => {
    // geo.east: pos with its tax, and the audit in the clusters' own builds.
    expect(builds).toBe(2);
    await fleet.deliver({ entities: entities(), files: FILES });
    expect(builds).toBe(2);
    await fleet.deliver({
      entities: entities({ values: { tag: 'x', copies: '1' } }),
      files: FILES,
    });
    expect(builds).toBe(3);
  });

  it('leave what is delivered where a new version does not build with them, and only there', async () => {
    const before = bill('e1');
    const files = new Map(FILES);
    files.set(
      'apps/pos/all.yaml',
      FILES.get('apps/pos/all.yaml')!.replaceAll('name: pos', 'name: till'),
    );
    files.delete('patches/west.yaml');
    await fleet.deliver({
      entities: entities({ version: '2.0.0', overrides: [] }),
      files,
    });
    expect(bill('e1')).toBe(before);
    expect(bill('w1')).toContain('flux # 2.0.0');
    const built = await buildAsFlux(builder, fleet.treeOf('e1'), 'e1');
    expect([...built.kustomizations.keys()]).toContain('app-pos');
    const found = fleet.problems.filter(({ message }) =>
      message.includes(
        "component '2-tax' of group 'geo.east' does not build with application 'pos'",
      ),
    );
    expect(found.map(({ entity }) => entity)).toEqual([
      'edgegroup:default/geo.east',
      'edgeapplication:default/pos',
    ]);
    expect(found[1].message).toContain('2 clusters (e1, e2)');
  });

  it('leave what is delivered where a new component does not build', async () => {
    const before = bill('e1');
    const files = new Map(FILES);
    files.set(TAX, FILES.get(TAX)!.replace('name: pos', 'name: nothing'));
    files.set(
      'components/audit/audit.yaml',
      FILES.get('components/audit/audit.yaml')!.replace('audit', 'other'),
    );
    files.set(
      AUDIT,
      'kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\npatches: [{ path: audit.yaml }]\n',
    );
    expect(await fleet.deliver({ entities: entities(), files })).toEqual([]);
    expect(bill('e1')).toBe(before);
    const groups = fleet.problems.filter(
      ({ entity }) => entity === 'edgegroup:default/geo.east',
    );
    expect(groups.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringContaining("component '2-tax'"),
        expect.stringContaining("in the cluster's own build"),
      ]),
    );
  });
});

describe('what a component of a group may not bring', () => {
  const builder = KustomizeBuilder.create();
  const brought = (kind: string, rest = '', apiVersion = 'v1') =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: x }\n${rest}`;
  const REFUSED: [string, string, string][] = [
    [
      'a Secret with data',
      brought('Secret', 'stringData: { a: b }\n'),
      'a Secret with data does not go into Git',
    ],
    [
      'a kind of the cluster',
      brought('ClusterRole', '', 'rbac.authorization.k8s.io/v1'),
      'ClusterRole belongs to the cluster',
    ],
    [
      'an object of another namespace',
      brought('ConfigMap').replace(
        'name: x',
        'name: x, namespace: kube-system',
      ),
      'must be left out, or the namespace of the application, got "kube-system"',
    ],
    [
      'an object of Flux',
      brought('HelmRelease', '', 'helm.toolkit.fluxcd.io/v2'),
      'objects of Flux and Argo CD are written by Res-Edge alone',
    ],
    [
      'the values of the cluster',
      brought('ConfigMap').replace('name: x', 'name: cluster-values'),
      'cluster-values',
    ],
  ];

  it.each(REFUSED)(
    'is %s: it goes neither into an application nor into a cluster',
    async (_, object, message) => {
      const fleet = new DeliveredFleet(builder);
      await fleet.deliver({ entities: entities(), files: FILES });
      const bill = () =>
        String(fleet.treeOf('e1').get('clusters/e1/kustomization.yaml'));
      const before = bill();
      const files = new Map(FILES);
      files.set('components/audit/audit.yaml', object);
      files.set('components/tax/more.yaml', object);
      files.set(
        'components/tax/kustomization.yaml',
        `${FILES.get(
          'components/tax/kustomization.yaml',
        )}resources: [more.yaml]\n`,
      );
      await fleet.deliver({ entities: entities(), files });
      expect(bill()).toBe(before);
      const found = fleet.problems.filter(
        ({ entity }) => entity === 'edgegroup:default/geo.east',
      );
      const text = (into: string) =>
        found.find(problem => problem.message.includes(into))?.message;
      expect(text("'2-tax'")).toContain(message);
      expect(text("in the cluster's own build")).toContain(message);
    },
  );
});

describe('components of groups that read values of the cluster', () => {
  const builder = KustomizeBuilder.create();
  const AUDIT_FILE = 'components/audit/audit.yaml';
  const files = new Map(FILES);
  files.set(
    AUDIT_FILE,
    `apiVersion: v1
kind: ConfigMap
metadata: { name: audit, namespace: flux-system }
data: { store: "\${{ cluster.name }}-audit", ring: "\${{ cluster.labels.ring }}" }
`,
  );
  files.set(
    TAX,
    `apiVersion: v1
kind: ConfigMap
metadata: { name: pos }
data: { tax: "\${{ cluster.host }}" }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: pos }
spec:
  revisionHistoryLimit: \${{ cluster.lanes | number }}
  template:
    spec:
      containers:
        - name: app
          env: [{ name: LANES, value: "\${{ cluster.lanes }}" }]
`,
  );

  function objectsOf(objects: readonly { kind: string }[] | undefined) {
    return new Map(objects?.map(object => [object.kind, object]));
  }

  it('get them in the builds of applications and in the own build of each cluster', async () => {
    const fleet = new DeliveredFleet(builder);
    await fleet.deliver({ entities: entities(), files });
    expect(fleet.problems).toEqual([]);
    const { bill, kustomizations } = await builtCluster(builder, fleet, 'e2');
    expect(bill.filter(({ kind }) => kind === 'ConfigMap')).toEqual([
      expect.objectContaining({
        metadata: { name: 'audit', namespace: 'flux-system' },
        data: { store: 'e2-audit', ring: 'prod' },
      }),
    ]);
    const pos = objectsOf(kustomizations.get('app-pos'));
    expect(pos.get('ConfigMap')).toMatchObject({ data: { tax: NASTY } });
    expect(pos.get('Deployment')).toMatchObject({
      spec: {
        revisionHistoryLimit: 5,
        template: {
          spec: { containers: [{ env: [{ name: 'LANES', value: '5' }] }] },
        },
      },
    });
    const e1 = await builtCluster(builder, fleet, 'e1');
    expect(
      objectsOf(e1.kustomizations.get('app-pos')).get('ConfigMap'),
    ).toMatchObject({ data: { tax: 'east.example' } });
    const revisions = (name: string) =>
      String(
        fleet.treeOf(name).get(`clusters/${name}/kustomization.yaml`),
      ).match(/groups\/\S+/g);
    expect(revisions('e1')).toEqual(revisions('e2'));
  });

  it('keep a cluster as it is where a value is missing, by the name of the group, and nothing else', async () => {
    const fleet = new DeliveredFleet(builder);
    await fleet.deliver({ entities: entities(), files: FILES });
    const lacking = new Map(files);
    lacking.set(
      AUDIT_FILE,
      files.get(AUDIT_FILE)!.replace('labels.ring', 'zone'),
    );
    lacking.set(TAX, files.get(TAX)!.replace('cluster.host', 'cluster.zone'));
    const zoned = withSpec(entities({ version: '2.0.0' }), 'e1', {
      values: { lanes: '2', open: 'true', zone: 'z' },
    });
    await fleet.deliver({ entities: zoned, files: lacking });
    const missing =
      'cannot be delivered to 1 cluster (e2), what is delivered there stays: component';
    expect(
      fleet.problems.map(({ entity, message }) => [entity, message]),
    ).toEqual([
      [
        'edgeapplication:default/pos',
        `${missing} '2-tax' of group 'geo.east': nothing sets \${{ cluster.zone }}`,
      ],
      [
        'edgegroup:default/geo.east',
        `${missing} '1-audit' of group 'geo.east': nothing sets \${{ cluster.zone }}`,
      ],
      [
        'edgegroup:default/geo.east',
        `${missing} '2-tax' of group 'geo.east': nothing sets \${{ cluster.zone }}`,
      ],
    ]);
    const e1 = await builtCluster(builder, fleet, 'e1');
    expect(
      objectsOf(e1.kustomizations.get('app-pos')).get('ConfigMap'),
    ).toMatchObject({ data: { tax: 'z' } });
    const e2 = await builtCluster(builder, fleet, 'e2');
    expect(
      objectsOf(e2.kustomizations.get('app-pos')).get('ConfigMap'),
    ).toMatchObject({ data: { tax: 'east' } });
    const bills = ['e1', 'e2', 'w1'].map(name =>
      String(fleet.treeOf(name).get(`clusters/${name}/kustomization.yaml`)),
    );
    expect(bills.map(text => /apps\/pos\/.* # (\S+)/.exec(text)?.[1])).toEqual([
      '2.0.0',
      '1.0.0',
      '2.0.0',
    ]);
  });

  it('are held where a value would not arrive in the place that it is for', async () => {
    const fleet = new DeliveredFleet(builder);
    await fleet.deliver({ entities: entities(), files: FILES });
    // What a patch adds to a list comes first, so that the second one shifts what the first one added.
    const ports = (port: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: pos }
spec:
  template: { spec: { containers: [{ name: app, ports: [{ ${port} }] }] } }
`;
    const shifted = new Map(FILES);
    shifted.set(
      TAX,
      ports('containerPort: 8080, hostIP: "${{ cluster.host }}"'),
    );
    shifted.set(
      'components/tax/more.yaml',
      ports('containerPort: 8081, hostIP: 127.0.0.1'),
    );
    shifted.set(
      'components/tax/kustomization.yaml',
      'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{ path: tax.yaml }, { path: more.yaml }]\n',
    );
    await fleet.deliver({
      entities: entities({ version: '2.0.0' }),
      files: shifted,
    });
    expect(fleet.problems.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringContaining(
          'the value of ${{ cluster.host }} does not arrive where it should',
        ),
      ]),
    );
    const text = String(
      fleet.treeOf('e1').get('clusters/e1/kustomization.yaml'),
    );
    expect(text).toMatch(/apps\/pos\/.* # 1\.0\.0/);
  });
});
