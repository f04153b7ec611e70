import { checkPath } from './checkPath';

describe('checkPath', () => {
  it.each([
    'a',
    'apps/imdb/versions/1.0.1/deployment.yaml',
    '.res-edge/layout.yaml',
    '.github/CODEOWNERS',
    '.gitignore',
    '.gitlab/x',
    'a..b/...',
    'git/config',
    'x.git/y',
    'caf\u00e9/日本/😀.yaml',
    'with blank/and "quote"',
    `${'a'.repeat(255)}/${'b'.repeat(255)}`,
  ])('takes %j', path => expect(checkPath(path)).toBe(path));

  it.each([
    ['', 'it is empty'],
    ['/a', 'it is absolute'],
    ['a//b', 'it has an empty part'],
    ['a/', 'it has an empty part'],
    ['.', "it has a part '.'"],
    ['a/./b', "it has a part '.'"],
    ['../x', "it has a part '..'"],
    ['a/..', "it has a part '..'"],
    ['.git', "stands for '.git'"],
    ['a/.Git/config', "stands for '.git'"],
    ['.git /config', "stands for '.git'"],
    ['.git. ./config', "stands for '.git'"],
    ['GIT~1/config', "stands for '.git'"],
    ['.git::$INDEX_ALLOCATION/config', "stands for '.git'"],
    ['.gi\u200ct/config', 'control or invisible characters'],
    ['a\nb', 'control or invisible characters'],
    ['a\0', 'control or invisible characters'],
    ['a\u007f', 'control or invisible characters'],
    ['a\u2028b', 'control or invisible characters'],
    ['\u202etxt.yaml', 'control or invisible characters'],
    ['\ud800', 'control or invisible characters'],
    ['..\\x', 'backslash'],
    ['cafe\u0301', 'normalization form C'],
    ['a'.repeat(256), 'a part longer than 255 bytes'],
    ['é'.repeat(128), 'a part longer than 255 bytes'],
    ['ab/'.repeat(2000), 'longer than 4096 bytes'],
  ])('refuses %j', (path, reason) => {
    expect(() => checkPath(path)).toThrow(reason);
    expect(() => checkPath(path)).toThrow('The path "');
  });
});
