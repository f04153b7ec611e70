import { Bitmap } from '../../bitmap';
import { deliverer } from '../__testUtils__/deliverer';
import { TestFleet } from '../__testUtils__/renderingInput';
import type { DeliveryInput } from './DeliveryInput';
import { DeliveryRenderer } from './DeliveryRenderer';

type Held = { applications?: string[]; namespaces?: string[] };

/** A deliverer; `held` names what is held on each cluster. */
function holdingDeliverer() {
  const deliver = deliverer();
  return (wanted: TestFleet, held: Record<string, Held> = {}) =>
    deliver(wanted, input => {
      const { snapshot } = input.plan;
      const sets = (kind: keyof Held) => {
        const found = new Map<string, Bitmap>();
        for (const [cluster, names] of Object.entries(held)) {
          for (const name of names[kind] ?? []) {
            const clusters = found.get(name) ?? Bitmap.empty(snapshot.size);
            clusters.add(snapshot.numberOf(cluster)!);
            found.set(name, clusters);
          }
        }
        return found;
      };
      const holds = {
        applications: sets('applications'),
        namespaces: sets('namespaces'),
      };
      return { ...input, holds };
    });
}

const ALL: Held = { applications: ['pos', 'web'], namespaces: ['shop', 'net'] };

function fleet(options: {
  version?: string;
  color?: string;
  pos?: string[];
  web?: string[];
}): TestFleet {
  const {
    version = '1',
    color = 'red',
    pos = ['one'],
    web = ['one', 'two'],
  } = options;
  return {
    clusters: { one: { values: { color } }, two: { values: { color } } },
    namespaces: { shop: pos, net: ['one', 'two'] },
    applications: {
      pos: {
        namespace: 'shop',
        version,
        objects: ['p'],
        keys: ['color'],
        on: pos,
      },
      web: { namespace: 'net', version, objects: ['w'], on: web },
    },
  };
}

describe('what is held', () => {
  it('changes nothing of a cluster on which all is held, and says what waits', () => {
    const deliver = holdingDeliverer();
    const before = deliver(fleet({}));
    const next = fleet({ version: '2', color: 'blue' });
    const after = deliver(next, { one: ALL });
    expect(after).toMatchObject({
      changed: ['two'],
      hash: before.hash,
      held: { pos: ['one'], web: ['one'] },
      problems: [],
    });
    expect(deliver(next, { one: ALL }).changed).toEqual([]);
    expect(deliver(next)).toMatchObject({
      changed: ['one'],
      bill: ['pos 2', 'web 2'],
      values: ['color="blue"', 'name="one"'],
      held: {},
    });
  });

  it('lets others of the cluster go on; values wait for all', () => {
    const deliver = holdingDeliverer();
    deliver(fleet({}));
    const next = fleet({ version: '2', color: 'blue' });
    const held = { applications: ['pos'], namespaces: ['shop'] };
    expect(deliver(next, { one: held })).toMatchObject({
      bill: ['pos 1', 'web 2'],
      values: ['color="red"', 'name="one"'],
      held: { pos: ['one'] },
    });
  });

  it('takes nothing away: the application stays with its namespace', () => {
    const deliver = holdingDeliverer();
    const before = deliver(fleet({}));
    const held = { applications: ['pos'] };
    const after = deliver(fleet({ pos: [], version: '2' }), { one: held });
    expect(after).toMatchObject({
      bill: ['pos 1', 'web 2'],
      namespaces: before.namespaces,
      held: { pos: ['one'] },
    });
    expect(deliver(fleet({ pos: [], version: '2' })).bill).toEqual(['web 2']);
  });

  it('brings nothing', () => {
    const deliver = holdingDeliverer();
    deliver(fleet({ web: ['two'] }));
    const after = deliver(fleet({}), { one: { applications: ['web'] } });
    expect(after).toMatchObject({ bill: ['pos 1'], held: { web: ['one'] } });
    expect(deliver(fleet({})).bill).toEqual(['pos 1', 'web 1']);
  });

  it.each([
    ['alone', { applications: ['pos'] }],
    ['with all else there', ALL],
  ])('is known to be undeliverable before it may come, %s', (_, held: Held) => {
    const deliver = holdingDeliverer();
    deliver(fleet({}));
    const next = fleet({ version: '2' });
    const without: TestFleet = { ...next, clusters: { one: {}, two: {} } };
    const expected = {
      undeliverable: { pos: ['one'] },
      problems: [
        {
          entity: 'edgeapplication:default/pos',
          message: expect.stringContaining(
            'cannot be delivered to 1 cluster (one), what is delivered there stays: nothing sets ${{ cluster.color }}',
          ),
        },
      ],
    };
    expect(deliver(without, { one: held })).toMatchObject(expected);
    // The same where nothing changed, and where nothing is held.
    expect(deliver(without, { one: held })).toMatchObject(expected);
    expect(deliver(without)).toMatchObject({ bill: ['pos 1', 'web 2'] });
    expect(deliver(without)).toMatchObject(expected);
    expect(deliver(next)).toMatchObject({
      ...{ bill: ['pos 2', 'web 2'], undeliverable: {}, problems: [] },
    });
  });

  it('is known to be undeliverable of a group whose component does not build, too', () => {
    const deliver = deliverer();
    const web = { namespace: 'net', objects: ['w'], on: ['one', 'two'] };
    const before: TestFleet = {
      clusters: { one: { groups: ['g'] }, two: { groups: ['g'] } },
      groups: { g: {} },
      namespaces: { net: ['one', 'two'] },
      applications: { web },
    };
    deliver(before);
    const next = { ...before, components: { g: ['web'] } };
    const broken =
      (...held: number[]) =>
      (input: DeliveryInput): DeliveryInput => {
        const clusters = Bitmap.of(2, held);
        const waits = (name: string) => new Map([[name, clusters]]);
        return {
          ...input,
          broken: new Map(
            DeliveryRenderer.create()
              .combinations(input)
              .map(({ key }) => [key, 'it does not build']),
          ),
          holds: {
            ...{ applications: waits('web'), namespaces: new Map() },
            ...{ groups: waits('g'), behindGroups: waits('web') },
          },
        };
      };
    for (const held of [[0], [0, 1], []]) {
      expect(deliver(next, broken(...held))).toMatchObject({
        undeliverableGroups: { g: ['one', 'two'] },
        components: 0,
      });
    }
    expect(deliver(next)).toMatchObject({
      ...{ undeliverableGroups: {}, components: 1 },
    });
  });

  it('gives a cluster no folder as long as all is held there', () => {
    const deliver = holdingDeliverer();
    const held = { one: ALL, two: ALL };
    expect(deliver(fleet({}), held)).toMatchObject({
      changed: [],
      bill: undefined,
      held: { pos: ['one'], web: ['one', 'two'] },
    });
    expect(deliver(fleet({})).changed).toEqual(['one', 'two']);
  });
});
