import fc from 'fast-check';
import { Bitmap } from './Bitmap';
import { Renumbering } from './Renumbering';

const cases = fc.integer({ min: 0, max: 200 }).chain(size => {
  const numbers =
    size === 0
      ? fc.constant<number[]>([])
      : fc.uniqueArray(fc.nat({ max: size - 1 }));
  return fc.record({
    size: fc.constant(size),
    set: numbers,
    removed: numbers,
    places: fc.array(fc.nat({ max: size }), { maxLength: 70 }),
  });
});
const ascending = (numbers: readonly number[]) =>
  [...numbers].sort((a, b) => a - b);

describe('Renumbering', () => {
  it('moves numbers as a list does when others come and go', () => {
    fc.assert(
      fc.property(cases, ({ size, set, ...others }) => {
        const [removed, places] = [others.removed, others.places].map(
          ascending,
        );
        const renumbering = Renumbering.create(size, removed, places);
        const list: (number | 'new')[] = [];
        for (let number = 0; number <= size; number++) {
          for (const place of places) if (place === number) list.push('new');
          if (number < size && !removed.includes(number)) list.push(number);
        }
        const stay = set.filter(number => !removed.includes(number));

        expect(renumbering.size).toBe(list.length);
        expect(renumbering.added).toEqual(
          list.flatMap((item, i) => (item === 'new' ? [i] : [])),
        );
        expect(
          Array.from({ length: size }, (_, i) => renumbering.numberOf(i)),
        ).toEqual(Array.from({ length: size }, (_, i) => list.indexOf(i)));
        expect(
          renumbering.list<number | 'new'>([...Array(size).keys()], 'new'),
        ).toEqual(list);

        const before = Bitmap.of(size, set);
        const after = renumbering.set(before);
        expect([...after]).toEqual(
          ascending(stay.map(number => list.indexOf(number))),
        );
        expect(after.count()).toBe(stay.length);
        expect(renumbering.set(before)).toBe(after);
      }),
    );
  });

  it('leaves all as it is where nothing comes or goes', () => {
    const renumbering = Renumbering.none(40);
    const set = Bitmap.of(40, [3, 39]);
    expect(renumbering.set(set)).toBe(set);
    expect(renumbering.numberOf(39)).toBe(39);
  });
});
