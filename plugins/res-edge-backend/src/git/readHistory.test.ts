import { TestRepository } from './__testUtils__/TestRepository';

let test: TestRepository;

beforeEach(async () => {
  test = await TestRepository.create();
});

afterEach(() => test.remove());

describe('history', () => {
  it('tells which files each commit changed by itself, the oldest first', async () => {
    const { repository } = test;
    const one = await test.commit('main', { 'apps/a': '1', README: '1' });
    const side = await test.branchOff('side', 'main', { 'apps/b': '1' });
    const two = await test.commit('main', { README: '2' });
    const none = await test.commit('main', {}, { allowEmpty: true });
    const merge = await test.merge('side');
    const pathsOf = async (from?: string) =>
      new Map(
        (await repository.history(merge, { from, paths: ['apps'] })).map(
          ({ commit, paths }) => [commit, paths],
        ),
      );
    const all = await pathsOf();
    expect(all).toEqual(
      new Map([
        [one, ['apps/a']],
        [two, []],
        [none, []],
        [side, ['apps/b']],
        [merge, []],
      ]),
    );
    expect([...all.keys()][0]).toBe(one);
    expect([...all.keys()][4]).toBe(merge);
    expect([...(await pathsOf(none)).keys()]).toEqual([side, merge]);
    expect(await pathsOf(merge)).toEqual(new Map());
  });

  it('tells what a merge changed beside what it merged', async () => {
    const { repository } = test;
    await test.commit('main', { 'apps/a': '1' });
    const side = await test.branchOff('side', 'main', { 'apps/b': '1' });
    const main = await test.commit('main', { 'apps/c': '1' });
    await test.git('config', 'user.email', 'ann@example.org');
    await test.git('config', 'user.name', 'Ann');
    const files = { 'apps/a': '1', 'apps/b': '2', 'apps/c': '1' };
    const tree = await test.commit('other', files);
    const merge = (
      await test.git(
        'commit-tree',
        `${tree}^{tree}`,
        ...['-p', main, '-p', side, '-m', 'evil'],
      )
    ).trim();
    const entries = await repository.history(merge, { paths: ['apps'] });
    expect(entries[entries.length - 1]).toMatchObject({
      commit: merge,
      committer: { name: 'Ann', email: 'ann@example.org' },
      paths: ['apps/b'],
    });
  });
});
