import { EdgeApplicationEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { renderApplicationSlice } from '../main/applicationSlice';
import { parseManifests } from './builds';
import { createCapture, keepCaptured } from './createCapture';

function entity(spec: object = {}): EdgeApplicationEntity {
  return {
    apiVersion: 'res-edge.io/v1alpha1',
    kind: 'EdgeApplication',
    metadata: { name: 'imdb' },
    spec: {
      owner: 'group:x',
      namespace: 'pos',
      source: { path: './imdb' },
      version: '1.0',
      ...spec,
    },
  } as EdgeApplicationEntity;
}

function capture(yaml: string, spec: object = {}, file = 'x') {
  return createCapture(
    entity(spec),
    {
      origin: 'test',
      files: new Map([['kustomization.yaml', file]]),
      patches: new Map(),
    },
    new Map([['imdb@1.0', parseManifests(yaml)]]),
  );
}

const object = (kind: string, more = '', apiVersion = 'v1') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: x }\n${more}`;

describe('createCapture', () => {
  it.each([
    ['a kind of the cluster', object('ClusterRole'), 'kind'],
    ['a Namespace', object('Namespace'), 'kind'],
    [
      'a kind of Flux',
      object('Kustomization', '', 'kustomize.toolkit.fluxcd.io/v1'),
      'kind',
    ],
    [
      'a kind of Argo CD',
      object('Application', '', 'argoproj.io/v1alpha1'),
      'kind',
    ],
    [
      'a Secret with data',
      object('Secret', 'stringData: { a: b }'),
      'stringData',
    ],
    [
      'another namespace',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x, namespace: other }',
      'metadata.namespace',
    ],
    [
      'the ConfigMap of the values',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: cluster-values }',
      'metadata.name',
    ],
    [
      'the isolation of the namespace',
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: isolation }',
      'metadata.name',
    ],
    [
      'the binding of the account',
      'apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: { name: ns-pos }',
      'metadata.name',
    ],
    [
      'a name that is a path',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ../../x }',
      'metadata.name',
    ],
    ['no name', 'apiVersion: v1\nkind: ConfigMap', 'metadata.name'],
    [
      'an unknown placeholder',
      object('ConfigMap', 'data: { a: "${{ x }}" }'),
      'data.a',
    ],
    [
      'an unset value',
      object('ConfigMap', 'data: { a: "${{ application.a }}" }'),
      'data.a',
    ],
  ])('refuses %s, with its place', (_, yaml, place) => {
    const { problems } = capture(yaml);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      entity: 'edgeapplication:default/imdb',
      message: expect.stringContaining(`, ${place}: `),
    });
  });

  it.each([
    ['a ConfigMap', 'data', { data: { a: 'x'.repeat(2 ** 20) } }],
    [
      'a ConfigMap of several parts',
      'data',
      {
        data: { a: 'é'.repeat(2 ** 18) },
        binaryData: { b: 'A'.repeat(2 ** 20) },
      },
    ],
    [
      'an annotation',
      'metadata.annotations',
      { metadata: { name: 'x', annotations: { a: 'x'.repeat(2 ** 18) } } },
    ],
  ])(
    'refuses %s that Kubernetes would not take, and names the limit',
    (_, place, fields) => {
      const small = {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'x' },
      };
      const { problems } = capture(JSON.stringify({ ...small, ...fields }));
      expect(problems).toHaveLength(1);
      expect(problems[0].message).toMatch(
        new RegExp(`, ${place}: .*Kubernetes takes at most \\d+; split it`),
      );
    },
  );

  it('takes a ConfigMap that just fits, and refuses another object that does not', () => {
    const data = { a: 'x'.repeat(2 ** 20 - 1) };
    const metadata = { name: 'x' };
    const fits = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data };
    expect(capture(JSON.stringify(fits)).problems).toEqual([]);
    const spec = { text: 'x'.repeat(1.5 * 2 ** 20) };
    const large = {
      apiVersion: 'example.com/v1',
      kind: 'Menu',
      metadata,
      spec,
    };
    expect(capture(JSON.stringify(large)).problems).toHaveLength(1);
  });

  it('takes an ExternalSecret that each cluster reads by its own name', () => {
    const yaml = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: pos-database }
spec:
  refreshInterval: 1h
  secretStoreRef: { kind: ClusterSecretStore, name: store-vault }
  target: { name: pos-database }
  data:
    - secretKey: password
      remoteRef: { key: "stores/\${{ cluster.name }}/pos", property: password }
`;
    expect(capture(yaml)).toMatchObject({
      problems: [],
      clusterKeys: ['name'],
    });
  });

  it('refuses a source that builds to nothing, or was not built', () => {
    expect(capture('').problems).toHaveLength(1);
    const source = { origin: 'x', files: new Map(), patches: new Map() };
    expect(createCapture(entity(), source, new Map()).problems).toHaveLength(1);
  });

  it('accepts a Secret without data, its own namespace, and a value that an override alone sets', () => {
    expect(capture(object('Secret', 'data: {}')).problems).toEqual([]);
    const own = (namespace: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x, namespace: "${namespace}" }`;
    expect(capture(own('pos')).problems).toEqual([]);
    expect(capture(own('${{ namespace.name }}')).problems).toEqual([]);
    const overrides = [
      { name: 'o', selector: { all: true }, values: { a: '1' } },
    ];
    expect(
      capture(object('ConfigMap', 'data: { a: "${{ application.a }}" }'), {
        overrides,
      }).problems,
    ).toEqual([]);
  });

  it('reads requests from the manifests where the entity leaves them out', () => {
    const yaml = object(
      'Deployment',
      'spec: { replicas: "${{ application.n | number }}", template: { spec: { containers: [{ resources: { requests: { cpu: 100m, memory: 1Gi } } }] } } }',
      'apps/v1',
    );
    const values = { n: '3' };
    expect(capture(yaml, { values }).requests).toEqual({
      cpu: '300m',
      memory: '3Gi',
      pods: '3',
    });
    expect(capture(yaml, { values, requests: { cpu: '1' } }).requests).toEqual({
      cpu: '1',
      memory: '3Gi',
      pods: '3',
    });
  });

  it('keeps a version as it was captured, and says what differs', () => {
    const yaml = object('ConfigMap');
    const first = capture(yaml);
    const main = renderApplicationSlice(entity(), first);
    expect(keepCaptured(main, entity(), capture(yaml))).toEqual(first);
    const kept = keepCaptured(
      main,
      entity({ dependsOn: ['redis'] }),
      capture(yaml, { dependsOn: ['redis'] }, 'changed'),
    );
    expect(kept.problems.map(({ field }) => field)).toEqual([
      'spec.version',
      'spec.dependsOn',
    ]);
    expect(kept.files.get('kustomization.yaml')).toBe('x');
    expect(kept.dependsOn).toEqual([]);
  });

  it('reads the cluster values that the application asks for, and keeps them with the version', () => {
    const yaml = object('ConfigMap', 'data: { a: "${{ cluster.a }}" }');
    const clusterValues = ['posHost', 'labels.ring'];
    const asked = capture(yaml, { clusterValues });
    expect(asked.problems).toEqual([]);
    expect(asked.clusterKeys).toEqual(['a', 'labels.ring', 'posHost']);
    const main = renderApplicationSlice(entity({ clusterValues }), asked);
    expect(keepCaptured(main, entity(), capture(yaml)).problems).toEqual([
      expect.objectContaining({ field: 'spec.clusterValues' }),
    ]);
  });

  it('refuses sources that bring the ConfigMap of the cluster values too', () => {
    const yaml =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: "${{ application.name }}-cluster-values" }';
    expect(capture(yaml).problems).toEqual([]);
    const [problem, ...others] = capture(yaml, {
      clusterValues: ['posHost'],
    }).problems;
    expect(others).toEqual([]);
    expect(problem.message).toMatch(
      "ConfigMap 'imdb-cluster-values', metadata.name: ",
    );
  });

  it('refuses numbers that would not be kept', () => {
    expect(() => parseManifests('a: 12345678901234567890')).toThrow(
      'too large',
    );
    expect(() => parseManifests('a: .nan')).toThrow('no number');
    expect(() => parseManifests('- a')).toThrow('mapping');
  });
});
