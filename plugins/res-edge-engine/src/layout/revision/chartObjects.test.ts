import { chartFiles, chartOf } from '../capture/chart';
import { refusedObjects } from '../capture/refusedObjects';
import { Manifest } from '../capture/substitute';
import { parseYaml, textOf } from '../format/parseYaml';
import { chartObjects } from './chartObjects';

const source = {
  repository: 'oci://registry.example.com/charts',
  chart: 'ingress',
  version: '4.1.0',
};
const digest = `sha256:${'0a'.repeat(32)}`;
const files = chartFiles('ingress', source, digest);
const objects = [
  parseYaml(textOf(files.get('chart.yaml')!)),
] as readonly Manifest[];

function specsFor(allowedKinds: readonly string[]) {
  const delivery = {
    ...{ name: 'ingress', namespace: 'tools', allowedKinds },
    ...{ chart: chartOf(objects), places: [] },
  };
  const [release] = chartObjects('flux', delivery).objects;
  const [application] = chartObjects('argocd', delivery).objects;
  return [release.spec, application.spec] as Record<string, unknown>[];
}

describe('a chart', () => {
  it('is installed as the account of its namespace, without definitions', () => {
    const [release, application] = specsFor([]);
    expect(release).toMatchObject({
      serviceAccountName: 'ns-tools',
      install: { crds: 'Skip' },
      upgrade: { crds: 'Skip' },
    });
    expect(application).toMatchObject({
      project: 'ns-tools',
      source: { helm: { skipCrds: true } },
    });
  });

  it('of an add-on is installed as its own account, with definitions where it may bring them', () => {
    const [release, application] = specsFor(['ClusterRole']);
    expect(release).toMatchObject({
      serviceAccountName: 'app-ingress',
      install: { crds: 'Skip' },
    });
    expect(application).toMatchObject({ project: 'app-ingress' });
    const allowed = ['ClusterRole', 'CustomResourceDefinition'];
    const [other, otherApplication] = specsFor(allowed);
    expect(other).toMatchObject({
      install: { crds: 'CreateReplace' },
      upgrade: { crds: 'CreateReplace' },
    });
    const { helm } = otherApplication.source as { helm: { skipCrds: unknown } };
    expect(helm.skipCrds).toBeUndefined();
  });

  it('comes from the source of its version alone, and stands alone', () => {
    expect(refusedObjects(objects, 'tools')).toEqual([
      "HelmChart 'ingress', kind: objects of Res-Edge are no manifests",
    ]);
    expect(() => chartOf([...objects, ...objects])).toThrow('stands alone');
    const [{ spec, ...rest }] = objects;
    const changed = (change: object) => [
      { ...rest, spec: { ...(spec as object), ...change } },
    ];
    expect(() => chartOf(changed({ version: 1 }))).toThrow('spec.version');
    expect(() => chartOf(changed({ repository: '${{ cluster.x }}' }))).toThrow(
      'spec.repository',
    );
    expect(() => chartOf(changed({ values: [] }))).toThrow('spec.values');
  });
});
