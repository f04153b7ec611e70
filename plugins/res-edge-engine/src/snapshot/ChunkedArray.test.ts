import { ChunkedArray } from './ChunkedArray';

describe('ChunkedArray', () => {
  it('changes some elements and leaves the list before as it was', () => {
    const items = Array.from({ length: 1_000 }, (_, i) => i);
    const before = ChunkedArray.from(items);
    const after = before.with([
      [0, -1],
      [256, -2],
      [257, -3],
      [999, -4],
    ]);
    expect(before.toArray()).toEqual(items);
    expect([0, 1, 256, 257, 999].map(i => after.get(i))).toEqual([
      -1, 1, -2, -3, -4,
    ]);
    expect([...after]).toEqual(after.toArray());
    const seen: number[] = [];
    after.forEach((item, i) => {
      expect(item).toBe(after.get(i));
      seen.push(i);
    });
    expect(seen).toEqual(items);
    expect(after.length).toBe(1_000);
    expect(ChunkedArray.from([]).toArray()).toEqual([]);
  });
});
