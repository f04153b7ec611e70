import fc from 'fast-check';
import { Bitmap, keepUnion } from './Bitmap';
import { intersectWith } from './intersectWith';

const sets = fc.integer({ min: 1, max: 130 }).chain(size =>
  fc.record({
    size: fc.constant(size),
    a: fc.uniqueArray(fc.integer({ min: 0, max: size - 1 })),
    b: fc.uniqueArray(fc.integer({ min: 0, max: size - 1 })),
    c: fc.uniqueArray(fc.integer({ min: 0, max: size - 1 })),
    d: fc.uniqueArray(fc.integer({ min: 0, max: size - 1 })),
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
        expect(left.countCommon(right)).toBe(left.clone().and(right).count());
        expect(left.equals(right)).toBe(
          all.every(i => inA.has(i) === inB.has(i)),
        );
      }),
    );
  });

  it('finds what differs, and what differs outside of some numbers', () => {
    fc.assert(
      fc.property(sets, ({ size, a, b, c: some }) => {
        const [left, right] = [Bitmap.of(size, a), Bitmap.of(size, b)];
        const differing = Array.from({ length: size }, (_, i) => i).filter(
          i => a.includes(i) !== b.includes(i),
        );
        expect(left.differing(right, differing.length)).toEqual(differing);
        expect(left.equalsOutside(right, Bitmap.of(size, some))).toBe(
          differing.every(i => some.includes(i)),
        );
      }),
    );
  });

  it('keeps the set of before where nothing else is in either or in both', () => {
    fc.assert(
      fc.property(sets, ({ size, a, b, c: before, d: now }) => {
        const [one, other] = [Bitmap.of(size, a), Bitmap.of(size, b)];
        const union = one.clone().or(other);
        expect(keepUnion(union, one, other)).toBe(union);
        const known = Bitmap.of(size, before);
        expect([...keepUnion(known, one, other)]).toEqual([...union]);

        const intersect = intersectWith(known, Bitmap.of(size, now));
        const old = one.clone().and(known);
        const found = intersect(old, one, true);
        const both = a.filter(i => now.includes(i));
        expect([...found]).toEqual(ascending(both));
        expect(found === old).toBe(old.equals(found));
        expect(intersect(other, one, false).equals(found)).toBe(true);
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
