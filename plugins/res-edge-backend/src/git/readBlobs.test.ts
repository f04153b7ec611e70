import { TestRepository } from './__testUtils__/TestRepository';

let test: TestRepository;

beforeEach(async () => {
  test = await TestRepository.create();
});

afterEach(() => test.remove());

describe('readBlobs', () => {
  it('reads contents of all sizes with one process', async () => {
    const sizes = [0, 1, 2, 65_535, 65_536, 65_537, 1_000_000, 0, 3];
    const commit = await test.repository.commit({
      branch: 'main',
      parent: undefined,
      message: 'm',
      author: { name: 'x', email: 'x@y' },
      changes: sizes.map((size, index) => ({
        path: `f${index}`,
        content: Buffer.alloc(size, `${index}\n`),
      })),
    });
    const entries = await test.repository.list(commit);
    const blobs = await test.repository.readBlobs([
      ...entries.map(entry => entry.hash),
      entries[0].hash,
    ]);
    expect(entries.map(entry => blobs.get(entry.hash)!.length)).toEqual(sizes);
    expect(
      entries.every(({ hash }, index) =>
        blobs.get(hash)!.equals(Buffer.alloc(sizes[index], `${index}\n`)),
      ),
    ).toBe(true);
  });

  it('names what is not there, or is no file', async () => {
    const commit = await test.commit('main', { a: '1' });
    const missing = '1'.repeat(40);
    await expect(test.repository.readBlobs([missing])).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining(missing),
    });
    await expect(test.repository.readBlobs([commit])).rejects.toMatchObject({
      name: 'NotFoundError',
    });
    await expect(
      test.repository.readBlobs(['--batch-all-objects']),
    ).rejects.toThrow('is no commit');
    expect(await test.repository.readBlobs([])).toEqual(new Map());
  });
});

describe('read', () => {
  it('reads by paths, few and many, and leaves out what is not there', async () => {
    const names = Array.from({ length: 300 }, (_, index) => `d/f${index}`);
    const commit = await test.commit(
      'main',
      Object.fromEntries(names.map(name => [name, `of ${name}`])),
    );
    const few = await test.repository.read(commit, ['d/f7', 'd', 'd/f*', 'x']);
    expect([...few].map(([path, content]) => [path, `${content}`])).toEqual([
      ['d/f7', 'of d/f7'],
    ]);
    const many = await test.repository.read(commit, [...names, 'd', 'x']);
    expect(many.size).toBe(300);
    expect(String(many.get('d/f299'))).toBe('of d/f299');
    expect(await test.repository.read(commit, [])).toEqual(new Map());
    await expect(test.repository.read(commit, ['../x'])).rejects.toThrow(
      'is not allowed',
    );
  });

  it('lists below a path', async () => {
    const commit = await test.commit('main', { 'a/x': '', 'ab/y': '', b: '' });
    const paths = async (path?: string) =>
      (await test.repository.list(commit, path)).map(entry => entry.path);
    expect(await paths()).toEqual(['a/x', 'ab/y', 'b']);
    expect(await paths('a')).toEqual(['a/x']);
    expect(await paths('nothing')).toEqual([]);
    await expect(paths(':(glob)*')).resolves.toEqual([]);
    await expect(paths('a/')).rejects.toThrow('it has an empty part');
  });
});
