import { ApplicationOverride } from '@res-edge/backstage-plugin-res-edge-common';
import {
  application,
  cluster,
  decisions,
  namespace,
  prohibition,
} from '../__testUtils__/build';
import { everywhere, placed, plan, refused } from '../__testUtils__/plans';

describe('decide', () => {
  it('places what fits, with its version and release', () => {
    const found = plan({
      decisions: decisions({
        namespaces: [everywhere],
        applications: [
          application('imdb', { namespace: 'shop', version: '1.0.1' }),
        ],
      }),
    });
    expect(found.problems).toEqual([]);
    expect(found.applications.get('imdb')).toMatchObject({
      name: 'imdb',
      namespace: 'shop',
      releases: [
        {
          rings: ['all'],
          release: { version: '1.0.1', digest: 'digest-of-imdb-1.0.1' },
        },
      ],
      refusals: [],
    });
    expect(placed(found)).toEqual({ imdb: 'ab' });
    expect(found.snapshot.namesOf(found.namespaces.get('shop')!)).toEqual([
      'a',
      'b',
    ]);
    expect(found.namespaceReleases.get('shop')).toBe('digest-of-shop');
  });

  it('places nothing without a namespace, and nothing where the namespace has no selector', () => {
    const found = plan({
      decisions: decisions({
        namespaces: [namespace('none')],
        applications: [
          application('free'),
          application('lost', { namespace: 'none' }),
        ],
      }),
      baseline: { free: ['a'], lost: ['a'] },
    });
    expect(placed(found)).toEqual({ free: '', lost: '' });
    expect(found.problems).toEqual([]);
  });

  it('works on a fleet without clusters or applications', () => {
    expect(
      placed(
        plan({
          clusters: [],
          decisions: decisions({
            namespaces: [everywhere],
            applications: [application('x', { namespace: 'shop' })],
          }),
        }),
      ),
    ).toEqual({ x: '' });
    expect(placed(plan({ decisions: decisions({}) }))).toEqual({});
  });

  it('keeps what runs on draining clusters, takes all from retired ones and prepares provisioning ones', () => {
    const found = plan({
      clusters: [
        cluster('a', { state: 'draining' }),
        cluster('b', { state: 'retired' }),
        cluster('c', { state: 'provisioning' }),
        cluster('d', { state: 'draining' }),
      ],
      decisions: decisions({
        namespaces: [namespace('shop', { include: ['b', 'c', 'd'] })],
        applications: [
          application('old', { namespace: 'shop' }),
          application('new', { namespace: 'shop' }),
        ],
      }),
      baseline: { old: ['a', 'b', 'd'] },
    });
    expect(placed(found)).toEqual({ old: 'acd', new: 'c' });
    // Where an application stays, its namespace stays too.
    expect(found.snapshot.namesOf(found.namespaces.get('shop')!)).toEqual([
      'a',
      'c',
      'd',
    ]);
  });

  it('takes away what is prohibited, over include and on draining clusters, with what depends on it', () => {
    const found = plan({
      clusters: [
        cluster('a', { labels: { state: 'ut' }, state: 'draining' }),
        cluster('b', { labels: { state: 'ut' } }),
        cluster('c'),
      ],
      decisions: decisions({
        namespaces: [namespace('bar', { include: ['a', 'b', 'c'] })],
        applications: [
          application('beer', {
            namespace: 'bar',
            labels: { content: 'alcohol' },
          }),
          application('coaster', { namespace: 'bar', dependsOn: ['beer'] }),
          application('lamp', { namespace: 'bar', dependsOn: ['coaster'] }),
        ],
        policies: [
          prohibition('law', {
            applications: { matchLabels: { content: 'alcohol' } },
            clusters: { matchLabels: { state: 'ut' } },
            reason: 'No sale',
          }),
        ],
      }),
      baseline: { beer: ['a', 'b'], coaster: ['a', 'b'], lamp: ['a', 'b'] },
    });
    expect(placed(found)).toEqual({ beer: 'c', coaster: 'c', lamp: 'c' });
    expect(refused(found, 'beer')).toEqual([
      {
        step: 'prohibit',
        rule: 'edgepolicy:default/law',
        reason: 'No sale',
        clusters: 'ab',
      },
    ]);
    expect(refused(found, 'lamp')).toEqual([
      {
        step: 'depend',
        rule: 'edgeapplication:default/lamp#spec.dependsOn[0]',
        reason: "It needs 'coaster', which is not placed here",
        clusters: 'ab',
      },
    ]);
  });

  it('adds nothing where a prohibition cannot be evaluated, and stops nothing that runs', () => {
    const found = plan({
      decisions: decisions({
        namespaces: [everywhere],
        applications: [
          application('beer', { namespace: 'shop' }),
          application('tea', { namespace: 'shop' }),
        ],
        policies: [
          prohibition('law', {
            applications: { names: ['beer'] },
            clusters: { groups: ['gone'] },
          }),
          prohibition('vague', { applications: {}, clusters: { all: true } }),
        ],
      }),
      baseline: { beer: ['a'] },
    });
    expect(placed(found)).toEqual({ beer: 'a', tea: 'ab' });
    expect(found.problems).toEqual([
      {
        entity: 'edgepolicy:default/law',
        field: 'spec.clusters.groups[0]',
        message: "There is no group 'gone'",
      },
      {
        entity: 'edgepolicy:default/vague',
        field: 'spec.applications',
        message:
          'It selects no application; name names, namespaces or matchLabels',
      },
    ]);
  });

  it('keeps what runs of an application or namespace whose rules cannot be evaluated, and plans the rest', () => {
    const found = plan({
      decisions: decisions({
        namespaces: [
          everywhere,
          namespace('broken', 'cluster.labels.'),
          namespace('full', { all: true }, { cpu: 'much' }),
        ],
        applications: [
          application('good', { namespace: 'shop' }),
          application('needy', {
            namespace: 'shop',
            requires: ['true', 'cluster.inGroup("mars")'],
          }),
          application('odd', { namespace: 'shop', requests: { cpu: '1 cpu' } }),
          application('lonely', { namespace: 'shop', dependsOn: ['nobody'] }),
          application('in-broken', { namespace: 'broken' }),
          application('in-full', { namespace: 'full' }),
          application('nowhere', { namespace: 'mars' }),
        ],
      }),
      baseline: Object.fromEntries(
        ['needy', 'odd', 'lonely', 'in-broken', 'in-full', 'nowhere'].map(
          name => [name, ['b']],
        ),
      ),
    });
    expect(placed(found)).toEqual({
      good: 'ab',
      needy: 'b',
      odd: 'b',
      lonely: 'b',
      'in-broken': 'b',
      'in-full': 'b',
      nowhere: 'b',
    });
    expect(found.snapshot.namesOf(found.namespaces.get('broken')!)).toEqual([
      'b',
    ]);
    expect(
      found.problems.map(({ entity, field }) => `${entity} ${field}`),
    ).toEqual([
      'edgeapplication:default/in-broken spec.namespace',
      'edgeapplication:default/in-full spec.namespace',
      'edgeapplication:default/lonely spec.dependsOn[0]',
      'edgeapplication:default/needy spec.requires[1]',
      'edgeapplication:default/nowhere spec.namespace',
      'edgeapplication:default/odd spec.requests.cpu',
      'edgenamespace:default/broken spec.selector',
      'edgenamespace:default/full spec.resources.quota.cpu',
    ]);
    expect(found.problems[3].message).toBe(
      "There is no group 'mars' (at character 16)",
    );
  });

  it('reports each override whose selector cannot be evaluated, and places as ever', () => {
    const shaken = application('shaken', { namespace: 'shop' });
    const overrides: ApplicationOverride[] = [
      { name: 'a', selector: { groups: ['mars'] } },
      { name: 'b', selector: '/n/shop' },
      { name: 'c', selector: { expression: 'cluster.labels.' } },
      { name: 'd', selector: '/n/mars' },
    ];
    const [release] = shaken.releases;
    const found = plan({
      decisions: decisions({
        namespaces: [everywhere],
        applications: [
          { ...shaken, releases: [{ ...release, overrides }] },
          application('stirred', { namespace: 'shop' }),
        ],
      }),
    });
    expect(placed(found)).toEqual({ shaken: 'ab', stirred: 'ab' });
    expect(
      found.problems.map(({ entity, field }) => `${entity} ${field}`),
    ).toEqual([
      'edgeapplication:default/shaken spec.overrides[0].selector.groups[0]',
      'edgeapplication:default/shaken spec.overrides[2].selector.expression',
      'edgeapplication:default/shaken spec.overrides[3].selector',
    ]);
  });

  it('reports a circle at each in it, and keeps what runs', () => {
    const found = plan({
      decisions: decisions({
        namespaces: [everywhere],
        applications: [
          application('hen', { namespace: 'shop', dependsOn: ['egg'] }),
          application('egg', { namespace: 'shop', dependsOn: ['hen'] }),
          application('self', { namespace: 'shop', dependsOn: ['self'] }),
          application('farm', { namespace: 'shop', dependsOn: ['hen'] }),
        ],
      }),
      baseline: { hen: ['a'] },
    });
    expect(placed(found)).toEqual({ hen: 'a', egg: '', self: '', farm: 'a' });
    expect(found.problems).toEqual([
      {
        entity: 'edgeapplication:default/egg',
        field: 'spec.dependsOn',
        message: 'These applications need one another in a circle: egg, hen',
      },
      {
        entity: 'edgeapplication:default/hen',
        field: 'spec.dependsOn',
        message: 'These applications need one another in a circle: egg, hen',
      },
      {
        entity: 'edgeapplication:default/self',
        field: 'spec.dependsOn',
        message: 'These applications need one another in a circle: self',
      },
    ]);
  });
});
