import { DeliveredShard } from '../../model';
import { renderingInput, TestFleet } from '../__testUtils__/renderingInput';
import { renderDelivery } from './renderDelivery';

const HOUR = 60 * 60 * 1000;

/** Delivers one state of a fleet after the other, from the branches alone. */
function deliverer() {
  let delivered: ReadonlyMap<string, DeliveredShard> = new Map();
  return (fleet: TestFleet, time = 0) => {
    const { shards, problems } = renderDelivery(
      renderingInput(fleet, delivered, new Date(time)),
    );
    delivered = new Map([
      ...delivered,
      ...shards.map(shard => [shard.shard, shard.delivered] as const),
    ]);
    const bill = delivered.get('s1')?.clusters.get('one')?.bill;
    return {
      changed: shards.length > 0,
      text: String(
        shards[0]?.changes.find(({ path }) =>
          path.endsWith('one/kustomization.yaml'),
        )?.content,
      ),
      namespaces: bill?.namespaces.map(({ name }) => name),
      applications: bill?.applications.map(({ name, version }) =>
        version === undefined ? name : `${name} ${version}`,
      ),
      problems: problems.map(({ entity, message }) => [entity, message]),
    };
  };
}

describe('a namespace that leaves a cluster', () => {
  const fleet = (on: string[], retired = false): TestFleet => ({
    clusters: { one: { retired } },
    namespaces: { shop: on, tools: ['one'] },
    applications: { pos: { namespace: 'shop', objects: ['x'], on } },
  });

  it('stays without its applications for an hour, so that they can be pruned as its account', () => {
    const deliver = deliverer();
    deliver(fleet(['one']));
    const first = deliver(fleet([]), 1000);
    expect(first).toMatchObject({
      namespaces: ['shop', 'tools'],
      applications: [],
      problems: [],
    });
    expect(first.text).toMatch(
      /namespaces\/shop\/revisions\/[0-9a-f]+\/flux # leaves after 1970-01-01T01:00Z\n/,
    );
    expect(deliver(fleet([]), HOUR - 1).changed).toBe(false);
    expect(deliver(fleet([]), HOUR)).toMatchObject({
      changed: true,
      namespaces: ['tools'],
    });
    expect(deliver(fleet([]), 9 * HOUR).changed).toBe(false);
  });

  it('stays for good where it is wanted again', () => {
    const deliver = deliverer();
    const { text } = deliver(fleet(['one']));
    deliver(fleet([]));
    expect(deliver(fleet(['one']), HOUR)).toMatchObject({
      namespaces: ['shop', 'tools'],
      applications: ['pos 1'],
      text,
    });
  });

  it('leaves a retired cluster in the same way', () => {
    const deliver = deliverer();
    deliver(fleet(['one']));
    expect(deliver(fleet(['one'], true))).toMatchObject({
      namespaces: ['shop', 'tools'],
      applications: [],
    });
    expect(deliver(fleet(['one'], true), HOUR).namespaces).toEqual([]);
  });
});

describe('one object from two applications', () => {
  type Brings = Record<string, [version: string, objects: string[]]>;
  const fleet = (brings: Brings, namespace = 'shop'): TestFleet => ({
    clusters: { one: {} },
    namespaces: { shop: ['one'], tools: ['one'] },
    applications: Object.fromEntries(
      Object.entries(brings).map(([name, [version, objects]]) => [
        name,
        {
          namespace: name === 'c' ? namespace : 'shop',
          version,
          objects,
          on: ['one'],
        },
      ]),
    ),
  });
  const problem = (loser: string, winner: string) => [
    `edgeapplication:default/${loser}`,
    `cannot be delivered to 1 cluster (one), what is delivered there stays: it brings ConfigMap x, which application '${winner}' brings there too`,
  ];

  it('comes from the one that is there; the other stays away', () => {
    const deliver = deliverer();
    deliver(fleet({ b: ['1', ['x']] }));
    expect(deliver(fleet({ a: ['1', ['x']], b: ['1', ['x']] }))).toMatchObject({
      applications: ['b 1'],
      problems: [problem('a', 'b')],
    });
    expect(deliver(fleet({ a: ['1', ['x']], b: ['2', ['x']] }))).toMatchObject({
      applications: ['b 2'],
      problems: [problem('a', 'b')],
    });
    expect(deliver(fleet({ a: ['1', ['x']] }))).toMatchObject({
      applications: ['a 1'],
      problems: [],
    });
  });

  it('comes from the first by name where neither is there', () => {
    expect(
      deliverer()(
        fleet({ a: ['1', ['x']], b: ['1', ['x', 'y']], c: ['1', ['y']] }),
      ),
    ).toMatchObject({
      applications: ['a 1', 'c 1'],
      problems: [problem('b', 'a')],
    });
  });

  it('is not taken over by a new version; two new versions both wait', () => {
    const deliver = deliverer();
    deliver(fleet({ a: ['1', ['y']], b: ['1', ['x']] }));
    expect(deliver(fleet({ a: ['2', ['x']], b: ['1', ['x']] }))).toMatchObject({
      changed: false,
      applications: ['a 1', 'b 1'],
      problems: [problem('a', 'b')],
    });
    expect(deliver(fleet({ a: ['2', ['x']], b: ['2', ['x']] }))).toMatchObject({
      changed: false,
      problems: [problem('a', 'b'), problem('b', 'a')],
    });
    expect(deliver(fleet({ a: ['2', ['x']], b: ['2', ['z']] }))).toMatchObject({
      applications: ['a 2', 'b 2'],
      problems: [],
    });
  });

  it('is no problem in two namespaces, or on different clusters', () => {
    const deliver = deliverer();
    expect(
      deliver(fleet({ b: ['1', ['x']], c: ['1', ['x']] }, 'tools')),
    ).toMatchObject({ applications: ['b 1', 'c 1'], problems: [] });
    const apart = fleet({ a: ['1', ['x']], b: ['1', ['x']] });
    apart.clusters.two = {};
    apart.namespaces.shop.push('two');
    apart.applications.b.on = ['two'];
    expect(deliver(apart).problems).toEqual([]);
  });
});
