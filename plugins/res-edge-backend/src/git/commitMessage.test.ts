import { checkMessage, commitMessage } from './commitMessage';

describe('commitMessage', () => {
  it('puts subject, body and trailers in paragraphs', () => {
    expect(
      commitMessage({
        subject: 'Deploy imdb\n1.0.2',
        body: 'Why not.\n',
        trailers: {
          Plan: 'p-1',
          'Requested-by': undefined,
          'Approved-by': ['ann', ' bob\t\ncy ', ''],
        },
      }),
    ).toBe(
      'Deploy imdb 1.0.2\n\nWhy not.\n\nPlan: p-1\nApproved-by: ann\nApproved-by: bob cy\n',
    );
    expect(commitMessage({ subject: 'x' })).toBe('x\n');
  });

  it('indents lines of the body that look like our trailers, and leaves others', () => {
    expect(
      commitMessage({
        subject: 'x',
        body: 'Note: this\nplan: that\nSource : there',
        trailers: { Source: 'here' },
      }),
    ).toBe('x\n\nNote: this\n plan: that\n Source : there\n\nSource: here\n');
  });

  it('refuses what cannot be written', () => {
    expect(() => commitMessage({ subject: ' \n' })).toThrow('needs a subject');
    expect(() =>
      commitMessage({ subject: 'x', trailers: { 'a\nb': 'c' } }),
    ).toThrow('"a\\nb" is no name of a trailer');
  });
});

describe('checkMessage', () => {
  it('takes control characters out', () => {
    expect(checkMessage('\n a\r\n\tb\0\x1b[1m\rc\n\n')).toBe('a\n\tb[1m\nc\n');
    expect(() => checkMessage('\0\n')).toThrow('must not be empty');
  });
});
