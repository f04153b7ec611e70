import { testLimits } from '../__testUtils__';
import { checkLimits } from './checkLimits';

const limits = { ...testLimits, page: 100, expand: 20, depth: 3 };

function placeOf(request: {
  query?: { limit?: number; expand?: string };
  body?: unknown;
  asLines?: boolean;
}): string | undefined {
  try {
    checkLimits(
      { query: {}, body: undefined, asLines: false, ...request },
      limits,
    );
    return undefined;
  } catch (error) {
    return (error as { details: { pointer: string }[] }).details[0].pointer;
  }
}

describe('checkLimits', () => {
  it('lets pass what is within', () => {
    expect(placeOf({})).toBeUndefined();
    expect(placeOf({ query: { limit: 100 } })).toBeUndefined();
    expect(placeOf({ query: { limit: 20, expand: 'usage' } })).toBeUndefined();
    expect(placeOf({ body: { a: { b: [1, 'x'] } } })).toBeUndefined();
  });

  it('refuses pages that are too large, larger ones with what is expanded', () => {
    expect(placeOf({ query: { limit: 101 } })).toBe('query:limit');
    expect(placeOf({ query: { expand: 'usage' } })).toBe('query:limit');
    expect(placeOf({ query: { limit: 21, expand: 'usage' } })).toBe(
      'query:limit',
    );
    expect(placeOf({ body: { sample: 101 } })).toBe('/sample');
  });

  it('takes lists as lines as fast as they are read', () => {
    const query = { expand: 'usage' };
    expect(placeOf({ query, asLines: true })).toBeUndefined();
  });

  it('refuses bodies that are too deep, with the place, and is not deep itself', () => {
    expect(placeOf({ body: { a: { 'b/c': { d: { e: 1 } } } } })).toBe(
      '/a/b~1c/d',
    );
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(placeOf({ body: deep })).toBe('/0/0/0');
  });
});
