import { createMockDirectory } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import {
  EdgeApplicationEntity,
  validateEdgeEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { parse, parseAllDocuments } from 'yaml';
import { createApplicationWriteAction } from './applicationWrite';
import { examples } from './applicationWrite.examples';

jest.setTimeout(60_000);

const workspace = createMockDirectory();

beforeEach(() => workspace.clear());

async function run(
  input: object,
  templateInfo?: { entityRef: string },
): Promise<Record<string, any>> {
  const action = createApplicationWriteAction();
  const context = createMockActionContext<any, any>({
    input: input as any,
    workspacePath: workspace.path,
    templateInfo,
  });
  await action.handler(context);
  return Object.fromEntries((context.output as jest.Mock).mock.calls);
}

/** The files of the workspace, by path. */
function files(): Record<string, string> {
  const flat: Record<string, string> = {};
  const walk = (tree: object, prefix: string) => {
    for (const [name, content] of Object.entries(tree)) {
      if (typeof content === 'string') {
        flat[prefix + name] = content;
      } else {
        walk(content, `${prefix}${name}/`);
      }
    }
  };
  walk(workspace.content() ?? {}, '');
  return flat;
}

const minimal = {
  name: 'imdb',
  owner: 'group:default/pos-team',
  version: '1.0.0',
  image: 'registry.example.com/pos/imdb:1.0.0',
};

describe('res-edge:application:write', () => {
  it('writes a new application with its first manifests', async () => {
    const outputs = await run(
      {
        ...minimal,
        title: 'IMDb',
        labels: { tier: 'checkout' },
        namespace: 'point-of-sale',
        priority: 0,
        requests: { cpu: '250m' },
        dependsOn: ['redis'],
        values: { logLevel: 'info' },
        port: 9000,
        healthPath: '/healthz',
      },
      { entityRef: 'template:default/onboard' },
    );
    expect(outputs).toEqual({
      entityRef: 'edgeapplication:default/imdb',
      filePath: 'edge-application.yaml',
      files: [
        'apps/imdb/deployment.yaml',
        'apps/imdb/kustomization.yaml',
        'apps/imdb/service.yaml',
        'edge-application.yaml',
      ],
    });
    const written = files();
    expect(Object.keys(written).sort()).toEqual(outputs.files);
    const entity = parse(written['edge-application.yaml']);
    expect(validateEdgeEntity(entity)).toEqual({
      apiVersion: 'res-edge.io/v1alpha1',
      kind: 'EdgeApplication',
      metadata: {
        name: 'imdb',
        title: 'IMDb',
        labels: { tier: 'checkout' },
        annotations: {
          'backstage.io/source-template': 'template:default/onboard',
        },
      },
      spec: {
        owner: 'group:default/pos-team',
        namespace: 'point-of-sale',
        source: { path: './apps/imdb' },
        version: '1.0.0',
        priority: 0,
        requests: { cpu: '250m' },
        dependsOn: ['redis'],
        values: {
          logLevel: 'info',
          image: 'registry.example.com/pos/imdb:1.0.0',
        },
      },
    });
    expect(parse(written['apps/imdb/kustomization.yaml']).resources).toEqual([
      'deployment.yaml',
      'service.yaml',
    ]);
    const { metadata, spec } = parse(written['apps/imdb/deployment.yaml']);
    expect(metadata.labels['app.kubernetes.io/version']).toBe(
      '${{ application.version }}',
    );
    expect(spec.template.spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: {
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          image: '${{ application.image }}',
          ports: [{ name: 'http', containerPort: 9000 }],
          env: [
            { name: 'CLUSTER', value: '${{ cluster.name }}' },
            { name: 'LOG_LEVEL', value: '${{ application.logLevel }}' },
          ],
          resources: {
            requests: { cpu: '250m', memory: '64Mi' },
            limits: { memory: '64Mi' },
          },
          readinessProbe: { httpGet: { path: '/healthz', port: 'http' } },
          livenessProbe: { httpGet: { path: '/healthz', port: 'http' } },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    });
    const service = parse(written['apps/imdb/service.yaml']);
    expect(service.spec.selector).toEqual(spec.selector.matchLabels);
    expect(spec.template.metadata.labels).toEqual(spec.selector.matchLabels);
  });

  it('updates an application in its place, and leaves all else as it was', async () => {
    const before = [
      '# The applications of the team',
      'apiVersion: res-edge.io/v1alpha1',
      'kind: EdgeApplication',
      'metadata: { name: redis }',
      'spec: { owner: pos-team, source: { path: ./apps/redis }, version: "7" } # pinned',
      '---',
      'apiVersion: res-edge.io/v1alpha1',
      'kind: EdgeApplication',
      'metadata:',
      '  name: imdb # the movies',
      'spec:',
      '  owner: pos-team',
      '  source: { path: ../src/imdb }',
      '  version: 1.0.0 # kept',
      '  values: { logLevel: info, banner: x }',
      '',
    ].join('\n');
    workspace.setContent({
      fleet: { 'applications.yaml': before },
      src: { imdb: { 'kustomization.yml': 'resources: []\n' } },
    });
    const outputs = await run({
      filePath: './fleet/applications.yaml',
      name: 'imdb',
      version: '1.0.1',
      values: { logLevel: 'debug' },
    });
    expect(outputs.files).toEqual(['fleet/applications.yaml']);
    expect(files()).toEqual({
      'fleet/applications.yaml': before
        .replace('version: 1.0.0', 'version: 1.0.1')
        .replace(
          '  values: { logLevel: info, banner: x }',
          '  values:\n    logLevel: debug',
        ),
      'src/imdb/kustomization.yml': 'resources: []\n',
    });
  });

  it('adds an application to a file that holds others', async () => {
    await run(minimal);
    await run({ ...minimal, name: 'redis', source: 'deploy/cache' });
    const documents = parseAllDocuments(files()['edge-application.yaml']);
    expect(
      documents.map(document => {
        const { metadata, spec } = document.toJS() as EdgeApplicationEntity;
        return [metadata.name, spec.source.path];
      }),
    ).toEqual([
      ['imdb', './apps/imdb'],
      ['redis', 'deploy/cache'],
    ]);
    expect(Object.keys(files())).toContain('deploy/cache/service.yaml');
  });

  it('does the same again without another effect', async () => {
    await run(minimal);
    const first = files();
    expect((await run(minimal)).files).toEqual(['edge-application.yaml']);
    expect(files()).toEqual(first);
  });

  it('puts nothing into YAML but values', async () => {
    const evil = 'x"\n---\nkind: EdgeCluster\n# ';
    await run({ ...minimal, title: 'a: b # c', values: { key: evil } });
    const documents = parseAllDocuments(files()['edge-application.yaml']);
    expect(documents).toHaveLength(1);
    expect(documents[0].getIn(['spec', 'values', 'key'])).toBe(evil);
    expect(documents[0].getIn(['metadata', 'title'])).toBe('a: b # c');
  });

  it.each([
    [{ ...minimal, owner: undefined }, /spec.*owner/],
    [{ ...minimal, version: 'a/b' }, /spec.version/],
    [{ ...minimal, name: '../x' }, /metadata.name/],
    [{ ...minimal, name: '__proto__' }, /metadata.name/],
    [{ ...minimal, requests: { cpu: 'lots' } }, /spec.requests/],
    [{ ...minimal, source: '/etc' }, /spec.source.path/],
    [{ ...minimal, source: '../../outside' }, /not allowed|outside/i],
    [{ ...minimal, filePath: '../outside.yaml' }, /not allowed|outside/i],
    [{ ...minimal, image: undefined }, /image is missing: apps\/imdb has no/],
    [{ ...minimal, image: 'nginx' }, /image is "nginx", and must end in a tag/],
    [{ ...minimal, image: 'h:5000/nginx' }, /must end in a tag/],
    [{ ...minimal, image: 'nginx:latest' }, /must end in a tag/],
    [{ ...minimal, image: 'a:1\nb' }, /must end in a tag/],
    [
      { ...minimal, values: { 'a-b': '1', a_b: '2' } },
      /values\.a_b: its environment variable A_B is taken by application\.a-b/,
    ],
  ])('refuses %j, and writes nothing', async (input, message) => {
    await expect(run(input)).rejects.toThrow(message);
    expect(files()).toEqual({});
  });

  it('takes images with a digest, and with a port', async () => {
    for (const image of [
      `localhost:5000/a/b:1.0@sha256:${'0'.repeat(64)}`,
      `a@sha256:${'0'.repeat(64)}`,
      'localhost:5000/a:v1',
    ]) {
      workspace.clear();
      await run({ ...minimal, image });
      expect(files()['edge-application.yaml']).toContain(image);
    }
  });

  it('overwrites no manifests', async () => {
    workspace.setContent({ apps: { imdb: { 'service.yaml': 'mine' } } });
    await expect(run(minimal)).rejects.toThrow(
      'apps/imdb/service.yaml exists already',
    );
    expect(files()).toEqual({ 'apps/imdb/service.yaml': 'mine' });
  });

  it.each(['a: [1', 'kind: EdgeApplication\nmetadata: {name: imdb}\nspec: 1'])(
    'refuses the file %j as it is',
    async text => {
      workspace.setContent({ 'edge-application.yaml': text });
      await expect(run(minimal)).rejects.toMatchObject({ name: 'InputError' });
      expect(files()).toEqual({ 'edge-application.yaml': text });
    },
  );

  it.each(examples.map(e => [e.description, e.example]))(
    'runs the example: %s',
    async (_, example) => {
      const { input } = parse(example).steps[0];
      await run({ ...minimal, filePath: input.filePath });
      const outputs = await run({ ...input, name: 'imdb', owner: 'pos-team' });
      expect(outputs.entityRef).toBe('edgeapplication:default/imdb');
    },
  );
});
