import { approximateQuantity } from './quantity';

describe('approximateQuantity', () => {
  it.each([
    ['2', 2],
    ['250m', 0.25],
    ['64Gi', 64 * 2 ** 30],
    ['1.5k', 1500],
    ['many', undefined],
    ['12parsec', undefined],
  ])('reads %s', (text, value) => {
    expect(approximateQuantity(text)).toBe(value);
  });
});
