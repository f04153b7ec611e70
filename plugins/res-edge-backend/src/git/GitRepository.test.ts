import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { author, TestRepository } from './__testUtils__/TestRepository';
import { GitRepository } from './GitRepository';

let test: TestRepository;
let repository: GitRepository;

beforeEach(async () => {
  test = await TestRepository.create();
  repository = test.repository;
});

afterEach(() => test.remove());

describe('createBare and open', () => {
  it('creates a bare repository whose default branch is main, without anything that is not needed', async () => {
    expect(await test.git('symbolic-ref', 'HEAD')).toBe('refs/heads/main\n');
    expect(await test.git('rev-parse', '--is-bare-repository')).toBe('true\n');
    expect((await readdir(repository.folder)).sort()).toEqual([
      'HEAD',
      'config',
      'objects',
      'refs',
    ]);
    expect(await readdir(test.folder)).toEqual(['repository.git']);
  });

  it('opens what exists, and creates nothing anew', async () => {
    const first = await test.commit('main', { a: '1' });
    const again = await GitRepository.createBare(repository.folder);
    const opened = await GitRepository.open(repository.folder);
    expect(await again.resolve('main')).toBe(first);
    expect(await opened.resolve('main')).toBe(first);
  });

  it('lets several processes create at once', async () => {
    const target = join(test.folder, 'below', 'one.git');
    await Promise.all([1, 2, 3, 4].map(() => GitRepository.createBare(target)));
    expect(await readdir(join(test.folder, 'below'))).toEqual(['one.git']);
  });

  it('refuses a folder that is missing, or holds something else', async () => {
    await expect(
      GitRepository.open(join(test.folder, 'nothing')),
    ).rejects.toThrow(/There is no bare Git repository in .*nothing/);
    await mkdir(join(test.folder, 'full'));
    await writeFile(join(test.folder, 'full', 'notes.txt'), 'mine');
    await expect(
      GitRepository.createBare(join(test.folder, 'full')),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    expect(await readdir(join(test.folder, 'full'))).toEqual(['notes.txt']);
    await expect(
      GitRepository.open(join(test.folder, 'full')),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });
});

describe('an empty repository', () => {
  it('answers, with nothing in it', async () => {
    expect(await repository.resolve('main')).toBeUndefined();
    expect(await repository.resolve('1'.repeat(40))).toBeUndefined();
    expect(await repository.branches()).toEqual(new Map());
    expect(await repository.log('main')).toEqual([]);
    await expect(test.merge('topic')).rejects.toThrow(
      'There is no branch topic',
    );
    await expect(repository.canMerge('topic', 'main')).rejects.toThrow(
      'There is no branch topic',
    );
    await expect(
      repository.deleteBranch('topic', '1'.repeat(40)),
    ).resolves.toBeUndefined();
    await expect(repository.maintain()).resolves.toBeUndefined();
  });

  it('takes a first commit without files', async () => {
    const first = await test.commit('main', {});
    expect(await repository.list(first)).toEqual([]);
    expect(await repository.read(first, () => true)).toEqual(new Map());
    expect(await repository.diff(undefined, first)).toEqual([]);
  });
});

describe('refs', () => {
  it.each([
    '--upload-pack=x',
    '-d',
    '../x',
    'a/../b',
    'a..b',
    'refs/heads/../x',
    'a//b',
    '/a',
    'a/',
    'a.lock',
    'a.lock/b',
    '.git/config',
    'a b',
    'a\nb',
    'a\0b',
    'a~1',
    'a^',
    'a:b',
    'a@{0}',
    '@',
    'caf\u00e9',
    'cafe\u0301',
    'HEAD',
    'f'.repeat(40),
    'x'.repeat(300),
    '',
  ])('refuses the branch %j everywhere', async branch => {
    const first = await test.commit('main', { a: '1' });
    const attempts = [
      () => test.commit('main', { a: '2' }, { branch }),
      () => repository.merge({ branch, into: 'main', message: 'm', author }),
      () => repository.canMerge('main', branch),
      () => repository.deleteBranch(branch, first),
      () => repository.setBranch(branch, first, undefined),
    ];
    for (const attempt of attempts) {
      await expect(attempt()).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining('is no branch name'),
      });
    }
    expect(await repository.branches()).toEqual(new Map([['main', first]]));
  });

  it('refuses commits that are no full hashes', async () => {
    const first = await test.commit('main', { a: '1' });
    for (const name of ['main', 'HEAD', '--all', first.slice(0, 12), '']) {
      await expect(repository.list(name)).rejects.toThrow('is no commit');
      await expect(repository.diff(first, name)).rejects.toThrow(
        'is no commit',
      );
      await expect(
        repository.setBranch('topic', name, undefined),
      ).rejects.toThrow('is no commit');
    }
  });

  it('lists branches by prefix', async () => {
    const first = await test.commit('main', { a: '1' });
    for (const branch of ['delivery/2', 'delivery/1', 'delivery-old', 'x.y']) {
      await repository.setBranch(branch, first, undefined);
    }
    expect([...(await repository.branches('delivery/')).keys()]).toEqual([
      'delivery/1',
      'delivery/2',
    ]);
    expect((await repository.branches()).size).toBe(5);
  });

  it('moves and deletes a branch only from where it is expected', async () => {
    const first = await test.commit('main', { a: '1' });
    const second = await test.commit('main', { a: '2' });
    await repository.setBranch('topic', first, undefined);
    await expect(
      repository.setBranch('topic', second, undefined),
    ).rejects.toMatchObject({ name: 'ConflictError', found: first });
    await repository.setBranch('topic', second, first);
    await expect(repository.deleteBranch('topic', first)).rejects.toMatchObject(
      { name: 'ConflictError', found: second },
    );
    await repository.deleteBranch('topic', second);
    await repository.deleteBranch('topic', second);
    expect([...(await repository.branches()).keys()]).toEqual(['main']);
    await expect(repository.deleteBranch('main', second)).rejects.toThrow(
      'cannot be deleted',
    );
  });

  it("says git's own words where a branch would be a folder of another", async () => {
    const first = await test.commit('main', { a: '1' });
    await expect(
      repository.setBranch('main/below', first, undefined),
    ).rejects.toMatchObject({
      name: 'GitError',
      message: expect.stringContaining("'refs/heads/main' exists"),
    });
  });
});
