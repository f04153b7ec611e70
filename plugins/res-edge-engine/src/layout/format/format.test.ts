import { canonicalJson, filesDigest, gitBlobHash } from './digest';
import { innerPath, segment } from './paths';

describe('digests', () => {
  it('hashes a file as git does', () => {
    expect(gitBlobHash('')).toBe('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391');
    expect(gitBlobHash('é\n')).toBe(gitBlobHash(Buffer.from('é\n')));
  });

  it('does not depend on order, and tells files apart', () => {
    expect(canonicalJson({ b: 1, a: { d: 1, c: 2 } })).toBe(
      '{"a":{"c":2,"d":1},"b":1}',
    );
    const digest = (files: [string, string][]) => filesDigest(new Map(files));
    expect(
      digest([
        ['a', '1'],
        ['b', '2'],
      ]),
    ).toBe(
      digest([
        ['b', '2'],
        ['a', '1'],
      ]),
    );
    expect(
      digest([
        ['a', '12'],
        ['b', ''],
      ]),
    ).not.toBe(
      digest([
        ['a', '1'],
        ['b', '2'],
      ]),
    );
    expect(digest([['a', 'b 0\n']])).not.toBe(
      digest([
        ['a', ''],
        ['b', ''],
      ]),
    );
  });
});

describe('paths', () => {
  it.each([
    '../x',
    'a/../../b',
    '/etc',
    'a\u0000b',
    'a\\b',
    '',
    '.',
    '.git/config',
    'a/.GIT/x',
  ])('refuses %j', path =>
    expect(() => innerPath(path)).toThrow('not allowed'),
  );

  it.each([
    '..',
    '.',
    'a/b',
    '',
    '-a',
    'a b',
    'a\nb',
    '.hidden',
    'é',
    'x'.repeat(300),
  ])('has no folder %j', name =>
    expect(() => segment(name)).toThrow('cannot be a folder'),
  );

  it('makes paths short', () => {
    expect(innerPath('./a//b/./c.yaml')).toBe('a/b/c.yaml');
    expect(segment('1.0.1+build_2')).toBe('1.0.1+build_2');
  });
});
