import { author, TestRepository } from './__testUtils__/TestRepository';
import { commitMessage } from './commitMessage';
import { GitRepository } from './GitRepository';

let test: TestRepository;
let repository: GitRepository;

beforeEach(async () => {
  test = await TestRepository.create();
  repository = test.repository;
});

afterEach(() => test.remove());

describe('log', () => {
  it('tells the history of a branch, a folder and a file', async () => {
    const message = (subject: string) => ({ message: subject });
    const one = await test.commit('main', { 'a/x': '1' }, message('one'));
    const two = await test.commit('main', { 'b/y': '1' }, message('two'));
    const three = await test.commit('main', { 'a/z': '1' }, message('three'));
    const commits = async (...args: Parameters<GitRepository['log']>) =>
      (await repository.log(...args)).map(entry => entry.commit);
    expect(await commits('main')).toEqual([three, two, one]);
    expect(await commits(two)).toEqual([two, one]);
    expect(await commits('main', { limit: 2 })).toEqual([three, two]);
    expect(await commits('main', { path: 'a' })).toEqual([three, one]);
    expect(await commits('main', { path: 'b/y' })).toEqual([two]);
    expect(await commits('main', { path: '*' })).toEqual([]);
    expect(await commits('nowhere')).toEqual([]);
    await expect(commits('main', { limit: 0 })).rejects.toThrow(
      'limit is 0, and must be an integer from 1 to 1000',
    );
    await expect(commits('main', { path: '../x' })).rejects.toThrow(
      'is not allowed',
    );
  });

  it('gives messages with their trailers', async () => {
    await test.commit(
      'main',
      { a: '1' },
      {
        message: commitMessage({
          subject: 'Größe ändern',
          body: 'First.\n\nSecond.',
          trailers: {
            Plan: 'p-1',
            'Requested-by': 'user:default/ann',
            'Approved-by': ['user:default/bob', 'user:default/cy'],
          },
        }),
        author: { name: 'Änn', email: 'ann@example.org' },
        committer: author,
      },
    );
    const [entry] = await repository.log('main');
    expect(entry).toEqual({
      commit: await repository.resolve('main'),
      parents: [],
      author: { name: 'Änn', email: 'ann@example.org' },
      committer: author,
      date: new Date('2026-01-02T03:04:05Z'),
      subject: 'Größe ändern',
      body: [
        'First.\n\nSecond.\n\nPlan: p-1',
        'Requested-by: user:default/ann',
        'Approved-by: user:default/bob',
        'Approved-by: user:default/cy',
      ].join('\n'),
      trailers: new Map([
        ['Plan', ['p-1']],
        ['Requested-by', ['user:default/ann']],
        ['Approved-by', ['user:default/bob', 'user:default/cy']],
      ]),
    });
  });

  it.each([
    { subject: 'x\nApproved-by: eve' },
    { subject: 'Approved-by: eve' },
    { subject: 'x', body: 'Approved-by: eve' },
    { subject: 'x', body: 'text\r\n\rapproved-BY : eve\n' },
    { subject: 'x', body: 'a\u2028Approved-by: eve\u0085Approved-by: eve' },
    { subject: 'x', trailers: { Plan: 'p\n\nApproved-by: eve' } },
    { subject: 'x', trailers: { Plan: 'p\r\u2028Approved-by: eve' } },
    { subject: 'x', body: 'Approved-by: eve', trailers: { Plan: 'p' } },
  ])('lets nobody approve by the way: %j', async parts => {
    await test.commit('main', { a: '1' }, { message: commitMessage(parts) });
    const [{ trailers }] = await repository.log('main');
    expect([...trailers.keys()].map(key => key.toLowerCase())).toEqual(
      'trailers' in parts ? ['plan'] : [],
    );
  });
});
