import { readMapping } from './readMapping';

describe('readMapping', () => {
  it('keeps texts as they are typed', () => {
    expect(readMapping('version: 1.10\non: true\nport: 080\n', false)).toEqual({
      kind: 'mapping',
      mapping: { version: '1.10', on: 'true', port: '080' },
    });
  });

  it('knows types where they are meant', () => {
    expect(
      readMapping('lanes: 2\nopen: true\ngrill: [acme3000]\nname: x', true),
    ).toEqual({
      kind: 'mapping',
      mapping: { lanes: 2, open: true, grill: ['acme3000'], name: 'x' },
    });
  });

  it.each([
    ['a', false, /one key: value/],
    ['a: [1', true, /./],
    ['a: { b: c }', true, /^a: must be a text, a number/],
    ['a: [x]', false, /^a: must be a text$/],
    ['a: &x b\nc: *x', false, /alias/i],
    ['a: 1\na: 2', false, /unique/i],
  ])('says what is wrong with %j', (text, typed, message) => {
    expect(readMapping(text, typed)).toEqual({
      kind: 'error',
      message: expect.stringMatching(message),
    });
  });

  it('takes nothing for nothing', () => {
    expect(readMapping(' \n', false)).toEqual({ kind: 'empty' });
  });
});
