import { TestRepository } from './__testUtils__/TestRepository';
import { GitRepository } from './GitRepository';

let test: TestRepository;
let repository: GitRepository;

beforeEach(async () => {
  test = await TestRepository.create();
  repository = test.repository;
});

afterEach(() => test.remove());

describe('diff', () => {
  it('gives each file with its status and patch, ordered by path', async () => {
    const base = await test.commit('main', {
      'apps/b.yaml': 'a: 1\nb: 2\n',
      'apps/c.yaml': 'gone\n',
      same: 'same\n',
    });
    const head = await test.commit('main', {
      'apps/a b/größe.yaml': 'new\n',
      'apps/b.yaml': 'a: 1\nb: 3\n',
      'apps/c.yaml': undefined,
      'apps/empty': '',
    });
    expect(await repository.diff(base, head)).toEqual([
      {
        path: 'apps/a b/größe.yaml',
        status: 'added',
        patch:
          '--- /dev/null\n+++ b/apps/a b/größe.yaml\t\n@@ -0,0 +1 @@\n+new\n',
      },
      {
        path: 'apps/b.yaml',
        status: 'changed',
        patch:
          '--- a/apps/b.yaml\n+++ b/apps/b.yaml\n@@ -1,2 +1,2 @@\n a: 1\n-b: 2\n+b: 3\n',
      },
      {
        path: 'apps/c.yaml',
        status: 'removed',
        patch: '--- a/apps/c.yaml\n+++ /dev/null\n@@ -1 +0,0 @@\n-gone\n',
      },
      { path: 'apps/empty', status: 'added', patch: '' },
    ]);
    expect(await repository.diff(head, head)).toEqual([]);
  });

  it('shows everything as added where there is no base', async () => {
    const head = await test.commit('main', { a: '1\n', b: '2\n' });
    expect(
      (await repository.diff(undefined, head)).map(({ path, status }) => [
        path,
        status,
      ]),
    ).toEqual([
      ['a', 'added'],
      ['b', 'added'],
    ]);
  });

  it('keeps patches with their files where contents look like headers', async () => {
    const tricks =
      'diff --git a/x b/x\n--- a/x\n\rdiff --git a/y b/y\n\u2028--- a/z\nBinary files differ\n';
    const base = await test.commit('main', { a: '1\n', b: '1\n' });
    const head = await test.commit('main', { a: tricks, b: '2\n', c: tricks });
    const files = await repository.diff(base, head);
    expect(files.map(file => file.path)).toEqual(['a', 'b', 'c']);
    expect(files[0].patch).toContain('+diff --git a/x b/x\n+--- a/x\n');
    expect(files[1].patch).toBe('--- a/b\n+++ b/b\n@@ -1 +1 @@\n-1\n+2\n');
    expect(files[2].patch).toMatch(/^--- \/dev\/null\n\+\+\+ b\/c\n/);
  });

  it('leaves out patches that are too long, and what is not text', async () => {
    const base = await test.commit('main', { a: '1\n' });
    const head = await test.commit('main', {
      a: '2\n',
      binary: '\0\u0001\0',
      huge: 'x\n'.repeat(1_000_000),
      long: 'line\n'.repeat(20_000),
      z: 'z\n',
    });
    const files = await repository.diff(base, head);
    expect(files.map(file => [file.path, 'patch' in file])).toEqual([
      ['a', true],
      ['binary', false],
      ['huge', false],
      ['long', false],
      ['z', true],
    ]);
  });

  it('leaves out the patches after so many bytes, and names every file', async () => {
    const head = await test.commit(
      'main',
      Object.fromEntries(
        Array.from({ length: 50 }, (_, index) => [`f${index + 10}`, 'x\n']),
      ),
    );
    const files = await repository.diff(undefined, head, {
      maxTotalBytes: 1000,
    });
    expect(files).toHaveLength(50);
    const patched = files.filter(file => file.patch !== undefined);
    expect(patched.length).toBeGreaterThan(2);
    expect(patched.length).toBeLessThan(15);
    expect(files.slice(0, patched.length)).toEqual(patched);
  });

  it('takes a file that becomes a link for one change', async () => {
    const base = await test.commit('main', { a: '1\n', b: '1\n', c: '1\n' });
    const target = (await repository.list(base)).find(
      entry => entry.path === 'a',
    )!.hash;
    const tree = await test.gitWithInput(
      `120000 blob ${target}\tb\n100644 blob ${target}\ta\n`,
      'mktree',
    );
    const head = await test.git(
      '-c',
      'user.name=x',
      '-c',
      'user.email=x@y',
      'commit-tree',
      tree.trim(),
      '-m',
      'link',
    );
    const files = await repository.diff(base, head.trim());
    expect(files.map(({ path, status }) => [path, status])).toEqual([
      ['b', 'changed'],
      ['c', 'removed'],
    ]);
    expect(files[0].patch).toContain('--- a/b\n+++ /dev/null\n');
    expect(files[0].patch).toContain('--- /dev/null\n+++ b/b\n');
    expect(files[1].patch).toContain('--- a/c\n+++ /dev/null\n');
    // A link has no content of its own.
    expect([
      ...(await repository.read(head.trim(), () => true)).keys(),
    ]).toEqual(['a']);
    expect(await repository.read(head.trim(), ['b'])).toEqual(new Map());
  });
});
