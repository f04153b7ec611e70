import { EdgeNamespaceEntity } from '@res-edge/backstage-plugin-res-edge-common';
import {
  application,
  cluster,
  decisions,
  namespace,
} from '../__testUtils__/build';
import { ApplicationDecision, Plan } from '../model';
import { Snapshot, SnapshotFacts } from '../snapshot';
import { comparePlans } from '../difference';
import { decide } from './decide';

const clusters = [
  cluster('active'),
  cluster('draining', { state: 'draining' }),
  cluster('other', { state: 'draining' }),
  cluster('retired', { state: 'retired' }),
];

function plan(
  namespaces: EdgeNamespaceEntity[],
  baseline: Record<string, string[]> | undefined,
  applications: ApplicationDecision[] = [],
  running: Record<string, string[]> = {},
): Plan {
  const facts: SnapshotFacts = { clusters, groups: [] };
  const snapshot = Snapshot.create(facts);
  const sets = (names: Record<string, string[]>) =>
    new Map(
      Object.entries(names).map(([name, list]) => [
        name,
        snapshot.bitmapOf(list),
      ]),
    );
  return decide({
    snapshot,
    decisions: decisions({ namespaces, applications }),
    baseline: {
      applications: sets(running),
      ...(baseline && { namespaces: sets(baseline) }),
    },
    now: new Date(0),
  });
}

const delivered = ({ snapshot, namespaces }: Plan) =>
  Object.fromEntries(
    [...namespaces].map(([name, found]) => [name, snapshot.namesOf(found)]),
  );

describe('the clusters of namespaces', () => {
  it('a draining cluster keeps a namespace that it has and gets no new one', () => {
    const everywhere = namespace('shop', { all: true });
    expect(delivered(plan([everywhere], { shop: ['draining'] }))).toEqual({
      shop: ['active', 'draining'],
    });
    expect(delivered(plan([everywhere], {}))).toEqual({ shop: ['active'] });
  });

  it('where nothing is known of what is delivered, a draining cluster has what is selected', () => {
    expect(
      delivered(plan([namespace('shop', { all: true })], undefined)),
    ).toEqual({ shop: ['active', 'draining', 'other'] });
  });

  it('one whose selector cannot be evaluated stays where it is, but on retired clusters', () => {
    expect(
      delivered(
        plan([namespace('shop', 'cluster.')], {
          shop: ['active', 'draining', 'retired'],
        }),
      ),
    ).toEqual({ shop: ['active', 'draining'] });
  });

  it('one that is gone stays while an application names it, and is not shown as changed', () => {
    const orphan = [application('orphan', { namespace: 'shop' })];
    const baseline = { shop: ['active', 'retired'] };
    const before = plan([namespace('shop', { all: true })], baseline, orphan, {
      orphan: ['active'],
    });
    const after = plan([], baseline, orphan, { orphan: ['active'] });
    expect(delivered(after)).toEqual({ shop: ['active'] });
    expect(comparePlans(before, after)).toEqual([]);
    expect(delivered(plan([], baseline))).toEqual({});
  });

  it('one that no longer matches stays where an application of it stays', () => {
    expect(
      delivered(
        plan(
          [namespace('shop', { include: ['active'] })],
          { shop: [] },
          [application('a', { namespace: 'shop' })],
          { a: ['draining'] },
        ),
      ),
    ).toEqual({ shop: ['active', 'draining'] });
  });
});
