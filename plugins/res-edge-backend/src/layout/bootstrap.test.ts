import {
  BootstrapOptions,
  renderBootstrap,
} from '@res-edge/backstage-plugin-res-edge-engine';
import {
  KustomizeBuilder,
  parseObjects,
} from '@res-edge/backstage-plugin-res-edge-node';

const OPTIONS: BootstrapOptions = {
  cluster: 'tx-1',
  engine: 'flux',
  url: 'https://git.example.com/fleet.git',
  branch: 'delivery/shard-001',
  secret: 'res-edge',
};

function documents(options: BootstrapOptions) {
  return new Map(
    renderBootstrap(options).map(({ name, content }) => [name, content]),
  );
}

/** What of Flux's manifests matters here. */
const FLUX = `apiVersion: v1
kind: Namespace
metadata: { name: flux-system }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: source-controller, namespace: flux-system }
spec:
  strategy: { type: Recreate }
  template:
    spec:
      containers:
        - name: manager
          image: registry.example.com/source-controller
          volumeMounts:
            - { name: data, mountPath: /data }
            - { name: tmp, mountPath: /tmp }
      volumes:
        - { name: data, emptyDir: {} }
        - { name: tmp, emptyDir: {} }
`;

describe('the bootstrap of a cluster with Flux', () => {
  it('reads its folder of its shard, and waits for no application', () => {
    const text = documents(OPTIONS).get('res-edge.yaml')!;
    const [repository, root] = parseObjects(text);
    expect(repository).toMatchObject({
      kind: 'GitRepository',
      metadata: { name: 'res-edge', namespace: 'flux-system' },
      spec: {
        url: OPTIONS.url,
        ref: { branch: 'delivery/shard-001' },
        secretRef: { name: 'res-edge' },
      },
    });
    expect(root).toMatchObject({
      kind: 'Kustomization',
      spec: {
        path: './clusters/tx-1',
        prune: true,
        wait: false,
        sourceRef: { kind: 'GitRepository', name: 'res-edge' },
      },
    });
    const open = documents({ ...OPTIONS, secret: undefined });
    expect(open.get('res-edge.yaml')).not.toContain('secretRef');
  });

  it('keeps on a volume what source-controller has fetched', async () => {
    const files = documents(OPTIONS).set('flux.yaml', FLUX);
    const built = parseObjects(await KustomizeBuilder.create().build(files));
    const claim = built.find(({ kind }) => kind === 'PersistentVolumeClaim')!;
    const deployment = built.find(({ kind }) => kind === 'Deployment')!;
    expect(deployment.spec).toMatchObject({
      template: {
        spec: {
          containers: [{ volumeMounts: [{ name: 'data' }, { name: 'tmp' }] }],
        },
      },
    });
    const { volumes } = (
      deployment.spec as { template: { spec: { volumes: unknown[] } } }
    ).template.spec;
    expect(volumes).toEqual([
      {
        name: 'data',
        persistentVolumeClaim: { claimName: claim.metadata.name },
      },
      { name: 'tmp', emptyDir: {} },
    ]);
    expect(claim.metadata.namespace).toBe('flux-system');
  });

  it('is made by Azure Arc with the same names, which bills count on', () => {
    const all = documents(OPTIONS);
    const { resources } = JSON.parse(all.get('arc.json')!);
    expect(resources).toEqual([
      expect.objectContaining({
        name: 'res-edge',
        scope: 'Microsoft.Kubernetes/connectedClusters/tx-1',
        properties: expect.objectContaining({
          namespace: 'flux-system',
          scope: 'cluster',
          gitRepository: expect.objectContaining({
            url: OPTIONS.url,
            repositoryRef: { branch: OPTIONS.branch },
            localAuthRef: 'res-edge',
          }),
          kustomizations: {
            root: expect.objectContaining({
              path: './clusters/tx-1',
              prune: true,
              wait: false,
            }),
          },
        }),
      }),
    ]);
    expect(all.get('arc.sh')).toContain(
      '--name res-edge --namespace flux-system',
    );
  });
});

