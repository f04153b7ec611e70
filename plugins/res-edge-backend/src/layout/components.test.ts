import {
  buildAsFlux,
  KustomizeBuilder,
} from '@res-edge/backstage-plugin-res-edge-node';
import { DeliveredFleet } from './__testUtils__/DeliveredFleet';
import { entities, FILES } from './__testUtils__/smallFleet';

jest.setTimeout(120_000);

const TAX = 'components/tax/tax.yaml';
const AUDIT = 'components/audit/kustomization.yaml';

describe('components of groups that do not build together', () => {
  const builder = KustomizeBuilder.create();
  let builds: number;
  let fleet: DeliveredFleet;

  beforeEach(async () => {
    builds = 0;
    fleet = new DeliveredFleet({
      build: async (files, folder) => {
        if (folder?.includes('/revisions/') || folder === 'clusters/check')
          builds++;
        return builder.build(files, folder);
      },
    });
    await fleet.deliver({ entities: entities(), files: FILES });
  });

  function bill(cluster: string): string {
    const path = `clusters/${cluster}/kustomization.yaml`;
    return String(fleet.treeOf(cluster).get(path));
  }

  it('are built once for each combination that some cluster gets', async () => {
    // geo.east: pos with its tax, and the audit in the clusters' own builds.
    expect(builds).toBe(2);
    await fleet.deliver({ entities: entities(), files: FILES });
    expect(builds).toBe(2);
    await fleet.deliver({
      entities: entities({ values: { tag: 'x', copies: '1' } }),
      files: FILES,
    });
    expect(builds).toBe(3);
  });

  it('leave what is delivered where a new version does not build with them, and only there', async () => {
    const before = bill('e1');
    const files = new Map(FILES);
    files.set(
      'apps/pos/all.yaml',
      FILES.get('apps/pos/all.yaml')!.replaceAll('name: pos', 'name: till'),
    );
    files.delete('patches/west.yaml');
    await fleet.deliver({
      entities: entities({ version: '2.0.0', overrides: [] }),
      files,
    });
    expect(bill('e1')).toBe(before);
    expect(bill('w1')).toContain('flux # 2.0.0');
    const built = await buildAsFlux(builder, fleet.treeOf('e1'), 'e1');
    expect([...built.kustomizations.keys()]).toContain('app-pos');
    const found = fleet.problems.filter(({ message }) =>
      message.includes(
        "component '2-tax' of group 'geo.east' does not build with application 'pos'",
      ),
    );
    expect(found.map(({ entity }) => entity)).toEqual([
      'edgegroup:default/geo.east',
      'edgeapplication:default/pos',
    ]);
    expect(found[1].message).toContain('2 clusters (e1, e2)');
  });

  it('leave what is delivered where a new component does not build', async () => {
    const before = bill('e1');
    const files = new Map(FILES);
    files.set(TAX, FILES.get(TAX)!.replace('name: pos', 'name: nothing'));
    files.set(
      'components/audit/audit.yaml',
      FILES.get('components/audit/audit.yaml')!.replace('audit', 'other'),
    );
    files.set(
      AUDIT,
      'kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\npatches: [{ path: audit.yaml }]\n',
    );
    expect(await fleet.deliver({ entities: entities(), files })).toEqual([]);
    expect(bill('e1')).toBe(before);
    const groups = fleet.problems.filter(
      ({ entity }) => entity === 'edgegroup:default/geo.east',
    );
    expect(groups.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringContaining("component '2-tax'"),
        expect.stringContaining("in the cluster's own build"),
      ]),
    );
  });
});
