import fc from 'fast-check';
import { Bitmap } from './Bitmap';

const sets = fc.integer({ min: 1, max: 130 }).chain(size =>
  fc.record({
    size: fc.constant(size),
    a: fc.uniqueArray(fc.integer({ min: 0, max: size - 1 })),
    b: fc.uniqueArray(fc.integer({ min: 0, max: size - 1 })),
  }),
);
const ascending = (numbers: Iterable<number>) =>
  [...numbers].sort((x, y) => x - y);

describe('Bitmap', () => {
  it('behaves like a set of numbers', () => {
    fc.assert(
      fc.property(sets, ({ size, a, b }) => {
        const [left, right] = [Bitmap.of(size, a), Bitmap.of(size, b)];
        const [inA, inB] = [new Set(a), new Set(b)];
        const all = Array.from({ length: size }, (_, i) => i);
        const visited: number[] = [];
        left.forEach(number => visited.push(number));

        expect([...left]).toEqual(ascending(a));
        expect(visited).toEqual(ascending(a));
        expect(left.count()).toBe(a.length);
        expect(left.isEmpty()).toBe(a.length === 0);
        expect(all.map(i => left.has(i))).toEqual(all.map(i => inA.has(i)));
        expect([...left.clone().and(right)]).toEqual(
          all.filter(i => inA.has(i) && inB.has(i)),
        );
        expect([...left.clone().or(right)]).toEqual(
          all.filter(i => inA.has(i) || inB.has(i)),
        );
        expect([...left.clone().andNot(right)]).toEqual(
          all.filter(i => inA.has(i) && !inB.has(i)),
        );
        expect([...left.clone().not()]).toEqual(all.filter(i => !inA.has(i)));
        expect(left.clone().not().not().equals(left)).toBe(true);
        expect(left.intersects(right)).toBe(a.some(i => inB.has(i)));
        expect(left.equals(right)).toBe(
          all.every(i => inA.has(i) === inB.has(i)),
        );
      }),
    );
  });

  it('is full without bits past its size', () => {
    expect(Bitmap.full(33).count()).toBe(33);
    expect(Bitmap.full(0).count()).toBe(0);
  });

  it('removes, and changes no clone', () => {
    const bitmap = Bitmap.of(40, [1, 39]);
    const clone = bitmap.clone();
    bitmap.remove(39);
    expect([...bitmap]).toEqual([1]);
    expect([...clone]).toEqual([1, 39]);
  });

  it('refuses numbers outside and sets of other sizes', () => {
    const bitmap = Bitmap.empty(10);
    expect(() => bitmap.add(10)).toThrow(RangeError);
    expect(() => bitmap.remove(-1)).toThrow(RangeError);
    expect(() => bitmap.or(Bitmap.empty(11))).toThrow(
      'A set over 11 clusters was combined with one over 10',
    );
    expect(bitmap.has(-1)).toBe(false);
    expect(bitmap.has(32)).toBe(false);
  });
});
