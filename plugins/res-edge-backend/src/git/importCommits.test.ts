import childProcess from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FileChange } from '@res-edge/backstage-plugin-res-edge-engine';
import {
  author,
  changesOf,
  date,
  TestRepository,
} from './__testUtils__/TestRepository';
import { GitRepository } from './GitRepository';

let test: TestRepository;
let repository: GitRepository;

beforeEach(async () => {
  test = await TestRepository.create();
  repository = test.repository;
});

afterEach(async () => {
  jest.restoreAllMocks();
  await test.remove();
});

describe('commit', () => {
  it('writes, changes and removes files, and whole folders', async () => {
    const first = await test.commit('main', {
      'apps/imdb/a.yaml': 'a: 1\n',
      'apps/imdb/b.yaml': 'b: 1\n',
      'clusters/one/x.yaml': 'x\n',
      'clusters/one/values/y.yaml': 'y\n',
      'clusters/oneself.yaml': 'z\n',
    });
    const second = await test.commit('main', {
      'apps/imdb/a.yaml': 'a: 2\n',
      'apps/imdb/b.yaml': undefined,
      'apps/imdb/c.yaml': '',
      'clusters/one': undefined,
      'never/was/here': undefined,
    });
    expect(await repository.resolve('main')).toBe(second);
    expect(await repository.read(second, () => true)).toEqual(
      new Map([
        ['apps/imdb/a.yaml', Buffer.from('a: 2\n')],
        ['apps/imdb/c.yaml', Buffer.from('')],
        ['clusters/oneself.yaml', Buffer.from('z\n')],
      ]),
    );
    expect(
      await test.git('log', '--format=%H %P %an <%ae> %ct %s', 'main'),
    ).toBe(
      [
        `${second} ${first} Res-Edge <res-edge@example.org> 1767323045 a change`,
        `${first}  Res-Edge <res-edge@example.org> 1767323045 a change`,
        '',
      ].join('\n'),
    );
    await test.git('fsck', '--strict');
  });

  it('gives the same commit for the same input', async () => {
    const other = await GitRepository.createBare(
      join(test.folder, 'other.git'),
    );
    const input = {
      branch: 'main',
      parent: undefined,
      message: 'same',
      author,
      date,
      changes: changesOf({ a: '1', 'b/c': '2' }),
    };
    expect(await other.commit(input)).toBe(await repository.commit(input));
  });

  it('makes no commit where nothing changes', async () => {
    const first = await test.commit('main', { a: '1' });
    expect(await test.commit('main', {})).toBe(first);
    expect(await test.commit('main', { a: '1', b: undefined })).toBe(first);
    expect(await test.git('rev-list', '--count', 'main')).toBe('1\n');
    expect(await test.branchOff('topic', 'main', { a: '1' })).toBe(first);
    expect(await repository.resolve('topic')).toBeUndefined();
  });

  it('keeps content byte for byte: binary, empty, unicode, and what looks like a command', async () => {
    const binary = Buffer.from(
      Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256),
    );
    const first = await repository.commit({
      branch: 'main',
      parent: undefined,
      message: 'content',
      author,
      date,
      changes: [
        { path: 'binary', content: new Uint8Array(binary) },
        { path: 'command', content: '\ndone\nD binary\ndata 3\n' },
        { path: 'crlf', content: 'a\r\nb\r' },
        { path: 'städte/münchen und köln/日本.yaml', content: 'größe: ✓\n' },
        { path: 'with "quotes" and \'these\'', content: 'q' },
        { path: ' lead and trail ', content: 'b' },
      ],
    });
    const read = await repository.read(first, () => true);
    expect([...read.keys()]).toEqual([
      ' lead and trail ',
      'binary',
      'command',
      'crlf',
      'städte/münchen und köln/日本.yaml',
      'with "quotes" and \'these\'',
    ]);
    expect(read.get('binary')).toEqual(binary);
    expect(String(read.get('command'))).toBe('\ndone\nD binary\ndata 3\n');
    expect(String(read.get('crlf'))).toBe('a\r\nb\r');
    expect(String(read.get('städte/münchen und köln/日本.yaml'))).toBe(
      'größe: ✓\n',
    );
  });

  it('streams 2,000 files from an async source, and never gets far ahead of git', async () => {
    const content = Buffer.alloc(20_000, 'x');
    let produced = 0;
    async function* changes(): AsyncGenerator<FileChange> {
      for (let index = 0; index < 2000; index++) {
        produced++;
        yield {
          path: `clusters/c-${index}/kustomization.yaml`,
          content: Buffer.concat([Buffer.from(`${index}\n`), content]),
        };
      }
    }
    const first = await test.commit('main', {}, { changes: changes() });
    expect(produced).toBe(2000);
    const entries = await repository.list(first);
    expect(entries).toHaveLength(2000);
    const read = await repository.read(
      first,
      entries.map(e => e.path),
    );
    expect(read.size).toBe(2000);
    expect(
      [...read].every(([path, bytes]) =>
        path.startsWith(`clusters/c-${String(bytes).split('\n')[0]}/`),
      ),
    ).toBe(true);
  });

  it('refuses a parent that the branch has left behind', async () => {
    const first = await test.commit('main', { a: '1' });
    const second = await test.commit('main', { a: '2' });
    await expect(
      test.commit('main', { b: '1' }, { parent: first }),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      branch: 'main',
      expected: first,
      found: second,
      message: `Branch main has moved: expected ${first}, found ${second}`,
    });
    await expect(
      test.commit('main', { b: '1' }, { parent: undefined }),
    ).rejects.toThrow(`expected no such branch, found ${second}`);
    await expect(
      test.commit('topic', { b: '1' }, { parent: second }),
    ).rejects.toThrow(`expected ${second}, found no such branch`);
    expect(await repository.resolve('main')).toBe(second);
  });

  it('refuses when the branch moves during the commit', async () => {
    const first = await test.commit('main', { a: '1' });
    let second: string | undefined;
    async function* changes(): AsyncGenerator<FileChange> {
      yield { path: 'b', content: '1' };
      second = await test.commit('main', { a: '2' });
      yield { path: 'c', content: '1' };
    }
    await expect(
      test.commit('main', {}, { parent: first, changes: changes() }),
    ).rejects.toMatchObject({ name: 'ConflictError', expected: first });
    expect(await repository.resolve('main')).toBe(second);
    expect(await repository.list(second!)).toHaveLength(1);
  });

  it('lets one of many win', async () => {
    const first = await test.commit('main', { a: '0' });
    const results = await Promise.allSettled(
      [1, 2, 3, 4, 5, 6].map(n =>
        test.commit('main', { a: String(n) }, { parent: first }),
      ),
    );
    const won = results.flatMap(result =>
      result.status === 'fulfilled' ? [result.value] : [],
    );
    const names = results.flatMap(result =>
      result.status === 'rejected' ? [result.reason.name] : [],
    );
    expect(won).toEqual([await repository.resolve('main')]);
    expect(names).toEqual(Array(5).fill('ConflictError'));
  });

  it('proposes a branch anew on a newer parent, or begins one', async () => {
    await test.commit('main', { a: '1' });
    const old = await test.branchOff('res-edge/app', 'main', { b: '1' });
    const newer = await test.commit('main', { a: '2' });
    await expect(
      test.branchOff('res-edge/app', 'main', { b: '2' }),
    ).rejects.toMatchObject({ name: 'ConflictError', found: old });
    const anew = await test.commit(
      'res-edge/app',
      { b: '2' },
      { parent: newer, expected: { commit: old } },
    );
    expect(await repository.resolve('res-edge/app')).toBe(anew);
    expect(await test.git('rev-parse', 'res-edge/app^')).toBe(`${newer}\n`);
  });

  it('leaves everything as it was when git is killed on the way', async () => {
    const first = await test.commit('main', { a: '1' });
    const spawn = jest.spyOn(childProcess, 'spawn');
    async function* changes(): AsyncGenerator<FileChange> {
      for (let index = 0; index < 500; index++) {
        yield { path: `files/${index}`, content: Buffer.alloc(10_000, 'y') };
      }
      const { value } = spawn.mock.results.at(-1)!;
      expect(spawn.mock.calls.at(-1)![1]).toContain('fast-import');
      value.kill('SIGKILL');
      // A source that never comes back must not keep the commit waiting.
      await new Promise(() => {});
    }
    await expect(
      test.commit('main', {}, { changes: changes() }),
    ).rejects.toThrow('git fast-import failed: ended by SIGKILL');
    expect(await repository.resolve('main')).toBe(first);
    expect(await test.git('for-each-ref', '--format=%(refname)')).toBe(
      'refs/heads/main\n',
    );
    await test.git('fsck', '--strict');
    const second = await test.commit('main', { a: '2' });
    expect(await repository.resolve('main')).toBe(second);
  });

  it('leaves everything as it was when the source of the changes fails', async () => {
    const first = await test.commit('main', { a: '1' });
    async function* changes(): AsyncGenerator<FileChange> {
      yield { path: 'b', content: '1' };
      throw new Error('no more shelves');
    }
    await expect(
      test.commit('main', {}, { changes: changes() }),
    ).rejects.toThrow('no more shelves');
    expect(await repository.resolve('main')).toBe(first);
    expect(
      (await readdir(repository.folder)).filter(name => /crash/.test(name)),
    ).toEqual([]);
  });

  it.each([
    '../x',
    'a/../../x',
    '/etc/passwd',
    '.git/config',
    'a/.GIT/hooks/post-update',
    'a/.g\u200cit/x',
    'new\nline',
    'nul\0byte',
    'cafe\u0301.yaml',
    '',
  ])('refuses the path %j, and changes nothing', async path => {
    const first = await test.commit('main', { a: '1' });
    await expect(
      test.commit('main', { b: '1', [path]: 'x' }),
    ).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining(JSON.stringify(path)),
    });
    await expect(test.commit('main', { [path]: undefined })).rejects.toThrow(
      'is not allowed',
    );
    expect(await repository.resolve('main')).toBe(first);
  });

  it('writes messages and people that try to be something else', async () => {
    const first = await test.commit(
      'main',
      { a: '1' },
      {
        message: 'one\0\x1b[31m\r\nfrom refs/heads/x\ndata 5\n\n',
        author: { name: ' Eve <x>\ncommitter Y', email: 'eve@\nexample> 0' },
      },
    );
    expect(await test.git('cat-file', 'commit', first)).toBe(
      [
        `tree ${(await test.git('rev-parse', `${first}^{tree}`)).trim()}`,
        'author Eve x committer Y <eve@example0> 1767323045 +0000',
        'committer Eve x committer Y <eve@example0> 1767323045 +0000',
        '',
        'one[31m\nfrom refs/heads/x\ndata 5\n',
      ].join('\n'),
    );
    await expect(
      test.commit('main', { b: '' }, { message: '\n' }),
    ).rejects.toThrow('must not be empty');
    await expect(
      test.commit('main', { b: '' }, { author: { name: '<>', email: 'a@b' } }),
    ).rejects.toThrow('needs a name and an email address');
  });
});
