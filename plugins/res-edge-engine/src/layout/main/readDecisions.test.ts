import {
  EdgeApplicationEntity,
  EdgeGroupEntity,
  EdgeNamespaceEntity,
  EdgePolicyEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Capture, FileMap } from '../../model';
import { renderApplicationSlice } from './applicationSlice';
import { renderGroupSlice, renderPolicySlice } from './groupSlice';
import { intentPaths, sliceChanges, sliceRemoval } from './intentPaths';
import { renderNamespaceSlice } from './namespaceSlice';
import { readDecisions } from './readDecisions';

const apiVersion = 'res-edge.io/v1alpha1';

function application(spec: object = {}): EdgeApplicationEntity {
  return {
    apiVersion,
    kind: 'EdgeApplication',
    metadata: {
      name: 'imdb',
      namespace: 'default',
      title: 'Movies',
      labels: { tier: 'a' },
      annotations: { 'backstage.io/managed-by-location': 'x' },
    },
    spec: {
      owner: 'group:default/x',
      namespace: 'pos',
      source: { path: './apps/imdb' },
      version: '1.0.1',
      values: { z: '1', a: 'yes' },
      overrides: [
        {
          name: 'west',
          selector: { groups: ['geo.west'] },
          patches: ['./p.yaml'],
        },
      ],
      ...spec,
    },
  };
}

function capture(version = '1.0.1'): Capture {
  return {
    application: 'imdb',
    version,
    origin: 'https://example.org/x@abc',
    digest: 'd',
    files: new Map([['kustomization.yaml', 'resources: []']]),
    overrides: new Map([
      [
        'west',
        {
          digest: 'abcdefabcdefabcdef',
          files: new Map([['kustomization.yaml', 'x']]),
        },
      ],
    ]),
    requests: { cpu: '250m' },
    requires: ['cluster.attributes.x > 1'],
    dependsOn: ['redis'],
    clusterValues: ['posHost'],
    allowedKinds: [],
    clusterKeys: [],
    problems: [],
  };
}

const namespace: EdgeNamespaceEntity = {
  apiVersion,
  kind: 'EdgeNamespace',
  metadata: { name: 'pos' },
  spec: {
    owner: 'group:default/x',
    selector: { groups: ['geo'] },
    values: { vlan: '12' },
  },
};
const group: EdgeGroupEntity = {
  apiVersion,
  kind: 'EdgeGroup',
  metadata: { name: 'geo.west' },
  spec: {
    parent: 'geo',
    selector: 'cluster.labels.x == "y"',
    values: { banner: 'hi' },
    components: [
      { path: './components/audit', applications: { names: ['imdb'] } },
    ],
  },
};
const policy: EdgePolicyEntity = {
  apiVersion,
  kind: 'EdgePolicy',
  metadata: { name: 'law' },
  spec: {
    type: 'prohibition',
    applications: { names: ['imdb'] },
    clusters: { groups: ['geo.west'] },
    reason: 'r',
  },
};
const components = new Map([
  ['./components/audit', new Map([['kustomization.yaml', 'kind: Component']])],
]);

function mainOf(...slices: FileMap[]): Map<string, string | Uint8Array> {
  return new Map(slices.flatMap(slice => [...slice]));
}

const RELEASE = 'apps/imdb/release.yaml';
const released = (release: string) =>
  `rings: { all: "1" }\nreleases:\n  "1": ${
    release.startsWith('{') ? release : `{ ${release} }`
  }\n`;

