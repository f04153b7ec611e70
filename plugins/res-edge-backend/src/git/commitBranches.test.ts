import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { FileChange } from '@res-edge/backstage-plugin-res-edge-engine';
import {
  author,
  changesOf,
  date,
  TestRepository,
} from './__testUtils__/TestRepository';

let test: TestRepository;

beforeEach(async () => {
  test = await TestRepository.create();
});

afterEach(async () => test.remove());

function commitTo(
  branch: string,
  parent: string | undefined,
  changes: Iterable<FileChange>,
) {
  return { branch, parent, author, date, message: 'a change', changes };
}

describe('commitAll', () => {
  it('moves each branch to what a commit of its own would be', async () => {
    const base = await test.commit('shards/0', { base: 'x', 'a/b': 'y' });
    const contents = (index: number) => ({
      [`clusters/${index}`]: `${index} é\n`,
      base: undefined,
    });
    const parentOf = (index: number) => (index === 0 ? base : undefined);
    const commits = Array.from({ length: 20 }, (_, index) =>
      commitTo(`shards/${index}`, parentOf(index), changesOf(contents(index))),
    );
    const moved = new Map<string, string>();
    await test.repository.commitAll(commits, {
      onMoved: ({ branch }, commit) => moved.set(branch, commit),
    });
    expect(moved).toEqual(await test.repository.branches('shards/'));
    for (let index = 0; index < 20; index++) {
      const commit = await test.commit(`alone/${index}`, contents(index), {
        parent: parentOf(index),
        expected: {},
      });
      expect(moved.get(`shards/${index}`)).toBe(commit);
    }
    await test.git('fsck', '--strict');
  });

  it('asks for changes only when git takes them', async () => {
    const large = 'x'.repeat(1024 * 1024);
    let started = 0;
    function* changes() {
      started += 1;
      for (let index = 0; index < 33; index++) {
        yield { path: `file-${index}`, content: large + index };
      }
    }
    const branches = ['a', 'b', 'c', 'd', 'e'];
    const startedWhenMoved: number[] = [];
    await test.repository.commitAll(
      branches.map(branch => commitTo(branch, undefined, changes())),
      { onMoved: () => startedWhenMoved.push(started) },
    );
    expect(startedWhenMoved).toHaveLength(5);
    // No more than one for each process of git.
    expect(startedWhenMoved[0]).toBeLessThanOrEqual(4);
  });

  it('moves the others where a branch is not where it is expected', async () => {
    const { repository } = test;
    const here = await test.commit('b', { x: '1' });
    const commits = ['a', 'b', 'c'].map(branch =>
      commitTo(branch, undefined, changesOf({ y: '2' })),
    );
    await expect(repository.commitAll(commits)).rejects.toThrow(/'?b'?/);
    expect(await repository.resolve('b')).toBe(here);
    expect(await repository.resolve('a')).toBeDefined();
    expect(await repository.resolve('c')).toBe(await repository.resolve('a'));
  });

  it('moves nothing where this process may not write any more', async () => {
    const commits = [commitTo('a', undefined, changesOf({ y: '2' }))];
    const beforeMove = async () => {
      throw new Error('The lease is lost');
    };
    await expect(
      test.repository.commitAll(commits, { beforeMove }),
    ).rejects.toThrow('The lease is lost');
    expect(await test.repository.branches()).toEqual(new Map());
  });

  it('writes nothing of a batch with a path that is not allowed', async () => {
    const commits = [
      commitTo('a', undefined, changesOf({ y: '2' })),
      commitTo('b', undefined, changesOf({ '../y': '2' })),
    ];
    await expect(test.repository.commitAll(commits)).rejects.toThrow(
      'not allowed',
    );
    expect(await test.repository.resolve('b')).toBeUndefined();
  });

  it('moves no branch for a change that is none', async () => {
    const first = await test.commit('a', { y: '1' });
    const moved: string[] = [];
    await test.repository.commitAll(
      [
        commitTo('a', first, changesOf({ y: '1' })),
        commitTo('b', undefined, []),
      ],
      { onMoved: (_, commit) => moved.push(commit) },
    );
    expect(moved).toContain(first);
    expect(await test.repository.resolve('a')).toBe(first);
    expect(await test.repository.resolve('b')).toBeDefined();
  });
});

describe('a branch that is re-rooted', () => {
  it('begins anew with its files, and keeps its old history in the archive', async () => {
    const { repository } = test;
    await test.commit('a', { 'x/y': '1', z: '1' });
    const parent = await test.commit('a', { z: '2' });
    await repository.commitAll([
      {
        ...commitTo('a', parent, changesOf({ z: '3' })),
        archive: 'a/2026-01-02',
      },
    ]);
    const [root, ...older] = await repository.log('a');
    expect(older).toEqual([]);
    expect(root.parents).toEqual([]);
    expect(await test.textOf(root.commit)).toEqual({ 'x/y': '1', z: '3' });
    expect(await repository.archives()).toEqual(
      new Map([['a/2026-01-02', parent]]),
    );
    expect(await repository.log(parent)).toHaveLength(2);
    expect([...(await repository.branches()).keys()]).toEqual(['a']);
  });

  it('frees what its archive took, once that is old', async () => {
    const { repository } = test;
    const parent = await test.commit('a', { 'x/y': '1', z: '1' });
    const commit = commitTo('a', parent, changesOf({ z: '3' }));
    await repository.commitAll([{ ...commit, archive: 'a/2026-01-02' }]);
    const young = await test.commit('b', { z: '4' });
    await repository.deleteBranch('b', young);
    const objects = join(repository.folder, 'objects');
    const monthAgo = Date.now() / 1000 - 30 * 24 * 60 * 60;
    for (const file of await readdir(objects, { recursive: true })) {
      const isOfYoung = young.startsWith(file.replace('/', '').slice(0, 40));
      if (!isOfYoung) await utimes(join(objects, file), monthAgo, monthAgo);
    }
    await repository.deleteArchives(await repository.archives());
    expect(await repository.archives()).toEqual(new Map());
    expect(await repository.resolve(parent)).toBeUndefined();
    // Somebody may still be writing with it.
    expect(await repository.resolve(young)).toBe(young);
    const [root] = await repository.log('a');
    expect(await test.textOf(root.commit)).toEqual({ 'x/y': '1', z: '3' });
    await test.git('fsck', '--strict');
  });

  it('is not where somebody else was faster, and then there is no archive', async () => {
    const { repository } = test;
    const parent = await test.commit('a', { z: '2' });
    const theirs = await test.commit('a', { z: 'theirs' });
    const commit = {
      ...commitTo('a', parent, []),
      message: 'anew',
      archive: 'a/2026-01-02',
    };
    await expect(repository.commitAll([commit])).rejects.toThrow('has moved');
    expect(await repository.resolve('a')).toBe(theirs);
    expect(await repository.archives()).toEqual(new Map());
  });

  it('refuses names of archives that leave their folder', async () => {
    const parent = await test.commit('a', { z: '2' });
    const commit = {
      ...commitTo('a', parent, []),
      message: 'anew',
      archive: '../heads/main',
    };
    await expect(test.repository.commitAll([commit])).rejects.toThrow(
      'no branch name',
    );
  });
});
