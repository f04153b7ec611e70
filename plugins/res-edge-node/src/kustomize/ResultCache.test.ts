import { Limit } from './Limit';
import { ResultCache } from './ResultCache';

describe('ResultCache', () => {
  it('forgets what was not asked for longest, and never holds more than its size', () => {
    const cache = new ResultCache(10);
    cache.set('a', '1234');
    cache.set('b', '1234');
    expect(cache.get('a')).toBe('1234');
    cache.set('c', '1234');
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([
      '1234',
      undefined,
      '1234',
    ]);
    cache.set('d', '12345678901');
    expect(cache.get('d')).toBeUndefined();
    cache.set('a', '1');
    cache.set('e', '12345');
    expect([cache.get('a'), cache.get('c'), cache.get('e')]).toEqual([
      '1',
      '1234',
      '12345',
    ]);
  });
});

describe('Limit', () => {
  it('runs no more than so many tasks at a time, and all of them', async () => {
    const limit = new Limit(2);
    let running = 0;
    let most = 0;
    const results = await Promise.allSettled(
      Array.from({ length: 9 }, (_, number) =>
        limit.run(async () => {
          running += 1;
          most = Math.max(most, running);
          await new Promise(resolve => setImmediate(resolve));
          running -= 1;
          if (number === 3) throw new Error('no');
          return number;
        }),
      ),
    );
    expect(most).toBe(2);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(
      8,
    );
  });
});
