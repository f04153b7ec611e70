import { gzipSync } from 'node:zlib';
import { packArchive } from './__testUtils__/packArchive';
import { readArchive } from './readArchive';

const LIMITS = { maxFiles: 3, maxFileBytes: 1000, maxBytes: 100_000 };

describe('readArchive', () => {
  it('gives files by their path, and no folders', async () => {
    const archive = await packArchive({ './a.yaml': 'x', 'b/c.yaml': 'y' }, [
      { name: 'b/', type: 'directory' },
    ]);
    const files = await readArchive(archive, LIMITS);
    expect(
      [...files].map(([path, content]) => [path, content.toString()]),
    ).toEqual([
      ['a.yaml', 'x'],
      ['b/c.yaml', 'y'],
    ]);
  });

  it('keeps what is asked for, and counts the rest', async () => {
    const archive = await packArchive({ a: 'x'.repeat(2000), b: 'y' });
    const keep = (path: string) => path === 'b';
    const files = await readArchive(archive, { ...LIMITS, keep });
    expect([...files.keys()]).toEqual(['b']);
    await expect(
      readArchive(archive, { ...LIMITS, keep, maxBytes: 1500 }),
    ).rejects.toThrow('unpacks to more than 1500 bytes');
  });

  it.each(['../x', '/etc/passwd', 'a/../../x', 'a\\x', 'a\nx'])(
    'refuses the path %j',
    async name => {
      const archive = await packArchive({ [name]: 'x' });
      await expect(readArchive(archive, LIMITS)).rejects.toThrow(
        'it must be relative and stay in its folder',
      );
    },
  );

  it.each(['symlink', 'link', 'character-device', 'fifo'] as const)(
    'refuses a %s',
    async type => {
      const archive = await packArchive({}, [
        { name: 'x', type, linkname: '/etc/passwd' },
      ]);
      await expect(readArchive(archive, LIMITS)).rejects.toThrow(
        `'x' is a ${type}`,
      );
    },
  );

  it('refuses too much of anything, and a path that is there twice', async () => {
    const large = await packArchive({ x: 'x'.repeat(1001) });
    await expect(readArchive(large, LIMITS)).rejects.toThrow(
      "'x' has more than 1000 bytes",
    );
    const many = await packArchive({ a: '', b: '', c: '', d: '' });
    await expect(readArchive(many, LIMITS)).rejects.toThrow(
      'more than 3 files',
    );
    const twice = await packArchive({ x: '', './x': '' });
    await expect(readArchive(twice, LIMITS)).rejects.toThrow('twice');
  });

  it('stops a bomb before it is unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000));
    expect(bomb.length).toBeLessThan(300_000);
    await expect(readArchive(bomb, LIMITS)).rejects.toThrow(
      'unpacks to more than 100000 bytes',
    );
  });

  it.each([
    ['what is no gzip', Buffer.from('x')],
    ['what is no tar', gzipSync(Buffer.alloc(1000, 'x'))],
    ['what is cut off', gzipSync(Buffer.alloc(1000)).subarray(0, 10)],
  ])('refuses %s', async (_, bytes) => {
    await expect(readArchive(bytes, LIMITS)).rejects.toThrow(
      'is no archive of type tar+gzip',
    );
  });
});
