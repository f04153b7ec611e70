import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { author, date, TestRepository } from './__testUtils__/TestRepository';
import { GitRepository } from './GitRepository';

const LINES = 'one\ntwo\nthree\nfour\nfive\n';

let test: TestRepository;
let repository: GitRepository;
let first: string;

beforeEach(async () => {
  test = await TestRepository.create();
  repository = test.repository;
  first = await test.commit('main', { 'a.yaml': LINES, 'b.yaml': LINES });
});

afterEach(() => test.remove());

/** Two branches, of which one was merged already. */
async function diverge(
  left: Record<string, string | undefined>,
  right: Record<string, string | undefined>,
) {
  await test.branchOff('left', 'main', left);
  await test.branchOff('right', 'main', right);
  return test.merge('left');
}

async function objectsOf(): Promise<string[]> {
  return readdir(join(repository.folder, 'objects'), { recursive: true });
}

describe('merge', () => {
  it('merges branches that change different files, and different lines of one', async () => {
    const ours = await diverge(
      { 'a.yaml': LINES.replace('one', 'ONE'), c: 'left' },
      { 'a.yaml': LINES.replace('five', 'FIVE'), d: 'right' },
    );
    expect(await repository.canMerge('right', 'main')).toEqual({
      mergeable: true,
      conflicts: [],
    });
    const theirs = await repository.resolve('right');
    const merged = await test.merge('right');
    expect(await repository.resolve('main')).toBe(merged);
    expect(await test.textOf(merged)).toEqual({
      'a.yaml': 'ONE\ntwo\nthree\nfour\nFIVE\n',
      'b.yaml': LINES,
      c: 'left',
      d: 'right',
    });
    expect(
      await test.git('log', '-1', '--format=%P|%an|%cn|%ct|%s', merged),
    ).toBe(`${ours} ${theirs}|Res-Edge|Res-Edge|1767323045|merge right\n`);
    await test.git('fsck', '--strict');
  });

  it('makes a commit with two parents even where it could just move the branch', async () => {
    const theirs = await test.branchOff('left', 'main', { c: '1' });
    const merged = await test.merge('left');
    expect(await test.git('rev-list', '--parents', '-1', merged)).toBe(
      `${merged} ${first} ${theirs}\n`,
    );
  });

  it('does nothing for what is merged already', async () => {
    await test.branchOff('left', 'main', { c: '1' });
    const merged = await test.merge('left');
    expect(await test.merge('left')).toBe(merged);
    expect(await repository.resolve('main')).toBe(merged);
  });

  it('names the files in conflict, and leaves both branches where they are', async () => {
    const ours = await diverge(
      { 'a.yaml': LINES.replace('one', 'left'), 'b.yaml': undefined, c: '1' },
      {
        'a.yaml': LINES.replace('one', 'right'),
        'b.yaml': LINES.replace('one', 'right'),
        c: '2',
        d: '2',
      },
    );
    const theirs = await repository.resolve('right');
    expect(await repository.canMerge('right', 'main')).toEqual({
      mergeable: false,
      conflicts: ['a.yaml', 'b.yaml', 'c'],
    });
    await expect(test.merge('right')).rejects.toMatchObject({
      name: 'ConflictError',
      branch: 'right',
      into: 'main',
      paths: ['a.yaml', 'b.yaml', 'c'],
      message:
        'Branch right conflicts with main in 3 file(s): a.yaml, b.yaml, c',
    });
    expect(await repository.branches()).toEqual(
      new Map([
        ['left', await repository.resolve('left')],
        ['main', ours],
        ['right', theirs],
      ]),
    );
  });

  it('names few of many files, and keeps all', async () => {
    const many = (text: string) =>
      Object.fromEntries(
        Array.from({ length: 30 }, (_, index) => [`f/${index + 10}`, text]),
      );
    await diverge(many('left'), many('right'));
    const error = await test.merge('right').catch(e => e);
    expect(error.message).toMatch(/30 file\(s\): f\/10, .*f\/29 and 10 more$/);
    expect(error.paths).toHaveLength(30);
  });

  it('tries a merge without leaving anything behind', async () => {
    await diverge({ 'a.yaml': 'l\n', c: '1' }, { 'a.yaml': 'r\n', d: '2' });
    const before = await objectsOf();
    await repository.canMerge('right', 'main');
    expect(await objectsOf()).toEqual(before);
  });

  it('merges just what somebody has read', async () => {
    const read = await test.branchOff('left', 'main', { c: '1' });
    const later = await test.commit('left', { c: '2' });
    const options = {
      branch: 'left',
      into: 'main',
      message: 'm',
      author,
      date,
    };
    await expect(
      repository.merge({ ...options, expected: { branch: read } }),
    ).rejects.toMatchObject({ name: 'ConflictError', found: later });
    await expect(
      repository.merge({ ...options, expected: { into: later } }),
    ).rejects.toMatchObject({ name: 'ConflictError', found: first });
    expect(await repository.resolve('main')).toBe(first);
    await repository.merge({
      ...options,
      expected: { branch: later, into: first },
    });
    expect(await repository.resolve('main')).not.toBe(first);
  });

  it('lets one of several merges at once win, or puts one after the other; none is lost', async () => {
    const branches = ['b1', 'b2', 'b3', 'b4'];
    for (const branch of branches) {
      await test.branchOff(branch, 'main', { [branch]: branch });
    }
    const results = await Promise.allSettled(
      branches.map(branch => test.merge(branch)),
    );
    const merged = branches.filter(
      (_, index) => results[index].status === 'fulfilled',
    );
    expect(merged.length).toBeGreaterThan(0);
    for (const result of results) {
      expect(
        result.status === 'fulfilled' ? 'ConflictError' : result.reason.name,
      ).toBe('ConflictError');
    }
    const main = (await repository.resolve('main'))!;
    expect(Object.keys(await test.textOf(main)).sort()).toEqual([
      'a.yaml',
      'b.yaml',
      ...merged,
    ]);
  });

  it('is not changed by attributes, configuration or hooks in the content', async () => {
    await test.commit('main', {
      '.gitattributes': '* merge=union\n*.yaml -diff binary\n',
      'hooks/reference-transaction': '#!/bin/sh\nexit 1\n',
    });
    await diverge(
      { 'a.yaml': LINES.replace('one', 'left') },
      { 'a.yaml': LINES.replace('one', 'right') },
    );
    await expect(test.merge('right')).rejects.toMatchObject({
      paths: ['a.yaml'],
    });
    const [{ patch }] = await repository
      .diff(first, (await repository.resolve('left'))!)
      .then(files => files.filter(file => file.path === 'a.yaml'));
    expect(patch).toContain('+left\n');
  });
});

describe('mergeBase', () => {
  it('finds where a branch left, and nothing between strangers', async () => {
    const topic = await test.branchOff('topic', 'main', { c: '1' });
    const main = await test.commit('main', { d: '1' });
    const stranger = await test.commit('other', { e: '1' });
    expect(await repository.mergeBase(main, topic)).toBe(first);
    expect(await repository.mergeBase(main, stranger)).toBeUndefined();
  });
});
