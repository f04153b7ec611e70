import { LocationPattern } from './LocationPattern';

describe('LocationPattern', () => {
  const fleet = LocationPattern.create(
    'url:https://example.org/fleet/blob/main/*',
  );

  it.each([
    'url:https://example.org/fleet/blob/main/all.yaml',
    'url:https://example.org/fleet/blob/main/stores/a b..yaml'.replace(
      ' ',
      '%20',
    ),
    'url:https://example.org/fleet/blob/main/.hidden/a.yaml',
  ])('matches %s', location => {
    expect(fleet.matches(location)).toBe(true);
  });

  it.each([
    undefined,
    '',
    'url:https://example.org/fleet/blob/main',
    'url:https://example.org.evil.net/fleet/blob/main/a.yaml',
    'url:https://example.org/fleet/blob/mainXa.yaml',
    'xurl:https://example.org/fleet/blob/main/a.yaml',
    // All of these are read from somewhere else.
    'url:https://example.org/fleet/blob/main/../../../other/blob/main/a.yaml',
    'url:https://example.org/fleet/blob/main/%2e%2E/%2e%2e/a.yaml',
    'url:https://example.org/fleet/blob/main/..%2f..%2fa.yaml',
    'url:https://example.org/fleet/blob/main/.\t./a.yaml',
    'url:https://example.org/fleet/blob/main/..\\..\\a.yaml',
    'url:https://example.org/fleet/blob/main/x?path=../a.yaml',
    'url:https://example.org/fleet/blob/main/%zz',
  ])('does not match %s', location => {
    expect(fleet.matches(location)).toBe(false);
  });

  it('takes files and everything that is not a star literally', () => {
    const files = LocationPattern.create('file:*/.local/fleet (1)/*');
    expect(files.matches('file:/srv/100%/.local/fleet (1)/a.yaml')).toBe(true);
    expect(files.matches('file:/srv/xlocal/fleet (1)/a.yaml')).toBe(false);
    expect(files.matches('file:/srv/.local/fleet (1)/../a.yaml')).toBe(false);
  });
});
