import { Refusal } from '../../model';
import { deliverer } from '../__testUtils__/deliverer';
import { TestFleet } from '../__testUtils__/renderingInput';

/** A deliverer; `taken` names applications that a prohibition takes from the cluster. */
function takingDeliverer() {
  const deliver = deliverer();
  return (wanted: TestFleet, taken: Record<string, Refusal['step']> = {}) =>
    deliver(wanted, input => {
      const { plan } = input;
      const applications = new Map(plan.applications);
      for (const [name, step] of Object.entries(taken)) {
        const clusters = plan.snapshot.bitmapOf(['one']);
        const refusals = [{ step, rule: '', reason: '', clusters }];
        applications.set(name, { ...applications.get(name)!, refusals });
      }
      return { ...input, plan: { ...plan, applications } };
    });
}

function fleet(
  state: { draining?: boolean; retired?: boolean },
  options: { version?: string; color?: string; on?: string[] } = {},
): TestFleet {
  const { version = '1', color = 'red', on = ['one', 'two'] } = options;
  const where = { namespace: 'shop', version };
  return {
    clusters: {
      one: { ...state, groups: ['geo'], values: { color } },
      two: { groups: ['geo'], values: { color } },
    },
    groups: { geo: { values: { color } } },
    components: { geo: ['pos'] },
    namespaces: { shop: on, net: ['one', 'two'] },
    applications: {
      pos: { ...where, objects: ['p'], keys: ['color'], on },
      web: { ...where, objects: ['w'], dependsOn: ['pos'], on },
      dns: { ...where, namespace: 'net', objects: ['d'], on: ['one', 'two'] },
    },
  };
}

const DRAINING = { draining: true };
const CHANGED = { version: '2', color: 'blue' };

describe('a draining cluster', () => {
  it('keeps its versions, values and components, and catches up once it is active', () => {
    const deliver = takingDeliverer();
    const before = deliver(fleet({}));
    expect(deliver(fleet(DRAINING)).changed).toEqual([]);
    expect(deliver(fleet(DRAINING, CHANGED))).toEqual({
      ...before,
      changed: ['two'],
      held: { dns: ['one'], pos: ['one'], web: ['one'] },
    });
    expect(deliver(fleet(DRAINING, CHANGED)).changed).toEqual([]);
    expect(deliver(fleet({}, CHANGED))).toMatchObject({
      changed: ['one'],
      bill: ['dns 2', 'pos 2', 'web 2'],
      values: ['color="blue"', 'name="one"'],
      held: {},
      problems: [],
    });
  });

  it('keeps what nothing selects any more, and what main does not know any more', () => {
    const deliver = takingDeliverer();
    const before = deliver(fleet({}));
    const { applications, namespaces, ...rest } = fleet(DRAINING, { on: [] });
    delete applications.dns;
    delete namespaces.net;
    const after = deliver({ ...rest, applications, namespaces });
    expect(after).toMatchObject({
      changed: ['two'],
      bill: before.bill,
      namespaces: before.namespaces,
    });
  });

  it('gets nothing new; where it has no folder yet, it gets an empty one', () => {
    const deliver = takingDeliverer();
    const first = deliver(fleet(DRAINING));
    expect(first).toMatchObject({
      changed: ['one', 'two'],
      bill: [],
      namespaces: [],
      problems: [],
    });
    expect(deliver(fleet(DRAINING, CHANGED)).changed).toEqual(['two']);
    expect(deliver(fleet({})).bill).toEqual(['dns 1', 'pos 1', 'web 1']);
  });

  it('loses what is prohibited, with what depends on it, and nothing else changes', () => {
    const deliver = takingDeliverer();
    const before = deliver(fleet({}));
    const next = fleet(DRAINING, { ...CHANGED, on: [] });
    expect(deliver(next, { pos: 'prohibit', web: 'depend' })).toMatchObject({
      changed: ['one', 'two'],
      bill: ['dns 1'],
      namespaces: before.namespaces,
      values: before.values,
    });
    // What is refused for another reason stays.
    const other = takingDeliverer();
    other(fleet({}));
    expect(other(next, { pos: 'fit', web: 'depend' }).bill).toEqual(
      before.bill,
    );
  });

  it('leaves as any other once it is retired', () => {
    const deliver = takingDeliverer();
    deliver(fleet({}));
    deliver(fleet(DRAINING, CHANGED));
    expect(deliver(fleet({ retired: true }, CHANGED)).bill).toEqual([]);
  });
});
