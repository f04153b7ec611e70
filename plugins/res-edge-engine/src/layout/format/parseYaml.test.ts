import { parseKubernetesYaml, parseYaml, textOf } from './parseYaml';

describe('parseYaml', () => {
  it('refuses aliases, however few', () => {
    const bomb = `a: &a [x,x]\n${'bcdefgh'
      .split('')
      .map((name, i) => {
        const before = 'abcdefgh'[i];
        return `${name}: &${name} [*${before},*${before}]`;
      })
      .join('\n')}`;
    expect(() => parseYaml(bomb)).toThrow(/Alias/);
    expect(() => parseKubernetesYaml(bomb)).toThrow(/Alias/);
  });

  it.each([
    ['a: 1\na: 2', /unique/],
    ['a: [', /not valid|must|expected|Flow/i],
    ['--- a\n--- b', /multiple documents/],
    ['a: !!js/function x', /tag/],
    [`a: ${'x'.repeat(2_000_001)}`, /too large/],
    ['['.repeat(100_000), /call stack|Flow|must/],
  ])('refuses what is not plainly data: %.20s', (yaml, message) => {
    expect(() => parseYaml(yaml)).toThrow(message);
  });

  it('keeps keys of prototypes as plain keys', () => {
    const value = parseYaml(
      '__proto__: { polluted: yes }\nconstructor: 1',
    ) as object;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('reads manifests as Kubernetes does', () => {
    expect(
      parseKubernetesYaml(
        'mode: 0644\non: yes\nat: 1:20\nday: 2001-01-01\ntext: "0644"\n---\nb: 1\n',
      ),
    ).toEqual([
      { mode: 420, true: true, at: '1:20', day: '2001-01-01', text: '0644' },
      { b: 1 },
    ]);
  });

  it('reads a dot as the text that it is', () => {
    expect(
      parseKubernetesYaml('path: .\nargs: [., ..]\nshare: .5\nhalf: 1.\n'),
    ).toEqual([{ path: '.', args: ['.', '..'], share: 0.5, half: 1 }]);
  });

  it('refuses bytes that are no text', () => {
    expect(() => textOf(new Uint8Array([0xff]))).toThrow('UTF-8');
  });
});
