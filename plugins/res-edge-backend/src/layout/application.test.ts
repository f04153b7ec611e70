import { parseBill } from '@res-edge/backstage-plugin-res-edge-engine';
import { KustomizeBuilder } from '@res-edge/backstage-plugin-res-edge-node';
import { builtCluster } from './__testUtils__/builtCluster';
import { DeliveredFleet } from './__testUtils__/DeliveredFleet';
import { entities, FILES, NASTY, withSpec } from './__testUtils__/smallFleet';

jest.setTimeout(120_000);

const builder = KustomizeBuilder.create();

function built(fleet: DeliveredFleet, name: string) {
  return builtCluster(builder, fleet, name);
}

describe('an application of a small fleet', () => {
  it('gives each application the values of the cluster that it asks for as a ConfigMap of its own', async () => {
    const asking = new DeliveredFleet(builder);
    const pos = { clusterValues: ['host', 'open', 'labels.ring', 'lanes'] };
    const redis = { clusterValues: ['zone'] };
    const asked = withSpec(entities(pos), 'redis', redis);
    await asking.deliver({ entities: asked, files: FILES });
    // Nothing sets zone: redis stays away by name, and pos with it.
    const away = ['addons-shop', 'app-agent', 'ns-shop'];
    expect((await built(asking, 'e2')).names).toEqual(away);
    expect(asking.problems.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(
        /4 clusters \(e1, e2, w1, w2\).* nothing sets \$\{\{ cluster\.zone \}\}/,
      ),
    );
    const values = { host: 'h.example', zone: 'a: b' };
    await asking.deliver({
      entities: withSpec(asked, 'geo', { values }),
      files: FILES,
    });
    expect(asking.problems).toEqual([]);
    const e2 = await built(asking, 'e2');
    const valuesOf = (application: string) =>
      e2.kustomizations
        .get(`app-${application}`)!
        .find(
          ({ metadata }) => metadata.name === `${application}-cluster-values`,
        );
    expect(valuesOf('pos')).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'pos-cluster-values', namespace: 'shop' },
      data: { host: NASTY, open: 'false', 'labels.ring': 'prod', lanes: '5' },
    });
    expect(valuesOf('redis')!.data).toEqual({ zone: 'a: b' });
  });

  it('holds a release back everywhere while the selector of one of its overrides cannot be evaluated', async () => {
    const other = new DeliveredFleet(builder);
    const override = { name: 'west', values: { tag: 'west' } };
    const select = (version: string, groups: string[]) =>
      entities({
        version,
        overrides: [{ ...override, selector: { groups } }],
      });
    await other.deliver({ entities: entities(), files: FILES });
    const bill = () =>
      parseBill(
        'e1',
        String(other.treeOf('e1').get('clusters/e1/kustomization.yaml')),
      );
    const before = bill();
    // The rest goes on: a new cluster gets all but this application.
    const broken = select('2.0.0', ['geo.mars']);
    const [shard] = await other.deliver({
      entities: withSpec(broken, 'x1', { groups: ['geo.west'] }),
      files: FILES,
    });
    expect(shard.clusters).toEqual(['x1']);
    expect((await built(other, 'x1')).names).toEqual([
      'addons-shop',
      'app-agent',
      'app-redis',
      'ns-shop',
    ]);
    expect(
      other.problems.map(({ entity, field }) => `${entity} ${field}`),
    ).toEqual([
      'edgeapplication:default/pos spec.overrides[0].selector.groups[0]',
    ]);
    expect(bill()).toEqual(before);
    await other.deliver({
      entities: select('2.0.0', ['geo.west']),
      files: FILES,
    });
    expect(other.problems).toEqual([]);
    expect(bill().applications).toContainEqual(
      expect.objectContaining({ name: 'pos', version: '2.0.0' }),
    );
  });

  it('that moves to another namespace is built in neither for an hour, and comes as the account of the new one', async () => {
    const fleet = new DeliveredFleet(builder);
    await fleet.deliver({ entities: entities(), files: FILES });
    const probe = async (name: string) => {
      const { bill, kustomizations } = await built(fleet, name);
      const found = bill.find(({ metadata }) => metadata.name === 'app-probe');
      const { serviceAccountName, targetNamespace } = (found?.spec ?? {}) as {
        serviceAccountName?: string;
        targetNamespace?: string;
      };
      const [object] = kustomizations.get('app-probe') ?? [];
      return [serviceAccountName, targetNamespace, object?.metadata.namespace];
    };
    expect(await probe('w1')).toEqual(['ns-tools', 'tools', 'tools']);
    const moved = withSpec(entities(), 'probe', { namespace: 'shop' });
    await fleet.deliver({ entities: moved, files: FILES });
    expect(await probe('w1')).toEqual([undefined, undefined, undefined]);
    expect(await probe('w2')).toEqual(['ns-shop', 'shop', 'shop']);
    fleet.now = new Date(60 * 60 * 1000);
    const [shard] = await fleet.deliver({ entities: moved, files: FILES });
    expect(shard.clusters).toEqual(['w1']);
    expect(await probe('w1')).toEqual(['ns-shop', 'shop', 'shop']);
    expect(fleet.problems).toEqual([]);
  });
});
