import { readSelector } from './readSelector';

function read(text: string) {
  const answer = readSelector(text);
  if (answer.kind !== 'selector') {
    throw new Error(`${answer.kind} where a selector was expected`);
  }
  return answer;
}

describe('readSelector', () => {
  it('tells nothing from something', () => {
    expect(readSelector(' \n ')).toEqual({ kind: 'empty' });
  });

  it.each([
    'cluster.labels.state == "tx"',
    'cluster.inGroup("geo.us") ? cluster.attributes.lanes > 2 : true',
    '"tx" in cluster.labels',
    '!cluster.inGroup("geo.us")',
    '/g/stores/central and not /c/central-tx-atx-2301',
    '(not /m/region/west)',
  ])('takes %s for a string', text => {
    expect(read(text).selector).toBe(text);
  });

  it.each([
    ['groups: [geo.us]', { groups: ['geo.us'] }],
    ['{ "all": true }', { all: true }],
    [
      '# stores\nmatchLabels:\n  size: large',
      { matchLabels: { size: 'large' } },
    ],
  ])('takes %j for a mapping', (text, selector) => {
    expect(read(text).selector).toEqual(selector);
  });

  it('finds the place of a position in a string', () => {
    expect(read('  cluster.foo(').locate(undefined, 11)).toBe(13);
    expect(read('cluster').locate()).toBeUndefined();
  });

  it('finds the place of a field, and of a position in it', () => {
    const text = `groups: [geo.us, nowhere]\nexpression: 'cluster.lanes >='`;
    const { locate } = read(text);
    expect(locate('groups[1]')).toBe(text.indexOf('nowhere'));
    expect(locate('spec.selector.groups[1]')).toBe(text.indexOf('nowhere'));
    expect(locate('expression', 8)).toBe(text.indexOf('lanes'));
    expect(locate('include[3]')).toBeUndefined();
  });

  it('says where YAML cannot be read', () => {
    const text = 'groups: [geo.us\nmatchLabels: {}';
    expect(readSelector(text)).toEqual({
      kind: 'error',
      message: expect.any(String),
      position: expect.any(Number),
    });
  });

  it('follows no aliases', () => {
    expect(readSelector('groups: &a [x]\ninclude: *a')).toEqual({
      kind: 'error',
      message: expect.any(String),
    });
  });
});
