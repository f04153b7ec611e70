import { TestRepository } from './__testUtils__/TestRepository';
import { TreeReader } from './TreeReader';

let test: TestRepository;

beforeEach(async () => {
  test = await TestRepository.create();
});

afterEach(() => test.remove());

/** What the reader had to fetch, call by call. */
function reads(spy: jest.SpyInstance): number[] {
  return spy.mock.calls.map(([hashes]) => [...hashes].length);
}

describe('TreeReader', () => {
  it('reads what the predicate asks for, with hashes', async () => {
    const commit = await test.commit('main', {
      'apps/a.yaml': 'a',
      'apps/b.txt': 'b',
      'é/c.yaml': 'c',
    });
    const reader = TreeReader.create({ repository: test.repository });
    const tree = await reader.readTree(commit, path => path.endsWith('.yaml'));
    expect(
      [...tree].map(([path, { content }]) => [path, `${content}`]),
    ).toEqual([
      ['apps/a.yaml', 'a'],
      ['é/c.yaml', 'c'],
    ]);
    expect(tree.get('apps/a.yaml')!.hash).toBe(
      (await test.git('rev-parse', 'main:apps/a.yaml')).trim(),
    );
  });

  it('reads only what changed the next time', async () => {
    const contents = Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`f/${index}`, `${index}`]),
    );
    const first = await test.commit('main', contents);
    const second = await test.commit('main', {
      'f/7': 'seven',
      'f/8': '9',
      'f/10': undefined,
    });
    const spy = jest.spyOn(test.repository, 'readBlobs');
    const reader = TreeReader.create({ repository: test.repository });
    await reader.readTree(first, () => true);
    const tree = await reader.readTree(second, () => true);
    await reader.readTree(first, () => true);
    expect(reads(spy)).toEqual([200, 1, 0]);
    expect(tree.size).toBe(199);
    expect(String(tree.get('f/7')!.content)).toBe('seven');
    expect(tree.get('f/8')!.content).toBe(tree.get('f/9')!.content);
  });

  it('forgets what was not used for longest when the cache is full', async () => {
    const commit = await test.commit('main', { a: 'aaaa', b: 'bbbb', c: 'cc' });
    const spy = jest.spyOn(test.repository, 'readBlobs');
    const reader = TreeReader.create({
      repository: test.repository,
      maxCacheBytes: 8,
    });
    const one = async (name: string) =>
      String(
        (await reader.readTree(commit, path => path === name)).get(name)!
          .content,
      );
    expect([await one('a'), await one('b'), await one('a')]).toEqual([
      'aaaa',
      'bbbb',
      'aaaa',
    ]);
    expect([await one('c'), await one('a'), await one('b')]).toEqual([
      'cc',
      'aaaa',
      'bbbb',
    ]);
    expect(reads(spy)).toEqual([1, 1, 0, 1, 0, 1]);
  });

  it('reads an empty commit, and one larger than its cache', async () => {
    const empty = await test.commit('main', {});
    const full = await test.commit('main', { a: '12345', b: '67890' });
    const reader = TreeReader.create({
      repository: test.repository,
      maxCacheBytes: 3,
    });
    expect(await reader.readTree(empty, () => true)).toEqual(new Map());
    expect([...(await reader.readTree(full, () => true)).keys()]).toEqual([
      'a',
      'b',
    ]);
  });
});
