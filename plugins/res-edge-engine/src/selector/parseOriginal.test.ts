import { Snapshot } from '../snapshot';
import { Bitmap } from '../bitmap';
import { cluster, group } from '../__testUtils__/build';
import { failure } from '../__testUtils__/failure';
import { compileSelector, withNamespaces } from './compileSelector';
import { isOriginal } from './parseOriginal';

const snapshot = Snapshot.create({
  clusters: [
    cluster('a', { labels: { ring: 'beta' }, groups: ['stores.central.tx'] }),
    cluster('b', {
      labels: { ring: 'a b/c' },
      attributes: { oven: ['ACME5000'], lanes: 2 },
      groups: ['stores.central'],
    }),
    cluster('c', { groups: ['stores'] }),
    cluster('d', { attributes: { open: true }, groups: ['my group'] }),
  ],
  groups: [
    group('stores'),
    group('stores.central', 'stores'),
    group('stores.central.tx', 'stores.central'),
    group('my group'),
  ],
});
const context = withNamespaces(snapshot, name =>
  name === 'imdb' ? Bitmap.of(4, [0, 3]) : undefined,
);
const select = (selector: string) =>
  snapshot.namesOf(compileSelector(context, selector).clusters).join('');

describe('the original language', () => {
  it.each([
    ['/g/stores', 'abc'],
    ['/g/stores/central', 'ab'],
    ['/g/stores/central/tx', 'a'],
    ['/g/stores.central', 'ab'],
    ['/g/"my group"', 'd'],
    ["/g/'my group'", 'd'],
    ['/m/ring/beta', 'a'],
    ['/m/ring/"a b/c"', 'b'],
    ['/m/"ring"/beta', 'a'],
    ['/m/oven/ACME5000', 'b'],
    ['/m/lanes/2', 'b'],
    ['/m/open/true', 'd'],
    ['/m/ring/Beta', ''],
    ['/m/nobody/x', ''],
    ['/m/__proto__/x', ''],
    ['/c/a', 'a'],
    ['/c/*', 'abcd'],
    ['/n/imdb', 'ad'],
    ['not /c/a', 'bcd'],
    ['not not /c/a', 'a'],
    ['not(/c/a)', 'bcd'],
    ['/c/a or /c/b and /c/c', 'a'],
    ['(/c/a or /c/b) and /g/stores/central/tx', 'a'],
    ['not /c/a and not /c/b', 'cd'],
    ['not (/c/a or /c/b)', 'cd'],
    ['not /c/a or /c/a', 'abcd'],
    ['  ( /c/a\n or\t/c/d )  ', 'ad'],
    ['/c/a or/c/d', 'ad'],
  ])('%s', (selector, expected) => {
    expect(select(selector)).toBe(expected);
  });

  it.each([
    ['/g/mars', "There is no group 'mars'", 0],
    ['/g/stores and /g/stores/mars', "There is no group 'stores.mars'", 14],
    ['/c/zzz', "There is no cluster 'zzz'", 0],
    ['/c/"*"', "There is no cluster '*'", 0],
    ['not /n/zzz', "There is no namespace 'zzz'", 4],
    [
      '/c/a /c/b',
      "'/c/b' is not expected here; 'and' or 'or' joins two conditions",
      5,
    ],
    ['/c/a and', 'The selector ends where a condition is expected', 8],
    [
      '/c/a AND /c/b',
      "'AND' is not expected here; words are 'and', 'or' and 'not', in small letters",
      5,
    ],
    ['(/c/a', "A ')' is missing for the '(' at 0", 5],
    [
      '/c/a)',
      "')' is not expected here; 'and' or 'or' joins two conditions",
      4,
    ],
    ['/x/a', "'/x' is not known; allowed are /g/, /m/, /c/ and /n/", 0],
    [
      '/c',
      "'/c' lacks a name; the forms are /g/path, /m/key/value, /c/name, /n/name",
      0,
    ],
    [
      '/g/stores/',
      "'/g/stores/' lacks a name; the forms are /g/path, /m/key/value, /c/name, /n/name",
      0,
    ],
    [
      '/m/ring',
      "'/m/ring' is not of the form /m/key/value; quote a value with slashes",
      0,
    ],
    [
      '/m/ring/a/b',
      "'/m/ring/a/b' is not of the form /m/key/value; quote a value with slashes",
      0,
    ],
    [
      '/c/a/b',
      "'/c/a/b' is not of the form /c/name; quote a name with slashes",
      0,
    ],
    ['/m/ring/"a', 'The quote " is not closed', 8],
    [
      '/c/a"b"',
      'A quote stands at the beginning of a segment or not at all',
      4,
    ],
  ])('%s is refused', (selector, message, position) => {
    expect(failure(() => select(selector))).toMatchObject({
      name: 'InputError',
      message,
      position,
    });
  });

  it('refuses namespaces where there are none', () => {
    expect(() => compileSelector(snapshot, '/n/imdb')).toThrow(
      'The clusters of a namespace cannot be named here',
    );
  });

  it.each([
    ['/c/a', true],
    ['(/c/a)', true],
    [' not ( not /c/a)', true],
    ['not/c/a', true],
    ['cluster.name == "/c/a"', false],
    ['notable / 2', false],
    ['!true', false],
    ['(true)', false],
  ])('%s is told apart: %s', (text, expected) => {
    expect(isOriginal(text)).toBe(expected);
  });

  it.each([
    ['10,000 terms', Array(10_000).fill('/c/a').join(' or ')],
    ['4,000 terms', Array(4_000).fill('/c/a').join(' or ')],
    ['deep parentheses', `${'('.repeat(10_000)}/c/a${')'.repeat(10_000)}`],
    ['many nots', `${'not '.repeat(8_000)}/c/a`],
  ])('survives %s', (_, selector) => {
    let outcome: string;
    try {
      outcome = select(selector);
    } catch (error) {
      outcome = (error as Error).message;
    }
    expect(outcome).toMatch(/^a$|at most \d+ (characters )?.*are allowed/);
  });
});
