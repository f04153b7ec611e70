import { UsageError } from '../UsageError';
import { parseSelectorArgument } from './parseSelectorArgument';

describe('parseSelectorArgument', () => {
  it.each([
    [
      '{groups: [a], matchLabels: {b: c}}',
      { groups: ['a'], matchLabels: { b: 'c' } },
    ],
    [' {"all": true} ', { all: true }],
    ['all: true', { all: true }],
    ['groups: [a]\nexclude: [b]', { groups: ['a'], exclude: ['b'] }],
    ['{unknown: x}', { unknown: 'x' }],
  ])('takes %j for a mapping', (text, selector) => {
    expect(parseSelectorArgument(text)).toEqual(selector);
  });

  it.each([
    '/g/stores and not /m/ring/beta',
    '(/g/stores or /c/x)',
    'cluster.name == "x"',
    'cluster.labels.a == "b" ? true : false',
    'cluster.labels["a: b"] == "c"',
    '[1, 2].size() == 2',
    'true',
  ])('takes %j for a string', text => {
    expect(parseSelectorArgument(text)).toBe(text);
  });

  it.each(['{groups: [a]', '{a: 1, a: 2}', '{a: 1} && true'])(
    'refuses %j',
    text => {
      expect(() => parseSelectorArgument(text)).toThrow(UsageError);
    },
  );
});
