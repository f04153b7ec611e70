import {
  application,
  cluster,
  decisions,
  namespace,
} from '../__testUtils__/build';
import { DecideInput } from '../model';
import { Snapshot } from '../snapshot';
import { decide } from './decide';
import { decideNext } from './decideNext';

const snapshot = Snapshot.create({
  clusters: [
    cluster('full', { capacity: { cpu: '1' } }),
    cluster('roomy', { capacity: { cpu: '9' } }),
  ],
  groups: [],
});

function input(
  first: Parameters<typeof application>[1] = {},
  shop = namespace('shop', { all: true }),
): DecideInput {
  return {
    snapshot,
    decisions: decisions({
      namespaces: [shop],
      applications: [
        application('a', { namespace: 'shop', requests: { cpu: '1' } }),
        application('b', {
          namespace: 'shop',
          requests: { cpu: '1' },
          ...first,
        }),
      ],
    }),
    baseline: { applications: new Map() },
    now: new Date(0),
  };
}

describe('decideNext', () => {
  const before = input();
  const previous = { input: before, plan: decide(before) };
  const names = (of: typeof previous.plan, name: string) =>
    snapshot.namesOf(of.applications.get(name)!.placed);

  it('a priority decides anew where not all fits', () => {
    expect(names(previous.plan, 'b')).toEqual(['roomy']);
    const next = input({ priority: 5 });
    const plan = decideNext(previous, next);
    expect(plan).toEqual(decide(next));
    expect(names(plan, 'b')).toEqual(['full', 'roomy']);
  });

  it('a version alone moves nothing, and shares the sets', () => {
    const next = input({ version: '2.0.0' });
    const plan = decideNext(previous, next);
    expect(plan).toEqual(decide(next));
    expect(plan.applications.get('b')!.releases[0].release.version).toBe(
      '2.0.0',
    );
    expect(plan.applications.get('a')!.placed).toBe(
      previous.plan.applications.get('a')!.placed,
    );
  });

  it('a quota decides anew where the namespace is wanted', () => {
    const next = input({}, namespace('shop', { all: true }, { cpu: '1' }));
    const plan = decideNext(previous, next);
    expect(plan).toEqual(decide(next));
    expect(names(plan, 'b')).toEqual([]);
  });

  it('says what is asked for now, where it is refused as before', () => {
    const next = input({ requests: { cpu: '2' } });
    const plan = decideNext(previous, next);
    expect(plan).toEqual(decide(next));
    expect(plan.applications.get('b')!.refusals[0].reason).toContain('2 cpu');
  });

  it('decides in full from a plan that was not decided here', () => {
    const plan = decideNext(
      { input: before, plan: { ...previous.plan } },
      input({ priority: 5 }),
    );
    expect(plan).toEqual(decide(input({ priority: 5 })));
  });
});
