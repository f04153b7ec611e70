import { ConfigReader } from '@backstage/config';
import { readGuardOptions } from './readGuardOptions';

const read = (guard: object) =>
  readGuardOptions(new ConfigReader({ resEdge: { guard } as never }));

describe('readGuardOptions', () => {
  it('has defaults, and takes what is configured', () => {
    expect(read({})).toEqual({ share: 0.05, atLeast: 10 });
    expect(read({ share: 0, atLeast: 1 })).toEqual({ share: 0, atLeast: 1 });
  });

  it.each([
    [{ share: 1.1 }, 'resEdge.guard.share: 1.1'],
    [{ share: -1 }, 'resEdge.guard.share: -1'],
    [{ atLeast: 0 }, 'resEdge.guard.atLeast: 0'],
    [{ atLeast: 1.5 }, 'resEdge.guard.atLeast: 1.5'],
  ])('refuses %j', (guard, message) => {
    expect(() => read(guard)).toThrow(message);
  });
});
