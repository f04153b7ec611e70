import { parseDiff } from './parseDiff';

describe('parseDiff', () => {
  it('numbers the lines of both sides', () => {
    const patch = [
      'diff --git a/x b/x',
      '--- a/x',
      '+++ b/x',
      '@@ -1,3 +1,3 @@',
      ' kept',
      '-old',
      '+new',
      ' last',
      '@@ -20 +20,2 @@ section',
      '--- looks like a header',
      '+++ so does this',
      '\\ No newline at end of file',
      '',
    ].join('\n');

    expect(parseDiff(patch)).toEqual([
      { kind: 'hunk', text: '@@ -1,3 +1,3 @@' },
      { kind: 'context', text: 'kept', before: 1, after: 1 },
      { kind: 'removed', text: 'old', before: 2 },
      { kind: 'added', text: 'new', after: 2 },
      { kind: 'context', text: 'last', before: 3, after: 3 },
      { kind: 'hunk', text: '@@ -20 +20,2 @@ section' },
      { kind: 'removed', text: '-- looks like a header', before: 20 },
      { kind: 'added', text: '++ so does this', after: 20 },
      { kind: 'note', text: 'No newline at end of file' },
    ]);
  });

  it('finds nothing in what is no diff', () => {
    expect(parseDiff('Binary files differ')).toEqual([]);
  });
});
