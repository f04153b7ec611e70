import { cluster } from '../__testUtils__/build';
import { ChunkedArray } from './ChunkedArray';
import { differenceBetween } from './SnapshotDifference';

const clusters = (size: number) =>
  Array.from({ length: size }, (_, number) =>
    cluster(`c${String(number).padStart(5, '0')}`),
  );
const CHUNK = 256;

describe('differenceBetween', () => {
  // A fleet begins empty, and a list ends where a chunk does, too.
  it.each([
    [0, 0],
    [0, 1],
    [0, 2_000],
    [1, 0],
    [CHUNK, CHUNK + 1],
    [CHUNK + 1, CHUNK],
    [CHUNK, 3 * CHUNK],
    [2 * CHUNK, 0],
  ])('follows a fleet of %d clusters to one of %d', (before, after) => {
    const all = clusters(Math.max(before, after));
    const { changed, renumbering } = differenceBetween(
      ChunkedArray.from(all.slice(0, before)),
      ChunkedArray.from(all.slice(0, after)),
    );
    expect(changed).toHaveLength(Math.max(0, after - before));
    expect(renumbering.size).toBe(after);
    expect(renumbering.added).toEqual(changed);
  });
});
