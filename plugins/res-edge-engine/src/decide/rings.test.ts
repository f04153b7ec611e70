import {
  RolloutGate,
  RolloutSpec,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  application,
  cluster,
  decisions,
  rollout,
  staged,
} from '../__testUtils__/build';
import { ask } from '../__testUtils__/ask';
import { everywhere, placed, plan, refused } from '../__testUtils__/plans';
import { Plan, releaseOn } from '../model';

const clusters = [
  cluster('a', { labels: { ring: 'beta' } }),
  cluster('b', { labels: { ring: 'prod' } }),
  cluster('c', { capacity: { cpu: '1' } }),
];
const rings = rollout('rings', {
  beta: { matchLabels: { ring: 'beta' } },
  prod: { matchLabels: { ring: 'prod' } },
});
const versions = ({ snapshot, applications }: Plan, name: string) =>
  snapshot.clusters.map(
    (_, number) => releaseOn(applications.get(name), number)?.release.version,
  );
const next = { version: '2.0.0', requests: { cpu: '2' } };

describe('rings', () => {
  it('each cluster gets the release of its ring; the last has those that no ring selects (demand 14)', () => {
    const found = plan({
      clusters,
      decisions: decisions({
        namespaces: [everywhere],
        applications: [
          staged(
            'imdb',
            'rings',
            { beta: next, prod: {} },
            { namespace: 'shop' },
          ),
        ],
        policies: [rings],
      }),
    });
    expect(versions(found, 'imdb')).toEqual(['2.0.0', '1.0.0', '1.0.0']);
    expect(placed(found)).toEqual({ imdb: 'abc' });
    const { unselected } = found.rollouts.get('rings')!;
    expect(found.snapshot.namesOf(unselected)).toEqual(['c']);
  });

  it('each release is decided by what itself needs and asks for, and what needs it by the one that is there', () => {
    const found = plan({
      clusters,
      decisions: decisions({
        namespaces: [everywhere],
        applications: [
          staged(
            'imdb',
            'rings',
            { beta: {}, prod: next },
            { namespace: 'shop' },
          ),
          application('needy', { namespace: 'shop', dependsOn: ['imdb'] }),
        ],
        policies: [rings],
      }),
    });
    expect(placed(found)).toEqual({ imdb: 'ab', needy: 'ab' });
    expect(refused(found, 'imdb')).toMatchObject([
      { step: 'fit', clusters: 'c' },
    ]);
    expect(refused(found, 'needy')).toMatchObject([
      { step: 'depend', clusters: 'c' },
    ]);
  });

  it('is no circle where two releases that need one another never meet', () => {
    const found = plan({
      clusters,
      decisions: decisions({
        namespaces: [everywhere],
        applications: [
          staged(
            'x',
            'rings',
            { beta: { version: '2.0.0', dependsOn: ['y'] }, prod: {} },
            { namespace: 'shop' },
          ),
          staged(
            'y',
            'rings',
            { beta: { version: '2.0.0' }, prod: { dependsOn: ['x'] } },
            { namespace: 'shop' },
          ),
        ],
        policies: [rings],
      }),
    });
    expect(found.problems).toEqual([]);
    expect(placed(found)).toEqual({ x: 'abc', y: 'abc' });
  });

  it.each([
    ['there is none', [], "There is no rollout 'rings' on main"],
    [
      'its selector is broken',
      [rollout('rings', { beta: 'cluster.' })],
      "The rings of rollout 'rings' cannot be found",
    ],
  ])('what runs stays, in its version, where %s', (_, policies, message) => {
    const given = decisions({
      namespaces: [everywhere],
      applications: [
        staged(
          'imdb',
          'rings',
          { beta: next, prod: {} },
          { namespace: 'shop' },
        ),
      ],
      policies,
    });
    const found = plan({
      clusters,
      decisions: given,
      baseline: { imdb: ['a', 'c'] },
    });
    expect(placed(found)).toEqual({ imdb: 'ac' });
    expect(versions(found, 'imdb')).toEqual([undefined, undefined, undefined]);
    expect(found.problems.map(problem => problem.message)).toContainEqual(
      expect.stringContaining(message),
    );
  });

  it('needs no ring where all have the same', () => {
    const found = plan({
      clusters,
      decisions: decisions({
        namespaces: [everywhere],
        applications: [
          staged(
            'imdb',
            'rings',
            { beta: {}, prod: {} },
            { namespace: 'shop' },
          ),
        ],
      }),
    });
    expect(placed(found)).toEqual({ imdb: 'abc' });
    expect(found.problems).toHaveLength(1);
  });

  it('says the ring and its release, or that it has reached none', () => {
    const given = decisions({
      namespaces: [everywhere],
      applications: [
        staged(
          'imdb',
          'rings',
          { beta: next, prod: undefined },
          { namespace: 'shop' },
        ),
      ],
      policies: [rings],
    });
    expect(ask(given, clusters[0], 'imdb')).toMatchObject({
      placed: true,
      version: '2.0.0',
      ring: 'beta',
      summary:
        "'imdb' in version 2.0.0 is placed on 'a', which is in ring 'beta'",
    });
    const later = ask(given, clusters[1], 'imdb');
    expect(later).toMatchObject({ placed: false, ring: 'prod' });
    expect(later.step.target.message).toBe(
      "No version of 'imdb' has reached the cluster's ring (prod) yet",
    );
  });

  it('has no rings where two gates of one have the same name', () => {
    const gate: RolloutGate = {
      ...{ name: 'well', type: 'health', threshold: '98%' },
    };
    const twice = rollout('rings', { beta: { all: true } });
    const spec = twice.spec as RolloutSpec;
    const found = plan({
      clusters,
      decisions: decisions({
        policies: [
          {
            ...twice,
            spec: {
              ...spec,
              rings: [{ ...spec.rings[0], gates: [gate, gate] }],
            },
          },
        ],
      }),
    });
    expect(found.rollouts.get('rings')).toBeUndefined();
    expect(found.problems).toMatchObject([
      {
        field: 'spec.rings[0].gates',
        message: "There are two gates 'well'; each has a name of its own",
      },
    ]);
  });
});
