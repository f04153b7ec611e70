import fs from 'node:fs';
import { entityLine } from '../__testUtils__/entities';
import { TestFolder } from '../__testUtils__/TestFolder';
import { Progress } from '../terminal/Progress';
import { loadFleet, MAX_YAML_BYTES } from './loadFleet';

const SILENT = Progress.create({ write: () => true, once: () => undefined });

function load(files: Record<string, string>) {
  const fleet = loadFleet(TestFolder.create(files).path, { progress: SILENT });
  const names = Object.values(fleet.inventory)
    .flat()
    .map(entity => entity.metadata.name);
  return { ...fleet, names };
}

const cluster = (name: string, rest = '') =>
  `apiVersion: res-edge.io/v1alpha1\nkind: EdgeCluster\nmetadata: { name: ${name} }\nspec: {}\n${rest}`;
const GOOD = { 'z-good.ndjson': entityLine('EdgeCluster', 'good') };

describe('loadFleet', () => {
  it('reads documents and lines, and passes over what is something else', () => {
    const { names, problems, origins } = load({
      'a.yaml': `# a comment\n---\n${cluster('one')}---\n---\n${cluster(
        'two',
      )}`,
      'b/c.yml': cluster('three'),
      'b/d.ndjson': `${entityLine('EdgeCluster', 'four')}\n  \n${entityLine(
        'EdgeCluster',
        'five',
      ).trim()}`,
      'e.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n',
      'f.yaml': 'just a text',
      'g.yaml': 'apiVersion: v1\nkind: ConfigMap\ndata: { a: 1, a: 2 }\n',
      'h.json': 'not read',
      '.hidden/i.yaml': 'a: [',
      'node_modules/j/k.yaml': 'a: [',
    });
    expect(problems).toEqual([]);
    expect(names).toEqual(['one', 'two', 'three', 'four', 'five']);
    expect(origins.get('edgecluster:default/two')).toEqual({
      file: 'a.yaml',
      document: 3,
      line: 9,
    });
    expect(origins.get('edgecluster:default/five')).toEqual({
      file: 'b/d.ndjson',
      line: 4,
    });
  });

  it('takes the first of two with one name, in the order of paths', () => {
    const { inventory, problems } = load({
      'b.ndjson': entityLine('EdgeCluster', 'one', { environment: 'b' }),
      'a/a.yaml': cluster('one'),
      'a.ndjson': entityLine('EdgeCluster', 'one', { environment: 'a' }),
    });
    expect(inventory.clusters.map(({ spec }) => spec.environment)).toEqual([
      'a',
    ]);
    expect(problems.map(({ message }) => message)).toEqual([
      "there is an EdgeCluster 'one' already, in a.ndjson, line 1; this one has no effect (b.ndjson, line 1)",
      "there is an EdgeCluster 'one' already, in a.ndjson, line 1; this one has no effect (a/a.yaml, document 1, line 3)",
    ]);
  });

  it('does not read the sources of applications and groups', () => {
    const { problems, names } = load({
      'fleet.ndjson':
        entityLine('EdgeApplication', 'app', {
          owner: 'group:default/team',
          source: { path: './apps/app' },
          version: '1.0.0',
        }) +
        entityLine('EdgeGroup', 'group', {
          type: 'x',
          components: [{ path: 'components/x' }],
        }),
      'apps/app/template.yaml': '{{ .Values.broken }}: [',
      'apps/app/inner.yaml': cluster('inner'),
      'components/x/broken.yaml': 'a: [',
      'apps/other.yaml': cluster('other'),
    });
    expect(problems).toEqual([]);
    expect(names).toEqual(['other', 'group', 'app']);
  });

  it('cannot be talked into leaving entities out', () => {
    const app = (name: string, path: string) =>
      entityLine('EdgeApplication', name, {
        owner: 'group:default/team',
        source: { path },
        version: '1.0.0',
      });
    const { names } = load({
      'a/fleet.ndjson': app('x', '.') + app('y', '../b') + app('z', 'q/../..'),
      'a/own.yaml': cluster('own'),
      'b/other.yaml': cluster('other'),
    });
    expect(names).toEqual(expect.arrayContaining(['own', 'other']));
  });

  it('tells what is invalid with its place, and reads the rest', () => {
    const { names, problems, broken, complete } = load({
      'a.yaml': `${cluster('one', 'extra: 1\n')}---\n${cluster(
        'two',
      )}---\napiVersion: res-edge.io/v1alpha1\nkind: EdgeCluster\nmetadata:\n  name: three\nspec:\n  groups: [a, A]\n`,
      'b.yaml':
        'apiVersion: res-edge.io/v2\nkind: EdgeCluster\nmetadata: { name: four }\nspec: {}\n',
      'c.yaml':
        'apiVersion: v1\nkind: EdgeCluster\nmetadata: { name: five }\nspec: {}\n',
      ...GOOD,
    });
    expect(names).toEqual(['two', 'good']);
    expect(complete).toBe(true);
    expect([...broken].map(ref => ref.split('/')[1])).toEqual([
      'one',
      'three',
      'four',
      'five',
    ]);
    expect(problems.map(({ entity, field }) => [entity, field])).toEqual([
      ['edgecluster:default/one', 'extra'],
      ['edgecluster:default/three', 'spec.groups[1]'],
      ['edgecluster:default/four', 'apiVersion'],
      ['edgecluster:default/five', 'apiVersion'],
    ]);
    expect(problems[1].message).toMatch(/\(a\.yaml, document 3, line 17\)$/);
  });

  it('reports an empty folder', () => {
    const { problems, complete } = load({ 'a.yaml': '' });
    expect(problems[0].message).toContain('no valid entity of Res-Edge');
    expect(complete).toBe(false);
  });
});

