import fc from 'fast-check';
import { decide } from '../decide';
import { Snapshot } from '../snapshot';
import {
  application,
  cluster,
  decisions,
  namespace,
  prohibition,
} from '../__testUtils__/build';
import { ask } from '../__testUtils__/ask';
import { fleets } from '../__testUtils__/fleets';
import { explain } from './explain';

describe('explain', () => {
  it('says why something is placed', () => {
    const found = ask(
      decisions({
        namespaces: [
          namespace(
            'shop',
            { groups: ['geo'], matchLabels: { size: 'large' } },
            { cpu: '2' },
          ),
        ],
        applications: [
          application('imdb', {
            namespace: 'shop',
            version: '1.0.1',
            requests: { cpu: '250m' },
            dependsOn: ['redis'],
          }),
          application('redis', { namespace: 'shop', requests: { cpu: '1' } }),
        ],
        policies: [
          prohibition('law', {
            applications: { names: ['imdb'] },
            clusters: { include: ['a'], exclude: ['a'] },
          }),
        ],
      }),
      cluster('a', {
        labels: { size: 'large' },
        groups: ['geo.us'],
        capacity: { cpu: '4' },
      }),
      'imdb',
    );
    expect(found).toMatchObject({
      application: 'imdb',
      cluster: 'a',
      placed: true,
      version: '1.0.1',
      summary: "'imdb' in version 1.0.1 is placed on 'a'",
    });
    expect(
      found.steps.map(({ step, verdict }) => `${step} ${verdict}`),
    ).toEqual([
      'target passed',
      'prohibit passed',
      'fit passed',
      'depend passed',
    ]);
    expect(found.step.target).toMatchObject({
      rule: 'edgenamespace:default/shop#spec.selector',
      message: "Namespace 'shop' selects it by 'in geo', 'size = large'",
    });
    expect(found.step.prohibit.message).toBe(
      "The policies that concern it do not select this cluster: 'law'",
    );
    expect(found.step.fit.message).toBe(
      "It fits: it requests 250m cpu, and the quota of namespace 'shop' is 2, of which redis take 1; it requests 250m cpu, and the capacity of cluster 'a' is 4, of which redis take 1",
    );
    expect(found.step.depend.message).toBe(
      'All that it needs is placed here: redis',
    );
    expect(found.steps.every(({ wouldChange }) => wouldChange)).toBe(true);
  });

  it.each([
    [
      { matchLabels: { size: 'large' } },
      'spec.selector.matchLabels.size',
      "Namespace 'shop' selects clusters with 'size = large', and its 'size' is small",
    ],
    [
      {
        matchExpressions: [
          { key: 'grill', operator: 'In' as const, values: ['x'] },
        ],
      },
      'spec.selector.matchExpressions[0]',
      "Namespace 'shop' selects clusters with 'grill In x', and its 'grill' is [y, z]",
    ],
    [
      {
        matchExpressions: [
          { key: 'lanes', operator: 'Ge' as const, values: [2] },
        ],
      },
      'spec.selector.matchExpressions[0]',
      "Namespace 'shop' selects clusters with 'lanes Ge 2', and it has no 'lanes'",
    ],
    [
      { groups: ['geo'] },
      'spec.selector.groups',
      "Namespace 'shop' selects clusters with 'in geo', and it is in no group",
    ],
    [
      {
        expression:
          'cluster.labels.size == "small" && cluster.attributes.grill.size() > 5',
      },
      'spec.selector.expression',
      "Namespace 'shop' selects clusters with 'cluster.attributes.grill.size() > 5', and its 'grill' is [y, z]",
    ],
    [
      { all: true as const, exclude: ['a'] },
      'spec.selector.exclude[0]',
      "Namespace 'shop' excludes this cluster by name",
    ],
    [
      'not /c/a',
      'spec.selector',
      "Namespace 'shop' selects clusters with 'not /c/a', and it is not among these",
    ],
    [
      undefined,
      'spec.selector',
      "Namespace 'shop' has no selector, so it selects no cluster",
    ],
  ])(
    'names the part of the selector that fails: %j',
    (selector, field, message) => {
      const found = ask(
        decisions({
          namespaces: [namespace('shop', selector)],
          applications: [application('imdb', { namespace: 'shop' })],
        }),
        cluster('a', {
          labels: { size: 'small' },
          attributes: { grill: ['y', 'z'] },
        }),
        'imdb',
      );
      expect(found.placed).toBe(false);
      expect(found.step.target).toMatchObject({
        verdict: 'failed',
        rule: `edgenamespace:default/shop#${field}`,
        message,
      });
      expect(found.summary).toBe(`'imdb' is not placed on 'a': ${message}`);
      expect(found.step.fit.verdict).toBe('skipped');
    },
  );

  it('names the need that is not met', () => {
    const found = ask(
      decisions({
        namespaces: [namespace('shop', { all: true })],
        applications: [
          application('imdb', {
            namespace: 'shop',
            requires: ['true', 'cluster.attributes.grill.size() > 0'],
          }),
        ],
      }),
      cluster('a'),
      'imdb',
    );
    expect(found.step.target).toMatchObject({
      rule: 'edgeapplication:default/imdb#spec.requires[1]',
      message:
        "'imdb' requires 'cluster.attributes.grill.size() > 0', and it has no 'grill'",
    });
  });

  it('tells of the states of clusters', () => {
    const given = decisions({
      namespaces: [namespace('shop', { all: true })],
      applications: [application('imdb', { namespace: 'shop' })],
    });
    expect(
      ask(given, cluster('a', { state: 'retired' }), 'imdb', ['imdb']).step
        .target,
    ).toMatchObject({
      verdict: 'failed',
      message: "Cluster 'a' is retired; nothing runs there",
    });
    expect(
      ask(given, cluster('a', { state: 'draining' }), 'imdb', ['imdb']),
    ).toMatchObject({ placed: true });
    expect(
      ask(given, cluster('a', { state: 'draining' }), 'imdb').step.target,
    ).toMatchObject({
      verdict: 'failed',
      message:
        "Cluster 'a' is draining: it keeps what it has and gets nothing new; 'imdb' does not run there",
    });
  });

  it('cites the law', () => {
    const found = ask(
      decisions({
        namespaces: [namespace('shop', { all: true })],
        applications: [application('beer', { namespace: 'shop' })],
        policies: [
          prohibition('law', {
            applications: { names: ['beer'] },
            clusters: { all: true },
            reason: 'No sale',
            reference: 'https://example.org/law',
          }),
        ],
      }),
      cluster('a'),
      'beer',
    );
    expect(found.step.prohibit).toMatchObject({
      verdict: 'failed',
      rule: 'edgepolicy:default/law',
      message:
        "Policy 'law' prohibits it here: No sale (https://example.org/law)",
    });
  });

  it('says what lacks room and what lacks something else', () => {
    const given = decisions({
      namespaces: [namespace('shop', { all: true }, { memory: '1Gi' })],
      applications: [
        application('big', {
          namespace: 'shop',
          requests: { cpu: '3' },
          priority: 10,
        }),
        application('late', { namespace: 'shop', requests: { cpu: '2' } }),
        application('fat', {
          namespace: 'shop',
          requests: { memory: '1025Mi' },
        }),
        application('ui', { namespace: 'shop', dependsOn: ['late'] }),
      ],
    });
    const entity = cluster('a', { capacity: { cpu: '4' } });
    expect(ask(given, entity, 'late').step.fit).toEqual({
      step: 'fit',
      verdict: 'failed',
      rule: 'edgecluster:default/a#spec.capacity.cpu',
      message:
        "It requests 2 cpu, and the capacity of cluster 'a' is 4, of which big take 3; 1 cpu are missing",
      wouldChange:
        "1 cpu more in the capacity of cluster 'a', smaller requests, or a higher priority than applications that take the room",
    });
    expect(ask(given, entity, 'fat').step.fit).toMatchObject({
      rule: 'edgenamespace:default/shop#spec.resources.quota.memory',
      message:
        "It requests 1025Mi memory, and the quota of namespace 'shop' is 1Gi; 1Mi memory are missing",
    });
    expect(ask(given, entity, 'ui').step.depend).toMatchObject({
      verdict: 'failed',
      rule: 'edgeapplication:default/ui#spec.dependsOn[0]',
      message:
        "It needs 'late', which is not placed here: Its request of 2 cpu does not fit into what is left of the cluster's capacity",
    });
  });

  it('tells of rules that cannot be evaluated', () => {
    const given = decisions({
      applications: [application('imdb', { namespace: 'mars' })],
    });
    expect(ask(given, cluster('a'), 'imdb', ['imdb'])).toMatchObject({
      placed: true,
    });
    expect(ask(given, cluster('a'), 'imdb').step.target).toMatchObject({
      verdict: 'failed',
      rule: 'edgeapplication:default/imdb#spec.namespace',
      message: expect.stringContaining("There is no namespace 'mars' on main"),
    });
    expect(
      ask(
        decisions({ applications: [application('free')] }),
        cluster('a'),
        'free',
      ).summary,
    ).toContain('is in no namespace');
  });

  it('refuses unknown names', () => {
    const given = decisions({ applications: [application('imdb')] });
    expect(() => ask(given, cluster('a'), 'mars')).toThrow(
      "There is no application 'mars' on main",
    );
    const snapshot = Snapshot.create({ clusters: [], groups: [] });
    const input = {
      snapshot,
      decisions: given,
      baseline: { applications: new Map() },
      now: new Date(0),
    };
    expect(() => explain(input, decide(input), 'imdb', 'mars')).toThrow(
      "There is no cluster 'mars'",
    );
  });

  it('fails in exactly the step that the plan names, for everything', () => {
    fc.assert(
      fc.property(fleets, fleet => {
        const snapshot = Snapshot.create(fleet);
        const applications = new Map(
          Object.entries(fleet.baseline).map(([name, clusters]) => [
            name,
            snapshot.bitmapOf(clusters),
          ]),
        );
        const input = {
          snapshot,
          decisions: fleet.decisions,
          baseline: { applications },
          now: new Date(0),
        };
        const plan = decide(input);
        for (const {
          name,
          targets,
          placed,
          refusals,
        } of plan.applications.values()) {
          snapshot.clusters.forEach(({ metadata }, number) => {
            const found = explain(input, plan, name, metadata.name);
            const failed = found.steps
              .filter(({ verdict }) => verdict === 'failed')
              .map(({ step }) => step);
            const refusal = refusals.find(({ clusters }) =>
              clusters.has(number),
            )?.step;
            expect(found.placed).toBe(placed.has(number));
            expect(failed).toEqual(
              targets.has(number) ? [refusal].filter(Boolean) : ['target'],
            );
          });
        }
      }),
      { numRuns: 50 },
    );
  });
});
