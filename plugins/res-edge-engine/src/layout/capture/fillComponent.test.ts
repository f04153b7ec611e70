import { parseYaml } from '../format/parseYaml';
import { fillComponent } from './fillComponent';
import { componentProblems } from './componentProblems';

const COMPONENT = 'kind: Component\n';
const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n';

function component(more: string, manifest: string, file = 'a.yaml') {
  return new Map([
    ['kustomization.yaml', COMPONENT + more],
    [file, manifest],
  ]);
}

describe('fillComponent', () => {
  it('leaves a component without placeholders as it is', () => {
    const files = component('resources: [a.yaml]', CONFIG);
    expect(fillComponent(files).files).toBe(files);
  });

  it('puts dummies into manifests and patches, and adds their replacements behind the own ones', () => {
    const files = component(
      'resources: [./a.yaml]\npatches: [{ path: p/b.yaml }]\nreplacements: [{ path: own.yaml }]',
      `${CONFIG}data: { host: "https://\${{ cluster.host }}/x", n: "\${{ cluster.labels.ring }}" }\n---\n${CONFIG.replace(
        'x',
        'other',
      )}`,
    );
    files.set(
      'p/b.yaml',
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: pos }\nspec: { replicas: "${{ cluster.lanes | number }}" }',
    );
    files.set('own.yaml', '');
    const { files: filled, ...found } = fillComponent(files);
    expect(found.problems).toEqual([]);
    expect([...found.clusterKeys]).toEqual([
      ['host', new Set(['string'])],
      ['labels.ring', new Set(['string'])],
      ['lanes', new Set(['number'])],
    ]);
    const text = [...filled.values()].join();
    expect(text).not.toContain('${{');
    for (const dummy of found.dummies.keys()) expect(text).toContain(dummy);
    expect([...found.dummies.values()]).toEqual([
      'host',
      'labels.ring',
      'lanes',
    ]);
    const { replacements } = parseYaml(
      String(filled.get('kustomization.yaml')),
    ) as { replacements: { source?: { fieldPath: string } }[] };
    expect(replacements.map(({ source }) => source?.fieldPath)).toEqual([
      undefined,
      'data.host',
      'data.labels\\.ring',
      'data.lanes',
    ]);
  });

  const data = (value: string) => `${CONFIG}data: { a: "${value}" }`;
  const resource = 'resources: [a.yaml]';
  it.each([
    [
      'the application',
      resource,
      data('${{ application.name }}'),
      "ConfigMap 'x', data.a: a component of a group is the same",
    ],
    [
      'the namespace',
      resource,
      data('${{ namespace.name }}'),
      "ConfigMap 'x', data.a: a component of a group is the same",
    ],
    [
      'nothing that there is',
      resource,
      data('${{ x }}'),
      "ConfigMap 'x', data.a: ",
    ],
    [
      'a name',
      resource,
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: "${{ cluster.name }}" }',
      'a.yaml: with placeholders, each object needs',
    ],
    [
      'a kind',
      resource,
      'apiVersion: v1\nkind: "${{ cluster.name }}"\nmetadata: { name: x }',
      "'x', kind: no placeholder can stand here",
    ],
    [
      'a key',
      resource,
      `${CONFIG}data: { "\${{ cluster.name }}": x }`,
      "ConfigMap 'x', data: the key",
    ],
    [
      'a file that is not named',
      'resources: [b.yaml]',
      data('${{ cluster.name }}'),
      'a.yaml: placeholders can stand in files that kustomization.yaml names',
    ],
    [
      'a patch with a target',
      'patches: [{ path: a.yaml, target: { kind: ConfigMap } }]',
      data('${{ cluster.name }}'),
      'a.yaml: placeholders can stand in files',
    ],
    [
      'a patch of JSON',
      'patches: [{ path: a.yaml }]',
      '- { op: add, path: /data/a, value: "${{ cluster.name }}" }',
      'a.yaml: a manifest must be a mapping',
    ],
    [
      'a patch written in place',
      `patches: [{ patch: '{ "data": { "a": "\${{ cluster.name }}" } }' }]`,
      CONFIG,
      'kustomization.yaml: placeholders can stand in files',
    ],
  ])(
    'refuses a placeholder in %s, with its place',
    (_, more, manifest, message) => {
      const files = component(more, manifest);
      if (more.includes('b.yaml')) files.set('b.yaml', CONFIG);
      const problems = componentProblems(files);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain(message);
    },
  );
});
