import fc from 'fast-check';
import { encodeCursor } from './cursor';
import { compareKeys, pageOf } from './pageOf';

const key = (item: { kind: string; name: string }) => [item.kind, item.name];

function sortedUnique(items: { kind: string; name: string }[]) {
  const byKey = new Map(items.map(item => [JSON.stringify(key(item)), item]));
  return [...byKey.values()].sort((a, b) => compareKeys(key(a), key(b)));
}

const lists = fc
  .array(fc.record({ kind: fc.constantFrom('a', 'b'), name: fc.string() }), {
    maxLength: 40,
  })
  .map(sortedUnique);

describe('pageOf', () => {
  it('gives every item once, in order, whatever the size of the page', () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 50 }), (items, limit) => {
        const found = [];
        let cursor: string | undefined;
        do {
          const page = pageOf(items, key, 2, { limit, cursor });
          expect(page.total).toBe(items.length);
          expect(page.items.length).toBeLessThanOrEqual(limit);
          found.push(...page.items);
          cursor = page.nextCursor;
        } while (cursor);
        expect(found).toEqual(items);
      }),
    );
  });

  it('goes on behind an item that is gone by now', () => {
    fc.assert(
      fc.property(lists, fc.nat(), (items, at) => {
        fc.pre(items.length > 1);
        const limit = 1 + (at % (items.length - 1));
        const { items: first, nextCursor } = pageOf(items, key, 2, { limit });
        const rest = items.filter(item => item !== first[limit - 1]);
        const second = pageOf(rest, key, 2, { limit: 50, cursor: nextCursor });
        expect(second.items).toEqual(items.slice(limit));
      }),
    );
  });

  it.each([
    '',
    'nonsense',
    encodeCursor(['a']),
    encodeCursor(['a', 'b', 'c']),
    encodeCursor(['a', 1]),
    Buffer.from('{"length":2}').toString('base64url'),
  ])('refuses the cursor %p', cursor => {
    expect(() => pageOf([], key, 2, { limit: 1, cursor })).toThrow(/^cursor:/);
  });
});
