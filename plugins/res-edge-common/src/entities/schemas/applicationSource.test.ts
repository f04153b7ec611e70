import { validateEdgeEntity } from '../validateEdgeEntity';

function check(source: unknown): string | undefined {
  try {
    validateEdgeEntity({
      apiVersion: 'res-edge.io/v1alpha1',
      kind: 'EdgeApplication',
      metadata: { name: 'pos' },
      spec: { owner: 'group:default/pos-team', version: '1', source },
    });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const helm = {
  repository: 'https://charts.example.com',
  chart: 'pos',
  version: '1.4.2',
};
const oci = { repository: 'oci://registry.example.com/team/pos', tag: 'v1' };
const digest = `sha256:${'0a'.repeat(32)}`;

describe('the source of an application', () => {
  it.each([
    { path: './apps/pos' },
    { git: { url: 'https://git.example.com/pos', revision: 'v1' } },
    { helm },
    { helm: { ...helm, repository: 'oci://registry.example.com:5000' } },
    { helm: { ...helm, version: '1.4.2-rc.1+build.7' } },
    { helm: { ...helm, values: { a: [{ b: null }, 1, true] } } },
    { oci },
    { oci, poll: { range: '~1.4', interval: '30m' } },
    { helm, poll: { range: '1.x' } },
    { oci: { repository: oci.repository, digest, path: 'deploy' } },
  ])('can be %j', source => {
    expect(check(source)).toBeUndefined();
  });

  it.each([
    [{}, 'spec.source: must be a source: one of path, git, helm and oci'],
    [{ path: './a', helm }, 'one of path, git, helm and oci'],
    [
      { path: './a', poll: { range: '1.x' } },
      'with poll one of the last three',
    ],
    [{ helm, poll: { interval: '1h' } }, 'spec.source.poll.range: is required'],
    [{ helm, poll: { range: '1.x', interval: 'often' } }, 'a length of time'],
    [{ helm: { ...helm, version: '~1.4' } }, 'one exact version by SemVer'],
    [{ helm: { ...helm, version: '1.4' } }, 'one exact version by SemVer'],
    [{ helm: { ...helm, chart: '../x' } }, 'the name of a Helm chart'],
    [{ helm: { ...helm, values: [] } }, 'a mapping of values for the chart'],
    [
      { helm: { ...helm, repository: 'https://ann:secret@example.com' } },
      'no credentials',
    ],
    [{ helm: { ...helm, repository: 'file:///etc' } }, 'a repository of Helm'],
    [{ oci: { ...oci, digest } }, 'with either tag or digest'],
    [{ oci: { repository: oci.repository } }, 'with either tag or digest'],
    [{ oci: { ...oci, repository: 'oci://x/../y' } }, 'of a registry'],
    [{ oci: { ...oci, path: '/etc' } }, 'a path relative to this file'],
  ])('cannot be %j', (source, message) => {
    expect(check(source)).toContain(message);
  });

  it('gives a chart no key that reaches into objects of JavaScript', () => {
    const values = JSON.parse('{ "a": [{ "__proto__": 1 }] }');
    expect(check({ helm: { ...helm, values } })).toContain(
      'the key "__proto__" must be a key other than',
    );
  });
});