describe('the bootstrap of a cluster that follows an artifact', () => {
  const artifact: BootstrapOptions = {
    ...OPTIONS,
    url: 'oci://registry.example.com/fleet/clusters/tx-1',
    artifact: { tag: 'latest' },
  };

  it('reads it with Flux, and lets all that it holds read it', () => {
    const all = documents(artifact);
    const [source, root] = parseObjects(all.get('res-edge.yaml')!);
    expect(source).toEqual({
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'OCIRepository',
      metadata: { name: 'res-edge', namespace: 'flux-system' },
      spec: {
        interval: '5m',
        layerSelector: {
          mediaType: 'application/vnd.cncf.flux.content.v1.tar+gzip',
          operation: 'extract',
        },
        ref: { tag: 'latest' },
        secretRef: { name: 'res-edge' },
        timeout: '2m',
        url: artifact.url,
      },
    });
    expect(root.spec).toMatchObject({
      path: './clusters/tx-1',
      sourceRef: { kind: 'OCIRepository', name: 'res-edge' },
    });
    // What that patch does is tested where artifacts are built.
    expect(root.spec).toHaveProperty('patches');
    expect([...all.keys()]).toEqual([
      ...['kustomization.yaml', 'volume.yaml', 'res-edge.yaml'],
    ]);
    const open = documents({
      ...artifact,
      artifact: { tag: 'latest', insecure: true },
    });
    expect(open.get('res-edge.yaml')).toContain('insecure: true');
  });

  it('reads it with Argo CD, whose repo-server has to take it', () => {
    const all = documents({ ...artifact, engine: 'argocd' });
    const [settings] = parseObjects(all.get('argocd-cmd-params-cm.yaml')!);
    expect(settings.data).toMatchObject({
      'reposerver.oci.layer.media.types': expect.stringContaining(
        'application/vnd.cncf.flux.content.v1.tar+gzip',
      ),
    });
    const [project, root] = parseObjects(all.get('res-edge.yaml')!);
    expect(project.spec).toMatchObject({ sourceRepos: [artifact.url] });
    expect(root.spec).toMatchObject({
      source: {
        repoURL: artifact.url,
        targetRevision: 'latest',
        path: 'clusters/tx-1',
      },
    });
  });
});

describe('the bootstrap of a cluster that reports', () => {
  it('has what Flux reports with, without the secret', () => {
    const statusUrl = 'https://portal.example.com/api/res-edge';
    const text = documents({ ...OPTIONS, statusUrl }).get('status.yaml')!;
    expect(parseObjects(text)).toMatchObject([
      {
        kind: 'Provider',
        spec: {
          address: `${statusUrl}/v1/status/flux/tx-1`,
          secretRef: { name: 'res-edge-status' },
        },
      },
      { kind: 'Alert', spec: { eventMetadata: { cluster: 'tx-1' } } },
    ]);
    expect(documents(OPTIONS).has('status.yaml')).toBe(false);
  });
});

describe('the bootstrap of a cluster with Argo CD', () => {
  const all = documents({ ...OPTIONS, engine: 'argocd' });

  it('lets waves wait for the health of what comes before, and applies as accounts', () => {
    const [settings] = parseObjects(all.get('argocd-cm.yaml')!);
    expect(settings).toMatchObject({
      kind: 'ConfigMap',
      metadata: { name: 'argocd-cm', namespace: 'argocd' },
      data: {
        'application.sync.impersonation.enabled': 'true',
        'resource.customizations.health.argoproj.io_Application':
          expect.stringContaining('return hs'),
      },
    });
  });

  it('delivers its folder of its shard, also where nothing is left on the bill', () => {
    const [project, root] = parseObjects(all.get('res-edge.yaml')!);
    expect(project).toMatchObject({
      kind: 'AppProject',
      spec: {
        sourceRepos: [OPTIONS.url],
        clusterResourceWhitelist: [
          { group: '', kind: 'Namespace' },
          { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole' },
          { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding' },
        ],
      },
    });
    expect(root).toMatchObject({
      kind: 'Application',
      spec: {
        project: 'res-edge',
        source: {
          repoURL: OPTIONS.url,
          targetRevision: OPTIONS.branch,
          path: 'clusters/tx-1',
        },
        syncPolicy: { automated: { prune: true, allowEmpty: true } },
      },
    });
    // Who takes the root away must not take the store away.
    expect(root.metadata).not.toHaveProperty('finalizers');
  });
});
