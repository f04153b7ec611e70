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
    const pieces = ['`', '|', '\\', '\n', '@a', '<b>', ' ', 'x'];
    const unit = fc.constantFrom(...pieces);
    fc.assert(
      fc.property(fc.string({ unit }), text => {
        const found = /^(?:(`+)(.*)\1|—)$/s.exec(codeOf(text));
        expect(found).not.toBeNull();
        const [, fence, inner = ''] = found!;
        // The first run of as many backticks would end the code.
        expect(inner.match(/`+/g) ?? []).not.toContain(fence);
        expect(inner).not.toMatch(/[\n|]/);
      }),
    );
  });
});
