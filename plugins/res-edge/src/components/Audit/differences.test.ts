import { differences } from './differences';

describe('differences', () => {
  it('names each field that differs', () => {
    expect(
      differences(
        { kind: 'a', spec: { groups: ['x', 'y'], values: { k: '1' }, a: 1 } },
        { kind: 'a', spec: { groups: ['x'], values: { k: '2' }, b: true } },
      ),
    ).toEqual([
      { path: 'spec.groups[1]', before: 'y' },
      { path: 'spec.values.k', before: '1', after: '2' },
      { path: 'spec.a', before: '1' },
      { path: 'spec.b', after: 'true' },
    ]);
  });

  it('shows what is new or gone field by field', () => {
    expect(differences(undefined, { spec: { a: 'b' } })).toEqual([
      { path: 'spec.a', after: 'b' },
    ]);
    expect(differences({ spec: { a: [1] } }, undefined)).toEqual([
      { path: 'spec.a', before: '[1]' },
    ]);
  });

  it('is not misled by names that objects have', () => {
    const before = JSON.parse('{"constructor": "a"}');
    expect(differences(before, {})).toEqual([
      { path: 'constructor', before: 'a' },
    ]);
    expect(differences({}, { toString: 'b' })).toEqual([
      { path: 'toString', after: 'b' },
    ]);
  });
});
