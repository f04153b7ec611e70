import { fieldPointer } from './fieldPointer';

describe('fieldPointer', () => {
  it.each([
    ['', ''],
    ['spec', '/spec'],
    ['spec.groups[1]', '/spec/groups/1'],
    [
      'metadata.labels["example.org/size"]',
      '/metadata/labels/example.org~1size',
    ],
    ['spec.values["a \\"b~.c"].d', '/spec/values/a "b~0.c/d'],
  ])('%s is %s', (field, pointer) => {
    expect(fieldPointer(field)).toBe(pointer);
  });
});