describe('loadFleet with hostile input', () => {
  it.each([
    [
      'a syntax error',
      'apiVersion: res-edge.io/v1alpha1\nkind: [\n',
      'not valid YAML',
    ],
    [
      'a key that stands twice',
      cluster('x', 'kind: EdgeGroup\n'),
      'the key "kind" stands here twice',
    ],
    [
      'aliases that explode',
      `${cluster('x')}a: &a [l, l, l]\n${'bcdefghi'
        .split('')
        .map(
          (name, i) =>
            `${name}: &${name} [*${'abcdefgh'[i]}, *${'abcdefgh'[i]}, *${
              'abcdefgh'[i]
            }]\n`,
        )
        .join('')}`,
      'more than 10 aliases',
    ],
    ['an alias of nothing', cluster('x', 'a: *nothing\n'), 'nothing'],
    [
      'nesting without end',
      `${cluster('x')}a: ${'['.repeat(1_000_000)}`,
      'nested more than 200 deep',
    ],
    ['a tag', cluster('x', 'a: !!js/function "x"\n'), 'not valid YAML'],
    ['a path as a name', cluster('../../x'), 'DNS-1123'],
    ['a name in another form', cluster('"cafe\\u0301"'), 'DNS-1123'],
    [
      'a key of the prototype',
      'apiVersion: res-edge.io/v1alpha1\nkind: EdgeCluster\nmetadata: { name: x }\nspec: { values: { __proto__: x } }\n',
      '__proto__',
    ],
    [
      'a constructor',
      'apiVersion: res-edge.io/v1alpha1\nkind: EdgeCluster\nmetadata: { name: x }\nspec: { attributes: { constructor: x } }\n',
      'constructor',
    ],
    [
      'a prototype',
      'apiVersion: res-edge.io/v1alpha1\nkind: EdgeCluster\n__proto__: { polluted: yes }\nmetadata: { name: x }\nspec: {}\n',
      '__proto__',
    ],
  ])('refuses %s in YAML', (_what, text, message) => {
    const { names, problems } = load({ 'bad.yaml': text, ...GOOD });
    expect(names).toEqual(['good']);
    expect(problems).toHaveLength(1);
    expect(JSON.stringify(problems[0])).toContain(
      JSON.stringify(message).slice(1, -1),
    );
    expect(problems[0].message).toContain('bad.yaml');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each([
    ['no JSON', '{"apiVersion":', 'not valid JSON'],
    [
      'a line that is too long',
      `"${'x'.repeat(2_000_000)}"`,
      'the line is too long',
    ],
    [
      'a key of the prototype',
      '{"apiVersion":"res-edge.io/v1alpha1","kind":"EdgeCluster","metadata":{"name":"x"},"spec":{"values":{"__proto__":"x"}}}',
      '__proto__',
    ],
    [
      'a number at the edge',
      '{"apiVersion":"res-edge.io/v1alpha1","kind":"EdgeGroup","metadata":{"name":"x"},"spec":{"type":"x","precedence":1e999}}',
      'spec.precedence',
    ],
  ])('refuses %s in lines', (_what, line, message) => {
    const text = `${line}\n${entityLine('EdgeCluster', 'after')}`;
    const { names, problems } = load({ 'bad.ndjson': text, ...GOOD });
    expect(names).toEqual(['after', 'good']);
    expect(problems).toHaveLength(1);
    expect(JSON.stringify(problems[0])).toContain(message);
    expect(problems[0].message).toContain('bad.ndjson, line 1');
  });

  it('refuses a YAML file that is too large, without reading it', () => {
    const folder = TestFolder.create({ ...GOOD, 'huge.yaml': '' });
    fs.truncateSync(folder.at('huge.yaml'), 50 * 1024 * 1024);
    const { problems, inventory, complete } = loadFleet(folder.path, {
      progress: SILENT,
    });
    expect(problems).toEqual([
      {
        entity: '',
        field: '',
        message: `huge.yaml: the file is too large: 52428800 bytes of YAML, at most ${MAX_YAML_BYTES} are allowed; split it, or write one entity a line as .ndjson`,
      },
    ]);
    expect(inventory.clusters).toHaveLength(1);
    expect(complete).toBe(false);
  });

  it('follows no link', () => {
    const outside = TestFolder.create({ 'x.yaml': cluster('outside') });
    const folder = TestFolder.create(GOOD);
    fs.symlinkSync(outside.at('x.yaml'), folder.at('a.yaml'));
    fs.symlinkSync(outside.path, folder.at('linked'));
    const { problems, inventory } = loadFleet(folder.path, {
      progress: SILENT,
    });
    expect(inventory.clusters.map(({ metadata }) => metadata.name)).toEqual([
      'good',
    ]);
    expect(problems.map(({ message }) => message)).toEqual([
      'a.yaml: is a symbolic link; links are not followed',
      'linked: is a symbolic link; links are not followed',
    ]);
  });

  it('reads lines across pieces, with characters of many bytes', () => {
    const lines = Array.from({ length: 3000 }, (_, i) =>
      entityLine('EdgeCluster', `c-${i}`, {}, { title: 'ü€😀'.repeat(60) }),
    );
    const { names, problems } = load({ 'fleet.ndjson': lines.join('') });
    expect(problems).toEqual([]);
    expect(names).toHaveLength(3000);
  });
});
