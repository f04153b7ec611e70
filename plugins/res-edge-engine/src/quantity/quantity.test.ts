import fc from 'fast-check';
import { formatQuantity, parseQuantity, quantityToNumber } from './quantity';

describe('parseQuantity', () => {
  it.each<[string | number, bigint]>([
    ['0', 0n],
    ['1', 1_000_000_000n],
    [110, 110_000_000_000n],
    ['1.5', 1_500_000_000n],
    ['.5', 500_000_000n],
    ['5.', 5_000_000_000n],
    ['+2', 2_000_000_000n],
    ['250m', 250_000_000n],
    ['0.1m', 100_000n],
    ['7u', 7_000n],
    ['1n', 1n],
    ['2k', 2_000_000_000_000n],
    ['2M', 2n * 10n ** 15n],
    ['2G', 2n * 10n ** 18n],
    ['2T', 2n * 10n ** 21n],
    ['2P', 2n * 10n ** 24n],
    ['2E', 2n * 10n ** 27n],
    ['3Ki', 3072n * 10n ** 9n],
    ['64Mi', 64n * 1024n ** 2n * 10n ** 9n],
    ['1.5Gi', 1536n * 1024n ** 2n * 10n ** 9n],
    ['1Ti', 1024n ** 4n * 10n ** 9n],
    ['1Pi', 1024n ** 5n * 10n ** 9n],
    ['8Ei', 8n * 1024n ** 6n * 10n ** 9n],
    ['2e3', 2_000n * 10n ** 9n],
    ['2E3', 2_000n * 10n ** 9n],
    ['25E-1', 2_500_000_000n],
    ['128974848000m', 128974848n * 10n ** 9n],
    [1e21, 10n ** 30n],
  ])('reads %s', (text, expected) => {
    expect(parseQuantity(text)).toBe(expected);
  });

  it.each([
    '',
    ' ',
    '.',
    'm',
    '1 ',
    '1K',
    '1mi',
    '1KI',
    '1e',
    '1e3Ki',
    '0x10',
    '1_000',
    'NaN',
    'Infinity',
    '1,5',
    '--1',
    '1e999',
    '٣',
    '9'.repeat(100),
  ])('refuses %p', text => {
    expect(() => parseQuantity(text)).toThrow(/is no quantity; allowed are/);
  });

  it('refuses what is finer than a billionth and what is negative', () => {
    expect(() => parseQuantity('0.1n')).toThrow(
      "'0.1n' is finer than a billionth",
    );
    expect(() => parseQuantity('-1')).toThrow("'-1' is negative");
  });

  it('takes back what formatQuantity writes', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 30n }), amount => {
        expect(parseQuantity(formatQuantity(amount))).toBe(amount);
      }),
    );
  });
});

describe('formatQuantity', () => {
  it.each([
    ['250m', '250m'],
    ['0.25', '250m'],
    ['64Mi', '64Mi'],
    ['1024Mi', '1Gi'],
    ['2000', '2k'],
    ['3', '3'],
    ['0', '0'],
  ])('writes %s as %s', (text, expected) => {
    expect(formatQuantity(parseQuantity(text))).toBe(expected);
  });
});

describe('quantityToNumber', () => {
  it('gives the nearest number', () => {
    expect(quantityToNumber(parseQuantity('100m'))).toBe(0.1);
    expect(quantityToNumber(parseQuantity('64Gi'))).toBe(64 * 1024 ** 3);
  });
});
