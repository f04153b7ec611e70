import { EdgeApplicationEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { checkSource } from './checkSource';

const entity = {
  apiVersion: 'res-edge.io/v1alpha1',
  kind: 'EdgeApplication',
  metadata: { name: 'imdb' },
  spec: {
    owner: 'group:x',
    source: { path: './x' },
    version: '1',
    overrides: [],
  },
} as EdgeApplicationEntity;

function check(
  files: Record<string, string>,
  patches: Record<string, string> = {},
) {
  const problems = checkSource(entity, {
    origin: 'test',
    files: new Map(Object.entries(files)),
    patches: new Map(Object.entries(patches)),
  });
  for (const problem of problems) {
    expect(problem.entity).toBe('edgeapplication:default/imdb');
  }
  return problems.map(({ message }) => message);
}

describe('checkSource', () => {
  it('accepts a closed source', () => {
    expect(
      check({
        'kustomization.yaml': `resources: [base, ./deployment.yaml]
components: [../x/./part]
`.replace('../x/./part', 'part'),
        'deployment.yaml': '',
        'base/kustomization.yml':
          'resources: [../more/a.yaml]\nconfigMapGenerator: [{ name: c, files: [k=f.txt, f.txt], literals: [a=b] }]',
        'base/f.txt': '',
        'more/a.yaml': '',
        'part/kustomization.yaml':
          'kind: Component\npatches: [{ path: p.yaml }, { patch: "a: b" }]',
        'part/p.yaml': '',
      }),
    ).toEqual([]);
  });

  it.each([
    'resources: [https://example.org/x.yaml]',
    'resources: ["github.com/org/repo//path?ref=main"]',
    'resources: [../outside]',
    'resources: [/etc/passwd]',
    'bases: [../../x]',
    'components: [git@github.com:org/repo.git]',
    'resources: [{ a: b }]',
    'resources: [missing.yaml]',
    'configMapGenerator: [{ name: c, files: [k=../../../etc/passwd] }]',
    'configMapGenerator: [{ name: c, envs: [../env] }]',
    'patches: [{ path: ../p.yaml }]',
    'patchesStrategicMerge: [../p.yaml]',
    'replacements: [{ path: ../r.yaml }]',
    'helmCharts: [{ name: x, repo: https://example.org }]',
    'generators: [g.yaml]',
    'transformers: [t.yaml]',
    'validators: [v.yaml]',
    'crds: [c.yaml]',
    'openapi: { path: o.yaml }',
    'configurations: [c.yaml]',
    'secretGenerator: [{ name: s, literals: [a=b] }]',
    '[]',
    'a: &a [*a]',
    '"',
  ])('refuses %j', text => {
    const problems = check({ 'kustomization.yaml': text });
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]).toMatch(/^kustomization\.yaml: /);
  });

  it('finds what a kustomization below reaches', () => {
    expect(
      check({
        'kustomization.yaml': 'resources: [a]',
        'a/kustomization.yaml': 'resources: [../../b]',
      }),
    ).toEqual([
      expect.stringContaining(
        'a/kustomization.yaml: resources names "../../b"',
      ),
    ]);
  });

  it.each([
    [{}, 'no kustomization.yaml'],
    [{ '../kustomization.yaml': '' }, 'not allowed'],
    [{ 'kustomization.yaml': '', 'a/../b': '' }, 'not allowed'],
    [{ 'kustomization.yaml': '', './b': '' }, 'shortest form'],
    [{ 'kustomization.yaml': '', '.capture.yaml': '' }, 'reserved'],
    [{ 'kustomization.yaml': '', a: '', 'a/b': '' }, 'a file too'],
    [
      { 'kustomization.yaml': '', big: 'x'.repeat(1_000_001) },
      'bytes; at most',
    ],
    [
      Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`f${i}`, ''])),
      'files; at most 1000',
    ],
  ])('refuses files that are not as they should be (%#)', (files, message) => {
    expect(check(files as Record<string, string>).join('\n')).toContain(
      message,
    );
  });
});
