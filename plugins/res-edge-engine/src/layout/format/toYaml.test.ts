import fc from 'fast-check';
import { parse } from 'yaml';
import { parseKubernetesYaml, parseYaml } from './parseYaml';
import { scalar, toYaml } from './toYaml';

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[ -~\n]{0,20}$/),
  fc.constantFrom(
    ...['yes', 'on', 'y', 'null', '~', '1e3', '0x1f', '0o17', '0644', '1_000'],
    ...['1:20', '2001-01-01', '.inf', '=', '<<', '---', '- a', '# c', 'a: b'],
    ...['a\nb\n', 'a\n\n', '\n', ' \n', '\u0085', '\u2028', 'x\r\n', '', ' x '],
  ),
);
const key = text.filter(name => name !== '__proto__');
const data = fc.letrec(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.boolean(),
    fc.constant(null),
    fc.integer(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

describe('toYaml', () => {
  it('quotes what looks like a number without digits before its exponent', () => {
    expect(toYaml(['e0', 'E12', 'e12345678901', 'e1x'])).toBe(
      '- "e0"\n- "E12"\n- "e12345678901"\n- e1x\n',
    );
  });

  it('is read back as it was, by both versions of YAML', () => {
    fc.assert(
      fc.property(data, value => {
        const yaml = toYaml(value);
        expect(parse(yaml)).toEqual(value);
        expect(parseYaml(yaml)).toEqual(value);
        expect(parseKubernetesYaml(yaml)).toEqual([value]);
      }),
      { numRuns: 500 },
    );
  });

  it('never begins another document, and has no characters that end a line elsewhere', () => {
    fc.assert(
      fc.property(text, value => {
        const yaml = toYaml({ value });
        expect(yaml).not.toMatch(/^(?:---|\.\.\.)/m);
        expect(yaml).not.toMatch(/[\r\u0085\u2028\u2029\ufeff]/);
      }),
    );
  });

  it('leaves words plain, and quotes what a reader could take for something else', () => {
    expect(['imdb', '/g/stores', 'a.b-c:d'].map(scalar)).toEqual([
      'imdb',
      '/g/stores',
      'a.b-c:d',
    ]);
    expect(scalar('No')).toBe('"No"');
    expect(scalar('a\u2028b')).toBe('"a\\u2028b"');
    expect(scalar('\ud800')).toBe('"\\ufffd"');
  });

  it('writes lists, mappings and texts of several lines as people do', () => {
    expect(
      toYaml({ a: [{ b: 1, c: [] }, ['x']], d: 'one\n\ntwo\n', e: undefined }),
    ).toBe('a:\n  - b: 1\n    c: []\n  - - x\nd: |\n  one\n\n  two\n');
  });
});
