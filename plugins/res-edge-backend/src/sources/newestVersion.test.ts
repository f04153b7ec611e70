import { newestVersion } from './newestVersion';

describe('newestVersion', () => {
  const names = [
    ...['latest', 'v1.4.2', '1.4.10', 'v1.4.9', '1.5.0-rc.1', '1.5.0-rc.2'],
    ...['2.0.0', 'release-9.9.9', '1.4', 'sha256-00', '01.9.0', ' 1.9.9'],
    `1.4.99-${'x'.repeat(60)}`,
  ];

  it.each([
    ['~1.4', '1.4.10'],
    ['1.x', '1.4.10'],
    ['<1.4.10', 'v1.4.9'],
    ['>=1.5.0-rc.1 <1.6.0', '1.5.0-rc.2'],
    ['*', '2.0.0'],
    ['^3', undefined],
  ])('of %s', (range, newest) => {
    expect(newestVersion(names, range)).toBe(newest);
  });

  it('is the same whatever the order, and tells builds apart', () => {
    const alike = ['v1.0.0', '1.0.0'];
    expect(newestVersion(alike, '1')).toBe('1.0.0');
    expect(newestVersion([...alike].reverse(), '1')).toBe('1.0.0');
    const builds = ['1.0.0+2', '1.0.0+10', '1.0.0'];
    expect(newestVersion(builds, '1')).toBe('1.0.0+10');
  });

  it.each(['newest', '1.2.3.4', '>> 1'])('refuses the range %j', range => {
    expect(() => newestVersion([], range)).toThrow('is no range of versions');
  });
});