describe('main', () => {
  const main = mainOf(
    renderApplicationSlice(application(), capture()),
    renderNamespaceSlice(namespace),
    renderGroupSlice(group, components),
    renderPolicySlice(policy),
  );

  it('is read back as it was written', () => {
    const { decisions, problems } = readDecisions(main);
    expect(problems).toEqual([]);
    const { entity, releases } = decisions.applications.get('imdb')!;
    const { annotations, namespace: _, ...metadata } = application().metadata;
    expect(entity).toEqual({ ...application(), metadata });
    expect(releases).toEqual([
      {
        ring: 'all',
        digest: expect.stringMatching(/^[0-9a-f]{12}$/),
        version: '1.0.1',
        values: { z: '1', a: 'yes' },
        overrides: [
          {
            name: 'west',
            selector: { groups: ['geo.west'] },
            patches: ['overlays/west/abcdefabcdef'],
          },
        ],
        requests: { cpu: '250m' },
        requires: ['cluster.attributes.x > 1'],
        dependsOn: ['redis'],
        clusterValues: ['posHost'],
      },
    ]);
    expect(decisions.namespaces.get('pos')!.entity).toEqual(namespace);
    expect(decisions.policies.get('law')).toEqual(policy);
    expect(decisions.groups.get('geo.west')).toEqual({
      name: 'geo.west',
      digest: expect.stringMatching(/^[0-9a-f]{12}$/),
      values: { banner: 'hi' },
      components: [{ path: '1-audit', applications: { names: ['imdb'] } }],
    });
  });

  it('keeps facts of the tree out of a group, and has no files for one without content', () => {
    expect(String(main.get('groups/geo.west/group.yaml'))).not.toMatch(
      /parent|selector/,
    );
    expect(
      renderGroupSlice({ ...group, spec: { parent: 'geo' } }, new Map()).size,
    ).toBe(0);
    expect(() => renderGroupSlice(group, new Map())).toThrow(
      'spec.components[0].path',
    );
  });

  it.each([
    [{ 'kustomization.yaml': 'kind: Kustomization' }, 'kind Component'],
    [{ 'a.yaml': '' }, 'kind Component'],
    [
      { 'kustomization.yaml': 'kind: Component\nresources: [../x]' },
      'no file or folder',
    ],
    [
      { 'kustomization.yaml': 'kind: Component', 'a.yaml': '${{ cluster.x }}' },
      'placeholders',
    ],
    [
      { 'kustomization.yaml': 'kind: Component', '../a.yaml': '' },
      'not allowed',
    ],
  ])('takes no component like %j', (files, message) => {
    const content = new Map(Object.entries(files as Record<string, string>));
    expect(() =>
      renderGroupSlice(group, new Map([['./components/audit', content]])),
    ).toThrow(message);
  });

  it.each([
    [
      'a new version',
      renderApplicationSlice(
        application({ version: '1.0.2' }),
        capture('1.0.2'),
      ),
      [
        'apps/imdb/release.yaml',
        'apps/imdb/versions/1.0.2/.capture.yaml',
        'apps/imdb/versions/1.0.2/kustomization.yaml',
      ],
    ],
    [
      'a wider selector',
      renderNamespaceSlice({
        ...namespace,
        spec: { ...namespace.spec, selector: { all: true } },
      }),
      ['namespaces/pos/namespace.yaml'],
    ],
    ['nothing', renderApplicationSlice(application(), capture()), []],
  ])('changes little for %s', (_, slice, paths) => {
    expect(sliceChanges(main, slice).map(({ path }) => path)).toEqual(paths);
  });

  it('changes three files for a value of a group', () => {
    const spec = { ...group.spec, components: [] };
    const before = renderGroupSlice({ ...group, spec }, new Map());
    const after = renderGroupSlice(
      { ...group, spec: { ...spec, values: { banner: 'new' } } },
      new Map(),
    );
    expect(
      sliceChanges(before, after).map(({ path }) =>
        path.replace(/[0-9a-f]{12}/, 'D'),
      ),
    ).toEqual([
      'groups/geo.west/group.yaml',
      'groups/geo.west/release.yaml',
      'groups/geo.west/versions/D/content.yaml',
    ]);
  });

  it('takes away what an entity owns, and nothing else', () => {
    const paths = sliceRemoval(
      [...main.keys(), 'apps/imdb2/x', 'apps/imdb', 'x/apps/imdb/y'],
      'EdgeApplication',
      'imdb',
    ).map(({ path }) => path);
    expect(paths.length).toBeGreaterThan(3);
    for (const path of paths) expect(path).toMatch(/^apps\/imdb\//);
    expect(intentPaths('EdgePolicy', 'law')).toEqual(['policies/law.yaml']);
    expect(intentPaths('EdgeCluster', 'x')).toEqual([]);
    expect(() => intentPaths('EdgeGroup', '../x')).toThrow(
      'cannot be a folder',
    );
  });

  it.each([
    [RELEASE, 'rings: []', /release\.yaml: rings must be/],
    [RELEASE, 'rings: {}', /release\.yaml: rings must be/],
    [RELEASE, 'rings: { all: none }', /one at least must/],
    [RELEASE, 'rings: { all: 12 }', /rings\.all must be/],
    [RELEASE, 'rings: { all: ../x }', /cannot be a folder/],
    [RELEASE, 'rings: { all: "12" }', /rings\.all: there is no release '12'/],
    [RELEASE, 'rings: { all: "1" }\nreleases: []', /releases must be/],
    [RELEASE, 'rings: { all: "1" }\nreleases: { "1": x }', /releases\.1 must/],
    [RELEASE, released('version: ../../x'), /release\.yaml: spec\.version/],
    [
      RELEASE,
      released('version: "9"'),
      /9\/\.capture\.yaml: the file is missing/,
    ],
    [
      RELEASE,
      released('{ version: "1.0.1", values: { a: [] } }'),
      /spec\.values/,
    ],
    ['apps/imdb/application.yaml', 'a: &a [*a]', /application\.yaml/],
    ['apps/imdb/application.yaml', '[]', /mapping/],
    ['apps/imdb/application.yaml', 'kind: EdgeCluster', /application\.yaml/],
    [
      'apps/imdb/versions/1.0.1/.capture.yaml',
      'requires: 1',
      /capture\.yaml: source/,
    ],
  ])('reads everything else where %s is %j', (path, text, message) => {
    const { decisions, problems } = readDecisions(
      new Map(main).set(path, text),
    );
    expect(decisions.applications.size).toBe(0);
    expect([
      decisions.namespaces.size,
      decisions.groups.size,
      decisions.policies.size,
    ]).toEqual([1, 1, 1]);
    expect(problems).toEqual([
      {
        entity: 'edgeapplication:default/imdb',
        field: '',
        message: expect.stringMatching(message),
      },
    ]);
  });

  it('does not follow what a group on main points at outside', () => {
    const path = [...main.keys()].find(name => name.endsWith('/content.yaml'))!;
    const { decisions, problems } = readDecisions(
      new Map(main).set(path, 'components: [{ path: ../../../x }]'),
    );
    expect(decisions.groups.size).toBe(0);
    expect(problems[0].message).toMatch(/not allowed/);
  });

  it('says when a release was changed by hand, and reads it', () => {
    const text = String(main.get(RELEASE)).replace('z: "1"', 'z: "2"');
    const { decisions, problems } = readDecisions(
      new Map(main).set(RELEASE, text),
    );
    expect(decisions.applications.get('imdb')!.releases[0].values.z).toBe('2');
    expect(problems[0].message).toMatch(/digest/);
  });

  it('does not take an entity from the folder of another', () => {
    const moved = new Map(main);
    for (const [path, content] of main) {
      if (path.startsWith('namespaces/pos/'))
        moved.set(path.replace('pos', 'bar'), content);
    }
    const { decisions, problems } = readDecisions(moved);
    expect([...decisions.namespaces.keys()]).toEqual(['pos']);
    expect(problems[0].message).toMatch(/must be the EdgeNamespace 'bar'/);
  });
});
