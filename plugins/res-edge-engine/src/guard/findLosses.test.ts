import {
  application,
  cluster,
  decisions,
  namespace,
  prohibition,
} from '../__testUtils__/build';
import { plan as planOf } from '../__testUtils__/plans';
import { Decisions, Plan } from '../model';
import { findGuards } from './findGuards';
import { findLosses } from './findLosses';

const clusters = ['a', 'b', 'c'].map(name =>
  cluster(name, { labels: { state: name === 'c' ? 'tx' : 'ut' } }),
);

function lossesOf(
  plan: Plan,
  given: Decisions,
  has: { applications?: string[]; namespaces?: string[] },
  answered?: string[],
) {
  const all = (names: string[] = []) =>
    new Map(names.map(name => [name, plan.snapshot.bitmapOf(['a', 'b', 'c'])]));
  return findLosses({
    plan,
    decisions: given,
    baseline: {
      applications: all(has.applications),
      namespaces: all(has.namespaces),
    },
    delivered: new Map(),
    answered: new Set(answered),
  });
}

describe('findLosses', () => {
  it('leaves out what an answered prohibition takes away, with all that depends on it', () => {
    const given = decisions({
      namespaces: [namespace('shop', { all: true })],
      applications: [
        application('bar', { namespace: 'shop' }),
        application('menu', { namespace: 'shop', dependsOn: ['bar'] }),
        application('order', { namespace: 'shop', dependsOn: ['menu'] }),
      ],
      policies: [
        prohibition('law', {
          applications: { names: ['bar'] },
          clusters: { matchLabels: { state: 'ut' } },
        }),
      ],
    });
    const names = ['bar', 'menu', 'order'];
    const baseline = Object.fromEntries(
      names.map(name => [name, ['a', 'b', 'c']]),
    );
    const plan = planOf({ clusters, decisions: given, baseline });
    const lost = (answered: string[]) =>
      [
        ...lossesOf(plan, given, { applications: names }, answered)
          .applications,
      ].map(([name, found]) => [
        name,
        plan.snapshot.namesOf(found.clusters).join(''),
      ]);
    expect(lost([])).toEqual([
      ['bar', 'ab'],
      ['menu', 'ab'],
      ['order', 'ab'],
    ]);
    expect(lost(['edgepolicy:default/law'])).toEqual([]);
    expect(lost(['edgepolicy:default/other'])).toHaveLength(3);
  });

  it('counts Kubernetes Namespaces that are deleted, and guards each of them', () => {
    const pruned = namespace('pruned', { matchLabels: { state: 'tx' } });
    const given = decisions({
      namespaces: [
        { ...pruned, spec: { ...pruned.spec, prune: 'delete' as const } },
        namespace('kept', { matchLabels: { state: 'tx' } }),
      ],
    });
    const plan = planOf({ clusters, decisions: given });
    const losses = lossesOf(plan, given, {
      namespaces: ['pruned', 'kept', 'unknown'],
    });
    expect([...losses.namespaces.keys()]).toEqual(['pruned', 'unknown']);
    const guards = findGuards({
      plan,
      baseline: new Map(),
      losses,
      recent: new Map(),
      signedOff: {
        applications: new Map(),
        namespaces: new Map([['unknown', new Set(['a', 'b', 'c'])]]),
      },
      options: { share: 1, atLeast: 1000 },
    });
    expect(guards).toMatchObject([
      { scope: 'deletion', name: 'pruned', lost: 2 },
    ]);
  });
});
