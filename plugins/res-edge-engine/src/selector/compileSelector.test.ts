import { ClusterSelector } from '@res-edge/backstage-plugin-res-edge-common';
import fc from 'fast-check';
import { Snapshot } from '../snapshot';
import { cluster, group } from '../__testUtils__/build';
import { failure } from '../__testUtils__/failure';
import { fleets, selectors } from '../__testUtils__/fleets';
import { matches } from '../__testUtils__/reference';
import { compileSelector } from './compileSelector';

const snapshot = Snapshot.create({
  clusters: [
    cluster('a', {
      labels: { size: 'large' },
      attributes: { grill: ['x', 'y'], lanes: 2, open: true },
      groups: ['geo'],
    }),
    cluster('b', {
      labels: { size: 'small' },
      attributes: { grill: [], lanes: 5 },
    }),
    cluster('c'),
  ],
  groups: [group('geo'), group('beta')],
});
const select = (selector: unknown) =>
  snapshot
    .namesOf(compileSelector(snapshot, selector as ClusterSelector).clusters)
    .join('');

describe('compileSelector', () => {
  it('agrees with the reference on every cluster', () => {
    fc.assert(
      fc.property(fleets, selectors, (fleet, selector) => {
        const compiled = compileSelector(Snapshot.create(fleet), selector);
        const expected = fleet.clusters.map(entity =>
          matches(fleet, entity, selector),
        );
        expect(
          fleet.clusters.map((_, number) => compiled.clusters.has(number)),
        ).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [{ all: true }, 'abc'],
    [{ all: true, exclude: ['b'] }, 'ac'],
    [{ include: ['b'] }, 'b'],
    [{ include: ['b', 'a'], exclude: ['b'] }, 'a'],
    [{ matchLabels: { size: 'large' }, include: ['c'] }, 'ac'],
    [{ matchLabels: { open: 'true' } }, 'a'],
    [{ groups: ['geo', 'beta'] }, 'a'],
    [{ groups: ['beta'] }, ''],
    [{ groups: ['geo'], matchLabels: { size: 'small' } }, ''],
    [
      {
        matchExpressions: [
          { key: 'grill', operator: 'In', values: ['y', 'z'] },
        ],
      },
      'a',
    ],
    [
      {
        matchExpressions: [{ key: 'grill', operator: 'NotIn', values: ['y'] }],
      },
      'bc',
    ],
    [{ matchExpressions: [{ key: 'grill', operator: 'Exists' }] }, 'ab'],
    [{ matchExpressions: [{ key: 'grill', operator: 'DoesNotExist' }] }, 'c'],
    [
      { matchExpressions: [{ key: 'lanes', operator: 'Gt', values: ['2'] }] },
      'b',
    ],
    [
      { matchExpressions: [{ key: 'lanes', operator: 'In', values: [2] }] },
      'a',
    ],
    [{ expression: 'cluster.attributes.lanes >= 2', groups: ['geo'] }, 'a'],
    ['cluster.attributes.lanes >= 2', 'ab'],
  ])('%j', (selector, expected) => {
    expect(select(selector)).toBe(expected);
  });

  it.each([
    [{}, undefined, /The selector is empty/],
    ['', undefined, /The selector is empty/],
    [{ exclude: ['a'] }, undefined, /The selector is empty/],
    [{ include: [] }, undefined, /The selector is empty/],
    [[], undefined, /A selector is a mapping or a string/],
    [{ all: false }, 'all', /only true is allowed/],
    [{ groups: [] }, 'groups', /'groups' is empty/],
    [{ groups: 'geo' }, 'groups', /'groups' must be a list/],
    [{ groups: ['geo', 'mars'] }, 'groups[1]', /There is no group 'mars'/],
    [{ groups: ['__proto__'] }, 'groups[0]', /There is no group '__proto__'/],
    [{ matchLabels: {} }, 'matchLabels', /'matchLabels' is empty/],
    [{ matchLabels: { a: ['x'] } }, 'matchLabels.a', /must be a string/],
    [
      { matchExpressions: [{ key: 'a', operator: 'in', values: ['x'] }] },
      'matchExpressions[0].operator',
      /'in'; allowed are In, NotIn/,
    ],
    [
      { matchExpressions: [{ key: 'a', operator: 'In' }] },
      'matchExpressions[0].values',
      /is empty/,
    ],
    [
      { matchExpressions: [{ key: 'a', operator: 'Exists', values: ['x'] }] },
      'matchExpressions[0].values',
      /must be left out/,
    ],
    [
      { matchExpressions: [{ key: 'a', operator: 'Gt', values: ['many'] }] },
      'matchExpressions[0].values',
      /exactly one number/,
    ],
    [
      { matchExpressions: [{ key: 'a', operator: 'Gt', values: [1, 2] }] },
      'matchExpressions[0].values',
      /exactly one number/,
    ],
    [
      { matchExpressions: [{ operator: 'Exists' }] },
      'matchExpressions[0].key',
      /names a label/,
    ],
    [{ expression: ' ' }, 'expression', /'expression' is empty/],
    [{ include: ['zzz'] }, 'include[0]', /There is no cluster 'zzz'/],
    [
      { all: true, exclude: ['a', 'zzz'] },
      'exclude[1]',
      /There is no cluster 'zzz'/,
    ],
    [
      { matchlabels: { a: 'b' } },
      'matchlabels',
      /'matchlabels' is no part of a selector; allowed are/,
    ],
  ])('refuses %j', (selector, field, message) => {
    expect(failure(() => select(selector))).toMatchObject({
      name: 'InputError',
      field,
      message: expect.stringMatching(message),
    });
  });

  it('gives a set of its own each time', () => {
    compileSelector(snapshot, { all: true }).clusters.remove(0);
    expect(select({ all: true })).toBe('abc');
  });

  it('takes keys that are names of prototypes for keys', () => {
    const odd = Snapshot.create({
      clusters: [
        cluster('a', {
          labels: JSON.parse('{"__proto__": "x", "constructor": "y"}'),
        }),
        cluster('b', { attributes: JSON.parse('{"__proto__": ["x"]}') }),
      ],
      groups: [group('__proto__'), group('constructor', '__proto__')],
    });
    const named = (selector: ClusterSelector) =>
      odd.namesOf(compileSelector(odd, selector).clusters).join('');
    expect(odd.problems).toEqual([]);
    expect(named({ matchLabels: JSON.parse('{"__proto__": "x"}') })).toBe('ab');
    expect(named({ matchLabels: { constructor: 'y' } })).toBe('a');
    expect(
      named({ matchExpressions: [{ key: 'toString', operator: 'Exists' }] }),
    ).toBe('');
    expect(named({ groups: ['__proto__'] })).toBe('');
    expect(odd.groups.children('__proto__')).toEqual(['constructor']);
  });
});
