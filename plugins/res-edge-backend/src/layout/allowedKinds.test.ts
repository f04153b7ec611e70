import { renderBootstrap } from '@res-edge/backstage-plugin-res-edge-engine';
import {
  buildAsArgoCd,
  BuiltObject,
  KustomizeBuilder,
  parseObjects,
} from '@res-edge/backstage-plugin-res-edge-node';
import { builtCluster } from './__testUtils__/builtCluster';
import { DeliveredFleet } from './__testUtils__/DeliveredFleet';
import { entities, FILES, withSpec } from './__testUtils__/smallFleet';

jest.setTimeout(120_000);

const builder = KustomizeBuilder.create();
const ALLOWED = ['ClusterRole', 'HelmRelease', 'kube-system/RoleBinding'];
const RBAC = 'rbac.authorization.k8s.io';

/** The add-on `agent` brings these too. */
function filesWith(...documents: string[]): Map<string, string> {
  const text = [FILES.get('apps/agent/all.yaml'), ...documents].join('---\n');
  return new Map(FILES).set('apps/agent/all.yaml', text);
}

const ROLE = `apiVersion: ${RBAC}/v1
kind: ClusterRole
metadata: { name: agent }
rules: [{ apiGroups: [""], resources: [nodes], verbs: [get] }]
`;
const RELEASE = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: agent, namespace: "\${{ namespace.name }}" }
`;
const BINDING = `apiVersion: ${RBAC}/v1
kind: RoleBinding
metadata: { name: agent, namespace: kube-system }
roleRef: { apiGroup: ${RBAC}, kind: Role, name: extension-apiserver-authentication-reader }
subjects: [{ kind: ServiceAccount, name: agent, namespace: shop }]
`;
const ALL = filesWith(ROLE, RELEASE, BINDING);
/** The role of the add-on's account. */
const KINDS = 'res-edge-app-agent-kinds';

async function delivered(
  files: ReadonlyMap<string, string>,
  allowed: readonly string[] = ALLOWED,
  engine?: 'flux' | 'argocd',
) {
  const fleet = new DeliveredFleet(builder, engine);
  fleet.allowedKinds = new Map([['agent', allowed]]);
  await fleet.deliver({ entities: entities(), files });
  return fleet;
}

/** An object as the test reads it, whatever its kind is. */
type AnyObject = BuiltObject & Record<string, any>;

function find(objects: readonly BuiltObject[], kind: string, name: string) {
  return objects.find(
    object => object.kind === kind && object.metadata.name === name,
  ) as AnyObject | undefined;
}

const messages = ({ problems }: DeliveredFleet) =>
  problems.map(({ entity, message }) => `${entity} ${message}`).join('\n');

describe('what an add-on may bring beside what every application may', () => {
  it('is nothing by itself', async () => {
    const refused = messages(await delivered(ALL, []));
    expect(refused).toContain('ClusterRole belongs to the cluster');
    expect(refused).toContain('written by Res-Edge alone');
    expect(refused).toContain('got "kube-system"');
  });

  it('helps no application, and no other kind of that name', async () => {
    const other = ROLE.replace(RBAC, 'example.org');
    expect(messages(await delivered(filesWith(other)))).toContain(
      'ClusterRole belongs to the cluster',
    );
    const fleet = new DeliveredFleet(builder);
    fleet.allowedKinds = new Map([['agent', ALLOWED]]);
    const application = withSpec(entities(), 'agent', { type: 'application' });
    await fleet.deliver({ entities: application, files: ALL });
    expect(messages(fleet)).toContain('ClusterRole belongs to the cluster');
  });

  it('is applied by Flux as an account of its own, which may do just that', async () => {
    const fleet = await delivered(ALL);
    expect(fleet.problems).toEqual([]);
    expect(
      String(fleet.main.get('apps/agent/versions/1.0.0/.capture.yaml')),
    ).toContain(ALLOWED.map(kind => `  - ${kind}\n`).join(''));
    const { bill, kustomizations } = await builtCluster(builder, fleet, 'w1');
    const { spec } = find(bill, 'Kustomization', 'app-agent')!;
    expect(spec).toMatchObject({ serviceAccountName: 'app-agent' });
    expect(spec).not.toHaveProperty('targetNamespace');
    // The others stay as they are.
    expect(find(bill, 'Kustomization', 'app-redis')!.spec).toMatchObject({
      serviceAccountName: 'ns-shop',
      targetNamespace: 'shop',
    });

    const places = kustomizations
      .get('app-agent')!
      .map(({ kind, metadata }) => `${kind} ${metadata.namespace}`);
    expect(places.sort()).toEqual([
      'ClusterRole undefined',
      'ConfigMap shop',
      'HelmRelease shop',
      'RoleBinding kube-system',
    ]);

    const own = kustomizations.get('ns-shop')!;
    expect(find(own, 'ServiceAccount', 'app-agent')!.metadata).toMatchObject({
      namespace: 'flux-system',
      annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
    });
    const access = own.filter(({ metadata }) =>
      String(metadata.name).includes('app-agent'),
    ) as AnyObject[];
    const rules = access.flatMap(({ kind, metadata, rules: all = [] }) =>
      all.map(({ resources, verbs }: any) =>
        [kind, metadata.namespace ?? '', ...resources, ...verbs].join(' '),
      ),
    );
    const write = 'create delete get list patch update watch';
    expect(rules.sort()).toEqual([
      `ClusterRole  clusterroles ${write} escalate`,
      'Role kube-system clusterroles roles bind',
      `Role kube-system rolebindings ${write}`,
      `Role shop helmreleases ${write}`,
    ]);
    const bindings = access.filter(({ subjects }) => subjects);
    expect(
      bindings
        .map(({ metadata, roleRef }) =>
          [metadata.namespace, roleRef.kind, roleRef.name].join(' '),
        )
        .sort(),
    ).toEqual([
      ` ClusterRole ${KINDS}`,
      `kube-system Role ${KINDS}`,
      'shop ClusterRole admin',
      `shop Role ${KINDS}`,
    ]);
    for (const { subjects } of bindings) {
      expect(subjects).toEqual([
        { kind: 'ServiceAccount', name: 'app-agent', namespace: 'flux-system' },
      ]);
    }
  });

  it('is applied by Argo CD in a project of its own, as that account', async () => {
    const fleet = await delivered(ALL, ALLOWED, 'argocd');
    expect(fleet.problems).toEqual([]);
    const options = { url: 'https://git.example.com/fleet.git', branch: 'x' };
    const root = renderBootstrap({
      ...{ cluster: 'w1', engine: 'argocd', ...options },
    }).flatMap(({ content }) => parseObjects(content));
    const { bill, kustomizations } = await buildAsArgoCd(
      builder,
      fleet.treeOf('w1'),
      'w1',
      find(root, 'Application', 'res-edge')!,
    );
    const { spec } = find(bill, 'Application', 'app-agent')!;
    expect(spec).toMatchObject({
      project: 'app-agent',
      destination: { namespace: 'shop' },
    });
    expect(spec.source.kustomize).not.toHaveProperty('namespace');
    expect(find(bill, 'AppProject', 'app-agent')!.spec).toMatchObject({
      clusterResourceWhitelist: [{ group: RBAC, kind: 'ClusterRole' }],
      destinations: [{ namespace: 'shop' }, { namespace: 'kube-system' }],
      destinationServiceAccounts: [
        { namespace: 'shop', defaultServiceAccount: 'argocd:app-agent' },
        { namespace: 'kube-system', defaultServiceAccount: 'argocd:app-agent' },
      ],
    });
    const own = kustomizations.get('ns-shop')!;
    const account = find(own, 'ServiceAccount', 'app-agent')!;
    expect(account.metadata.namespace).toBe('argocd');
    // The project of what brings the account lets it.
    const { clusterResourceWhitelist } = find(
      root,
      'AppProject',
      'res-edge',
    )!.spec;
    for (const kind of ['ClusterRole', 'ClusterRoleBinding']) {
      expect(clusterResourceWhitelist).toContainEqual({ group: RBAC, kind });
    }
  });

  it('may still take away what an older version brought', async () => {
    const fleet = await delivered(ALL);
    const next = withSpec(entities(), 'agent', { version: '2.0.0' });
    await fleet.deliver({ entities: next, files: filesWith(RELEASE) });
    expect(fleet.problems).toEqual([]);
    const { kustomizations } = await builtCluster(builder, fleet, 'w1');
    const brought = kustomizations.get('app-agent')!.map(({ kind }) => kind);
    expect(brought).not.toContain('ClusterRole');
    const own = kustomizations.get('ns-shop')!;
    expect(find(own, 'ClusterRole', KINDS)).toBeDefined();
  });

  it('is one object for all namespaces: of two add-ons that bring it, one does', async () => {
    const fleet = new DeliveredFleet(builder);
    fleet.allowedKinds = new Map([
      ['agent', ['ClusterRole']],
      ['probe', ['ClusterRole']],
    ]);
    const probe = `${FILES.get('apps/probe/all.yaml')}---\n${ROLE}`;
    await fleet.deliver({
      entities: withSpec(entities(), 'probe', { type: 'addon' }),
      files: filesWith(ROLE).set('apps/probe/all.yaml', probe),
    });
    expect(messages(fleet)).toMatch(/agent.*probe|probe.*agent/);
    const { names } = await builtCluster(builder, fleet, 'w1');
    expect(names).toContain('app-agent');
    expect(names).not.toContain('app-probe');
  });
});
