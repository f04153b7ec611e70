const apiVersion = 'res-edge.io/v1alpha1';
const owner = 'group:default/team';
/** A value that means something to YAML, to regular expressions and to shells. */
export const NASTY = 'a/b-c: "q" \'s\' # {x} $& \u2028 \\ é';

function cluster(name: string, groups: string[], spec: object = {}) {
  const labels = { ring: name.startsWith('w') ? 'beta' : 'prod' };
  return {
    apiVersion,
    kind: 'EdgeCluster',
    metadata: { name, labels },
    spec: { groups, values: { lanes: '2', open: 'true' }, ...spec },
  };
}

function group(name: string, spec: object = {}) {
  return { apiVersion, kind: 'EdgeGroup', metadata: { name }, spec };
}

function namespace(name: string, spec: object) {
  const metadata = { name };
  return {
    apiVersion,
    kind: 'EdgeNamespace',
    metadata,
    spec: { owner, ...spec },
  };
}

function application(name: string, spec: object) {
  return {
    apiVersion,
    kind: 'EdgeApplication',
    metadata: { name, labels: { tier: name } },
    spec: {
      owner,
      source: { path: `./apps/${name}` },
      version: '1.0.0',
      ...spec,
    },
  };
}

export const CLUSTERS = [
  cluster('e1', ['geo.east']),
  cluster('e2', ['geo.east'], {
    values: { lanes: '5', open: 'false', host: NASTY },
    attributes: { grill: ['x', 'y'], lanes: 3 },
  }),
  cluster('e3', ['geo.east'], { state: 'retired' }),
  cluster('w1', ['geo.west']),
  cluster('w2', ['geo.west'], { timeZone: 'America/Chicago' }),
  cluster('x1', []),
];

export function entities(posSpec: object = {}): unknown[] {
  return [
    ...CLUSTERS,
    group('geo', {
      type: 'geography',
      precedence: 1,
      values: { host: 'h.example' },
    }),
    group('geo.east', {
      parent: 'geo',
      values: { host: 'east.example' },
      components: [
        { path: './components/audit' },
        {
          path: './components/tax',
          applications: { matchLabels: { tier: 'pos' } },
        },
      ],
    }),
    group('geo.west', { parent: 'geo' }),
    namespace('shop', {
      selector: { groups: ['geo'] },
      resources: { quota: { cpu: '2', memory: '1Gi' }, limits: { cpu: '1' } },
      isolation: 'restricted',
      values: { vlan: '0123' },
    }),
    namespace('tools', { selector: { include: ['w1'] }, prune: 'delete' }),
    application('pos', {
      namespace: 'shop',
      values: { tag: '1e3', copies: '2' },
      dependsOn: ['redis'],
      overrides: [
        {
          name: 'west',
          selector: { groups: ['geo.west'] },
          values: { tag: 'west' },
          patches: ['./patches/west.yaml'],
        },
      ],
      ...posSpec,
    }),
    application('redis', { namespace: 'shop' }),
    application('agent', { namespace: 'shop', type: 'addon' }),
    application('probe', { namespace: 'tools' }),
  ];
}

/** The same entities, with other fields in the spec of the one of this name. */
export function withSpec(
  all: readonly unknown[],
  name: string,
  fields: object,
): unknown[] {
  return (all as ReturnType<typeof application>[]).map(entity =>
    entity.metadata.name === name
      ? { ...entity, spec: { ...entity.spec, ...fields } }
      : entity,
  );
}

function deployment(name: string, extra = ''): [string, string][] {
  return [
    [
      `apps/${name}/kustomization.yaml`,
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [all.yaml]\n',
    ],
    [
      `apps/${name}/all.yaml`,
      `apiVersion: v1
kind: ConfigMap
metadata: { name: ${name} }
data:
  on: "yes"
  mode: "0644"
${extra}`,
    ],
  ];
}

export const FILES = new Map<string, string>([
  ...deployment('redis'),
  ...deployment('agent', '  store: ${{ cluster.name }}\n'),
  ...deployment('probe'),
  ...deployment(
    'pos',
    `  tag: \${{ application.tag }}
  vlan: \${{ namespace.vlan }}
  host: \${{ cluster.host }}
  url: https://\${{ cluster.host }}/x/\${{ cluster.name }}/y
  ring.label: \${{ cluster.labels.ring }}
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: "\${{ application.name }}" }
spec:
  replicas: \${{ application.copies | number }}
  paused: \${{ cluster.open | boolean }}
  minReadySeconds: \${{ cluster.lanes | number }}
  selector: { matchLabels: { app: pos } }
  template:
    metadata: { labels: { app: pos } }
    spec:
      containers:
        - name: app
          image: registry.example.com/\${{ cluster.lanes }}/pos:\${{ application.version }}
          resources: { requests: { cpu: 100m, memory: 10Mi } }
      volumes:
        - { name: c, configMap: { name: pos, defaultMode: 0644 } }
`,
  ),
  [
    'patches/west.yaml',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: pos }\ndata: { patched: "${{ cluster.name }}" }\n',
  ],
  [
    'components/audit/kustomization.yaml',
    'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [audit.yaml]\n',
  ],
  [
    'components/audit/audit.yaml',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: audit, namespace: flux-system }\n',
  ],
  [
    'components/tax/kustomization.yaml',
    'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{ path: tax.yaml }]\n',
  ],
  [
    'components/tax/tax.yaml',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: pos }\ndata: { tax: east }\n',
  ],
]);
