import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findKustomize } from './findKustomize';
import { KustomizeBuilder } from './KustomizeBuilder';

const KUSTOMIZATION = 'resources: [a.yaml]\n';
const OBJECT = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n';

function files(content: Record<string, string>) {
  return new Map(Object.entries(content));
}

describe('KustomizeBuilder', () => {
  const builder = KustomizeBuilder.create();
  let scratch: string;

  beforeEach(() => {
    scratch = mkdtempSync(join(tmpdir(), 'kustomize-test-'));
  });

  afterEach(() => {
    rmSync(scratch, { recursive: true });
  });

  /** A program in the place of kustomize, to see how it is run. */
  function program(script: string) {
    const path = join(scratch, 'kustomize');
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  }

  it('builds the root or a folder, and leaves nothing behind', async () => {
    const tree = files({
      'kustomization.yaml': 'namespace: x\nresources: [base]',
      'base/kustomization.yaml': KUSTOMIZATION,
      'base/a.yaml': OBJECT,
    });
    const before = process.env.TMPDIR;
    process.env.TMPDIR = scratch;
    try {
      expect(await builder.build(tree)).toContain('namespace: x');
      expect(await builder.build(tree, 'base')).not.toContain('namespace: x');
      await expect(builder.build(files({ a: '' }))).rejects.toThrow();
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
    }
    expect(readdirSync(scratch)).toEqual([]);
  });

  it('says what does not build, without the folder that it was in', async () => {
    const error = await builder
      .build(files({ 'kustomization.yaml': KUSTOMIZATION }))
      .catch(caught => caught);
    expect(error.name).toBe('InputError');
    expect(error.message).toMatch(/a\.yaml/);
    expect(error.message).not.toContain(tmpdir());
  });

  it.each([
    '../a',
    '/etc/a',
    'a/../../b',
    'a//b',
    './a',
    '',
    'a\u0000',
    'a\\b',
  ])('writes no file %j', async path => {
    await expect(
      builder.build(files({ 'kustomization.yaml': '', [path]: 'x' })),
    ).rejects.toThrow('not allowed');
    await expect(
      builder.build(files({ 'kustomization.yaml': '' }), path),
    ).rejects.toThrow('not allowed');
  });

  it.each([
    [
      'a file outside',
      'configMapGenerator: [{ name: a, files: [/etc/hostname] }]',
    ],
    ['a folder outside', 'resources: [../..]'],
    [
      'a repository',
      'resources: ["https://github.com/kubernetes-sigs/kustomize//examples/helloWorld"]',
    ],
    ['a page', 'resources: ["https://example.com/x.yaml"]'],
    ['Helm', 'helmCharts: [{ name: a, repo: "https://example.com" }]'],
    ['a program', 'generators: [g.yaml]'],
  ])('does not reach %s', async (_, text) => {
    const generator = `apiVersion: v1
kind: G
metadata:
  name: g
  annotations: { config.kubernetes.io/function: "exec: { path: ./run }" }
`;
    await expect(
      builder.build(
        files({
          'kustomization.yaml': text,
          'g.yaml': generator,
          run: '#!/bin/sh\n',
        }),
      ),
    ).rejects.toThrow('kustomize');
  });

  it('gives the process nothing of its own environment', async () => {
    process.env.RES_EDGE_SECRET = 'secret';
    try {
      const command = program('/usr/bin/env; echo "$@"');
      const output = await KustomizeBuilder.create({ command }).build(
        files({ a: '' }),
      );
      expect(output).not.toMatch(/secret|^HOME=|^NODE/m);
      expect(output).toContain('build .\n');
    } finally {
      delete process.env.RES_EDGE_SECRET;
    }
  });

  it('ends a build that takes too long, or prints too much', async () => {
    const slow = KustomizeBuilder.create({
      command: program('exec /bin/sleep 60'),
      timeoutMilliseconds: 50,
    });
    await expect(slow.build(files({ a: '' }))).rejects.toThrow(
      'stopped after 50 ms',
    );
    const loud = KustomizeBuilder.create({
      command: program('exec /usr/bin/yes'),
    });
    await expect(loud.build(files({ a: '' }))).rejects.toThrow(/kustomize/);
  });

  it('builds equal files once, and failed ones again', async () => {
    const log = join(scratch, 'log');
    const command = program(
      `echo run >> ${log}; /bin/cat a; /usr/bin/test ! -e bad`,
    );
    const counted = KustomizeBuilder.create({ command });
    const runs = () => readFileSync(log, 'utf8').split('\n').length - 1;
    expect(
      await Promise.all([
        counted.build(files({ a: '1' })),
        counted.build(files({ a: '1' })),
      ]),
    ).toEqual(['1', '1']);
    expect(await counted.build(files({ a: '1' }))).toBe('1');
    expect(runs()).toBe(1);
    expect(await counted.build(files({ a: '2' }))).toBe('2');
    expect(runs()).toBe(2);
    await expect(counted.build(files({ a: '', bad: '' }))).rejects.toThrow();
    await expect(counted.build(files({ a: '', bad: '' }))).rejects.toThrow();
    expect(runs()).toBe(4);
  });
});

describe('findKustomize', () => {
  it('takes the configured one, else that of the PATH, else the bundled one', () => {
    expect(findKustomize('/bin/sh')).toBe('/bin/sh');
    expect(() => findKustomize('kustomize')).toThrow('absolute');
    expect(() => findKustomize('/none')).toThrow("no program at '/none'");
    const scratch = mkdtempSync(join(tmpdir(), 'kustomize-test-'));
    try {
      const path = join(scratch, 'kustomize');
      writeFileSync(path, '');
      chmodSync(path, 0o755);
      expect(
        findKustomize(undefined, { PATH: `relative:/none:${scratch}` }),
      ).toBe(path);
    } finally {
      rmSync(scratch, { recursive: true });
    }
  });
});
