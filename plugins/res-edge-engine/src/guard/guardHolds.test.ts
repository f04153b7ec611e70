import {
  application,
  cluster,
  decisions,
  namespace,
} from '../__testUtils__/build';
import { plan as planOf } from '../__testUtils__/plans';
import { guardHolds } from './guardHolds';

describe('guardHolds', () => {
  it('holds what the lost needs, and all else where there is no room beside it', () => {
    const clusters = [
      cluster('a', { capacity: { cpu: '3' } }),
      cluster('b', { capacity: { cpu: '4' } }),
      cluster('c'),
    ];
    const given = decisions({
      namespaces: [namespace('shop', { all: true })],
      applications: [
        application('lost', {
          namespace: 'shop',
          requests: { cpu: '1' },
          requires: ['false'],
          dependsOn: ['needed'],
        }),
        application('needed', { namespace: 'shop', requests: { cpu: '1' } }),
        application('comes', { namespace: 'shop', requests: { cpu: '2' } }),
      ],
    });
    const plan = planOf({ clusters, decisions: given });
    const set = (...names: string[]) => plan.snapshot.bitmapOf(names);
    const held = (name: string, lost: string[]) =>
      guardHolds(
        plan,
        given,
        new Map([
          [name, set(...lost)],
          ['needed', set('a', 'b', 'c')],
        ]),
        {
          applications: new Map([[name, { clusters: set(...lost), gone: [] }]]),
          namespaces: new Map([['gone', { clusters: set('c'), gone: [] }]]),
        },
      );
    const names = (sets: ReturnType<typeof held>['applications']) =>
      Object.fromEntries(
        [...sets].map(([name, where]) => [
          name,
          plan.snapshot.namesOf(where).join(''),
        ]),
      );
    const holds = held('lost', ['a', 'b']);
    expect(names(holds.applications)).toEqual({
      lost: 'ab',
      needed: 'ab',
      comes: 'a',
    });
    expect(names(holds.namespaces)).toEqual({ gone: 'c' });
    // What main does not know any more may need anything.
    expect(names(held('unknown', ['c']).applications)).toEqual({
      unknown: 'c',
      needed: 'c',
      comes: 'c',
    });
  });
});
