import fc from 'fast-check';
import { codeOf } from './markdown';

describe('codeOf', () => {
  it.each([
    ['imdb', '`imdb`'],
    ['a`b', '``a`b``'],
    ['`x', '`` `x ``'],
    ['@everybody fixes #1\n\n# Title', '`@everybody fixes #1 # Title`'],
    ['a | b', '`a ¦ b`'],
    ['  \n', '—'],
  ])('shows %j as it is', (text, markdown) => {
    expect(codeOf(text)).toBe(markdown);
  });

  it('leaves nothing outside of the code', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('`', '|', '\\', '\n', '@a', '<b>', ' ', 'x'),
        }),
        text => {
          const [, fence, inner] = /^(`+|—)(.*?)(?:\1)?$/s.exec(codeOf(text))!;
          if (fence === '—') return true;
          // The first run of as many backticks ends a code span; none is within.
          const runs: string[] = inner.match(/`+/g) ?? [];
          return !runs.includes(fence) && !/[\n|]/.test(inner);
        },
      ),
    );
  });
});
