import fc from 'fast-check';
import { Bitmap } from '../bitmap';
import { classify, fromRows, toRows, wordsFor } from './BitMatrix';

describe('BitMatrix', () => {
  it('turns sets into rows and back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }).chain(size =>
          fc.tuple(
            fc.constant(size),
            fc.array(fc.uniqueArray(fc.integer({ min: 0, max: size - 1 })), {
              minLength: 1,
              maxLength: 70,
            }),
          ),
        ),
        ([size, sets]) => {
          const bitmaps = sets.map(numbers => Bitmap.of(size, numbers));
          const words = wordsFor(sets.length);
          const width = words + 1;
          const rows = new Uint32Array(size * width);
          toRows(bitmaps, rows, width, 1);
          sets.forEach((numbers, set) => {
            for (let i = 0; i < size; i++) {
              const bit =
                (rows[i * width + 1 + (set >>> 5)] >>> (set & 31)) & 1;
              expect(bit).toBe(numbers.includes(i) ? 1 : 0);
            }
          });
          const back = sets.map(() => Bitmap.empty(size));
          fromRows(
            back,
            rows.subarray(1),
            width,
            Int32Array.from({ length: size }, (_, i) => i),
          );
          expect(back).toEqual(bitmaps);
        },
      ),
    );
  });

  it('finds the rows that are equal, however many there are', () => {
    const rows = new Uint32Array(10_000);
    for (let i = 0; i < 5_000; i++) rows.set([i % 3_000, i % 7], i * 2);
    const { classOf, representatives } = classify(rows, 2, 5_000);
    const keys = Array.from(
      { length: 5_000 },
      (_, i) => `${i % 3_000} ${i % 7}`,
    );
    expect(representatives.length).toBe(new Set(keys).size);
    const classByKey = new Map<string, number>();
    keys.forEach((key, i) => {
      const known = classByKey.get(key) ?? classOf[i];
      classByKey.set(key, known);
      expect(classOf[i]).toBe(known);
    });
  });
});
