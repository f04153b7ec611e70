import { checkTexts } from './checkTexts';

const nothing = { path: {}, query: {}, body: undefined };

it.each([
  ['path:id', { ...nothing, path: { id: 'a\u0000' } }],
  ['query:filter', { ...nothing, query: { filter: ['x', '\u0000'] } }],
  ['/reason', { ...nothing, body: { reason: 'We\u0000look' } }],
  ['/spec/list/1', { ...nothing, body: { spec: { list: ['a', '\u0000'] } } }],
  ['/files/a\u0000b', { ...nothing, body: { files: { 'a\u0000b': 'x' } } }],
])('what no database stores is refused at %s', (pointer, request) => {
  const message = 'must not hold the character U+0000, which is invisible';
  let error: unknown;
  try {
    checkTexts(request);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({
    name: 'InputError',
    details: [{ pointer, message }],
  });
});

it('all other texts pass', () => {
  expect(() =>
    checkTexts({
      path: { id: 'imdb' },
      query: { limit: 5 },
      body: { reason: 'Ä\n\u202e', list: [1, null, true] },
    }),
  ).not.toThrow();
});
