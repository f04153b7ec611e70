import fs from 'node:fs';
import { TestFolder } from '../__testUtils__/TestFolder';
import { SafeWriter } from './SafeWriter';

describe('SafeWriter', () => {
  it('writes, and takes empty folders away', () => {
    const folder = TestFolder.create();
    const writer = SafeWriter.create(folder.path);
    writer.write('a/b/c.txt', 'one');
    writer.write('a/d.txt', Buffer.from('two'));
    writer.write('a/d.txt', '2');
    expect(folder.files()).toEqual({ 'a/b/c.txt': 'one', 'a/d.txt': '2' });
    writer.remove('a/b/c.txt');
    writer.remove('a/b/never.txt');
    expect(fs.readdirSync(folder.at('a'))).toEqual(['d.txt']);
    writer.write('a/b/c.txt', 'again');
    expect(folder.read('a/b/c.txt')).toBe('again');
  });

  it.each(['../x', 'a/../../x', '/x', 'a//x', './x', 'a\\x', 'a\0', ''])(
    'refuses the path %j',
    file => {
      const writer = SafeWriter.create(TestFolder.create().path);
      expect(() => writer.write(file, '')).toThrow('is not allowed');
      expect(() => writer.remove(file)).toThrow('is not allowed');
    },
  );

  it('follows no link, be it a folder or a file', () => {
    const outside = TestFolder.create({ 'x.txt': 'kept' });
    const folder = TestFolder.create();
    fs.symlinkSync(outside.path, folder.at('a'));
    fs.symlinkSync(outside.at('x.txt'), folder.at('x.txt'));
    const writer = SafeWriter.create(folder.path);
    expect(() => writer.write('a/x.txt', 'no')).toThrow('is a link');
    expect(() => writer.remove('a/x.txt')).toThrow('is a link');
    expect(() => writer.write('x.txt', 'no')).toThrow('is a link');
    expect(outside.files()).toEqual({ 'x.txt': 'kept' });
  });
});
