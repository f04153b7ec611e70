import { Bitmap } from '../../bitmap';
import { DeliveredShard } from '../../model';
import { renderingInput, TestFleet } from '../__testUtils__/renderingInput';
import { DeliveryRenderer } from './DeliveryRenderer';
import { renderDelivery } from './renderDelivery';

const HOUR = 60 * 60 * 1000;

/** Delivers one state of a fleet after the other, from the branches alone. */
function deliverer(removed: ReadonlyMap<string, number> = new Map()) {
  let delivered: ReadonlyMap<string, DeliveredShard> = new Map();
  return (fleet: TestFleet, time = 0) => {
    const { shards, problems } = renderDelivery({
      ...renderingInput(fleet, delivered, new Date(time)),
      removedAt: (_, application) => removed.get(application),
    });
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
      /namespaces\/shop\/revisions\/[0-9a-f]+\/flux # leaves after 1970-01-01T01:00Z, or without pos\n/,
    );
    expect(deliver(fleet([]), HOUR - 1).changed).toBe(false);
    expect(deliver(fleet([]), HOUR)).toMatchObject({
      changed: true,
      namespaces: ['tools'],
    });
    expect(deliver(fleet([]), 9 * HOUR).changed).toBe(false);
  });

  it('leaves when the cluster reports that all of its applications are removed', () => {
    const removed = new Map<string, number>();
    const deliver = deliverer(removed);
    const both = (on: string[]): TestFleet => ({
      ...fleet(on),
      applications: {
        pos: { namespace: 'shop', objects: ['x'], on },
        db: { namespace: 'shop', objects: ['y'], on },
        other: { namespace: 'tools', objects: ['z'], on: ['one'] },
      },
    });
    deliver(both(['one']));
    expect(deliver(both([]), HOUR).text).toContain('or without db,pos\n');
    removed.set('pos', HOUR + 60_000);
    expect(deliver(both([]), HOUR + 70_000).changed).toBe(false);
    // Of an earlier time.
    removed.set('db', HOUR - 60_000);
    expect(deliver(both([]), HOUR + 70_000).changed).toBe(false);
    removed.set('db', HOUR + 80_000);
    expect(deliver(both([]), HOUR + 90_000)).toMatchObject({
      namespaces: ['tools'],
      applications: ['other 1'],
    });
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

describe('an application that moves to another namespace', () => {
  type Where = { pos?: string; db?: string };
  const fleet = (
    { pos, db }: Where,
    more: Partial<TestFleet> = {},
  ): TestFleet => ({
    clusters: { one: {} },
    namespaces: { shop: ['one'], tools: ['one'] },
    ...more,
    applications: {
      ...(db && { db: { namespace: db, objects: ['y'], on: ['one'] } }),
      ...(pos && {
        pos: {
          namespace: pos,
          objects: ['x'],
          dependsOn: db ? ['db'] : [],
          on: ['one'],
        },
      }),
    },
  });

  it('leaves the old one first, and arrives when its objects had an hour to go', () => {
    const deliver = deliverer();
    deliver(fleet({ pos: 'shop' }));
    const left = deliver(fleet({ pos: 'tools' }), 1000);
    expect(left).toMatchObject({ applications: [], problems: [] });
    expect(left.text).toContain(
      '  # apps/pos has left namespaces/shop, and arrives after 1970-01-01T01:00Z\n',
    );
    expect(deliver(fleet({ pos: 'tools' }), HOUR - 1).changed).toBe(false);
    const arrived = deliver(fleet({ pos: 'tools' }), HOUR);
    expect(arrived.applications).toEqual(['pos 1']);
    expect(arrived.text).not.toContain('has left');
    expect(arrived.text).toMatch(
      /namespaces\/tools\/.*\n {2}- ..\/..\/apps\/pos\//,
    );
    expect(deliver(fleet({ pos: 'tools' }), 2 * HOUR).changed).toBe(false);
  });

  it('arrives when the cluster reports that it is removed', () => {
    const removed = new Map<string, number>();
    const deliver = deliverer(removed);
    deliver(fleet({ pos: 'shop' }));
    deliver(fleet({ pos: 'tools' }), 1000);
    removed.set('pos', 30_000);
    expect(deliver(fleet({ pos: 'tools' }), 60_000).applications).toEqual([
      'pos 1',
    ]);
  });

  it('comes back at once where it was', () => {
    const deliver = deliverer();
    const { text } = deliver(fleet({ pos: 'shop' }));
    deliver(fleet({ pos: 'tools' }));
    expect(deliver(fleet({ pos: 'shop' }), 1000).text).toBe(text);
  });

  it('waits its time where it is not wanted meanwhile', () => {
    const deliver = deliverer();
    deliver(fleet({ pos: 'shop' }));
    deliver(fleet({ pos: 'tools' }));
    expect(deliver(fleet({}), 1000).applications).toEqual([]);
    expect(deliver(fleet({ pos: 'tools' }), 2000).applications).toEqual([]);
    expect(deliver(fleet({ pos: 'tools' }), HOUR).applications).toEqual([
      'pos 1',
    ]);
  });

  it('takes what depends on it along, or lets it wait by name', () => {
    const both = deliverer();
    both(fleet({ pos: 'shop', db: 'shop' }));
    expect(both(fleet({ pos: 'tools', db: 'tools' }))).toMatchObject({
      applications: [],
      problems: [],
    });
    expect(
      both(fleet({ pos: 'tools', db: 'tools' }), HOUR).applications,
    ).toEqual(['db 1', 'pos 1']);

    const one = deliverer();
    one(fleet({ pos: 'shop', db: 'shop' }));
    expect(one(fleet({ pos: 'shop', db: 'tools' }))).toMatchObject({
      applications: ['pos 1'],
      problems: [
        [
          'edgeapplication:default/pos',
          "cannot be delivered to 1 cluster (one), what is delivered there stays: 'db', which it depends on, moves to another namespace first",
        ],
      ],
    });
    expect(one(fleet({ pos: 'shop', db: 'tools' }), HOUR)).toMatchObject({
      applications: ['db 1', 'pos 1'],
      problems: [],
    });
  });

  it('stays, and its old namespace with it, while it cannot be delivered in the new one', () => {
    const deliver = deliverer();
    deliver(fleet({ pos: 'shop' }));
    const broken = fleet({ pos: 'tools' }, { namespaces: { tools: ['one'] } });
    broken.applications.pos = {
      ...broken.applications.pos,
      version: '2',
      broken: true,
    };
    expect(deliver(broken)).toMatchObject({
      changed: false,
      namespaces: ['shop', 'tools'],
      applications: ['pos 1'],
    });
    broken.applications.pos.broken = false;
    expect(deliver(broken, HOUR)).toMatchObject({
      namespaces: ['shop', 'tools'],
      applications: [],
    });
    expect(deliver(broken, 2 * HOUR)).toMatchObject({
      namespaces: ['tools'],
      applications: ['pos 2'],
    });
  });

  it('does not leave while it is held, and arrives all the same once it has left', () => {
    let delivered: ReadonlyMap<string, DeliveredShard> = new Map();
    const deliver = (where: Where, time: number, isHeld: boolean) => {
      const input = renderingInput(fleet(where), delivered, new Date(time));
      const clusters = Bitmap.full(1);
      const holds = {
        applications: new Map([['pos', clusters]]),
        namespaces: new Map([['shop', clusters]]),
      };
      const run = DeliveryRenderer.create().render({
        ...input,
        holds: isHeld ? holds : undefined,
      });
      for (const shard of run.shards)
        delivered = new Map([[shard.shard, shard.delivered]]);
      const { bill } = delivered.get('s1')!.clusters.get('one')!;
      return bill.applications.map(({ namespace }) => namespace);
    };
    deliver({ pos: 'shop' }, 0, false);
    expect(deliver({ pos: 'tools' }, 0, true)).toEqual(['shop']);
    expect(deliver({ pos: 'tools' }, 0, false)).toEqual([]);
    expect(deliver({ pos: 'tools' }, HOUR - 1, true)).toEqual([]);
    expect(deliver({ pos: 'tools' }, HOUR, true)).toEqual(['tools']);
  });

  it('stays where it is on a draining cluster', () => {
    const deliver = deliverer();
    deliver(fleet({ pos: 'shop' }));
    const draining = { clusters: { one: { draining: true } } };
    expect(deliver(fleet({ pos: 'tools' }, draining))).toMatchObject({
      changed: false,
      applications: ['pos 1'],
    });
  });
});
