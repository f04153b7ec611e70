import {
  ApprovalSpec,
  EdgeEntity,
  EdgeNamespaceEntity,
  EdgePolicyEntity,
  PolicySpec,
} from '@res-edge/backstage-plugin-res-edge-common';
import fc from 'fast-check';
import {
  approvalStep,
  ApprovalVerdict,
  guardApprovals,
  judgeApproval,
  requiredApprovals,
} from '.';

const HOUR = 60 * 60_000;
const START = Date.parse('2026-11-26T12:00:00Z');
const at = (hours: number) => new Date(START + hours * HOUR);

const TWO_THEN_LEGAL: ApprovalSpec = {
  type: 'approval',
  steps: [
    { from: ['group:default/operations'], count: 2 },
    { from: ['legal', 'user:default/judge'] },
  ],
};

const verdict = (
  actor: string,
  step: number,
  more: Partial<ApprovalVerdict> = {},
): ApprovalVerdict => ({
  actor: `user:default/${actor}`,
  verdict: 'approve',
  step,
  at: at(0),
  ...more,
});

describe('judgeApproval', () => {
  it('counts people, not words', () => {
    const judged = judgeApproval(
      TWO_THEN_LEGAL,
      [verdict('ann', 0), verdict('ann', 0)],
      at(1),
    );
    expect(judged).toMatchObject({ state: 'waiting', open: 0 });
    expect(judged.steps[0].given).toHaveLength(1);
  });

  it('is given when each step has as many as it asks for', () => {
    const two = [verdict('ann', 0), verdict('bob', 0)];
    expect(judgeApproval(TWO_THEN_LEGAL, two, at(1))).toMatchObject({
      state: 'waiting',
      open: 1,
    });
    const all = [...two, verdict('judge', 1)];
    const judged = judgeApproval(TWO_THEN_LEGAL, all, at(1));
    expect(judged.state).toBe('given');
    expect(judged.open).toBeUndefined();
  });

  it('is stopped by one refusal until that person says something else', () => {
    const no = verdict('bob', 0, { verdict: 'refuse', reason: 'Not today' });
    const said = [verdict('ann', 0), no];
    expect(judgeApproval(TWO_THEN_LEGAL, said, at(1))).toMatchObject({
      state: 'refused',
      refusal: { reason: 'Not today' },
    });
    expect(
      judgeApproval(TWO_THEN_LEGAL, [...said, verdict('bob', 0)], at(1)),
    ).toMatchObject({ state: 'waiting', open: 1 });
  });

  it('lets a yes expire, by the policy and by who said it', () => {
    const spec: ApprovalSpec = {
      type: 'approval',
      steps: [{ from: ['operations'] }],
      validFor: '4h',
    };
    const state = (hours: number, more: Partial<ApprovalVerdict> = {}) =>
      judgeApproval(spec, [verdict('ann', 0, more)], at(hours)).state;
    expect(state(3)).toBe('given');
    expect(state(4)).toBe('waiting');
    expect(state(2, { until: at(2) })).toBe('waiting');
    // Said in advance: it counts from then on.
    expect(state(9, { from: at(10) })).toBe('early');
    expect(state(10, { from: at(10) })).toBe('given');
    expect(state(14, { from: at(10) })).toBe('waiting');
  });

  it('never gives what too few people agreed to', () => {
    const people = ['ann', 'bob', 'cid', 'dan'];
    const anything = fc.record({
      actor: fc.constantFrom(...people),
      verdict: fc.constantFrom<ApprovalVerdict['verdict']>('approve', 'refuse'),
      hours: fc.integer({ min: 0, max: 10 }),
    });
    fc.assert(
      fc.property(
        fc.array(anything, { maxLength: 12 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 20 }),
        (words, count, now) => {
          const spec: ApprovalSpec = {
            type: 'approval',
            steps: [{ from: ['operations'], count }],
            validFor: '6h',
          };
          const verdicts = [...words]
            .sort((a, b) => a.hours - b.hours)
            .map(word =>
              verdict(word.actor, 0, {
                ...word,
                actor: `user:default/${word.actor}`,
                at: at(word.hours),
              }),
            );
          const lastOf = (name: string) =>
            verdicts.filter(({ actor }) => actor.endsWith(name)).pop();
          const last = people.map(lastOf).filter(word => word !== undefined);
          const refused = last.some(word => word.verdict === 'refuse');
          const yes = last.filter(
            word =>
              word.verdict === 'approve' &&
              word.at.getTime() + 6 * HOUR > at(now).getTime(),
          );
          const enough = yes.length >= count;
          const early = yes.filter(word => word.at <= at(now)).length < count;
          const whenEnough = early ? 'early' : 'given';
          const expected = enough ? whenEnough : 'waiting';
          expect(judgeApproval(spec, verdicts, at(now)).state).toBe(
            refused ? 'refused' : expected,
          );
        },
      ),
    );
  });
});

describe('approvalStep', () => {
  const ask = (
    verdicts: readonly ApprovalVerdict[],
    actor: string,
    groups: readonly string[],
    involved = false,
    spec = TWO_THEN_LEGAL,
  ) =>
    approvalStep(spec, judgeApproval(spec, verdicts, at(1)), {
      actor: `user:default/${actor}`,
      identities: [`user:default/${actor}`, ...groups],
      involved,
    });
  const operations = ['group:default/operations'];

  it('asks one step after the other', () => {
    expect(ask([], 'ann', operations)).toEqual({ step: 0 });
    expect(ask([], 'judge', [])).toEqual({
      objection: 'it asks group:default/operations now, one after the other',
    });
    const two = [verdict('ann', 0), verdict('bob', 0)];
    expect(ask(two, 'judge', [])).toEqual({ step: 1 });
    expect(ask(two, 'eve', ['group:default/legal'])).toEqual({ step: 1 });
  });

  it('lets nobody count twice', () => {
    const both = [...operations, 'group:default/legal'];
    const two = [verdict('ann', 0), verdict('bob', 0)];
    expect(ask(two, 'ann', both)).toEqual({ step: 0 });
  });

  it('says whom it asks', () => {
    expect(ask([], 'eve', ['group:default/kitchen'])).toEqual({
      objection: 'it asks group:default/operations, legal, user:default/judge',
    });
  });

  it('keeps those out who are involved', () => {
    expect(ask([], 'ann', operations, true)).toEqual({
      objection: 'who asked for a change or wrote it cannot approve it',
    });
    expect(
      ask([], 'ann', operations, true, {
        ...TWO_THEN_LEGAL,
        selfApproval: true,
      }),
    ).toEqual({ step: 0 });
  });
});

describe('requiredApprovals', () => {
  const policy = (name: string, spec: PolicySpec): EdgePolicyEntity => ({
    apiVersion: 'res-edge.io/v1alpha1',
    kind: 'EdgePolicy',
    metadata: { name },
    spec,
  });
  const namespace = (
    environment: string,
    policies: string[],
  ): EdgeNamespaceEntity =>
    ({
      apiVersion: 'res-edge.io/v1alpha1',
      kind: 'EdgeNamespace',
      metadata: { name: 'pos' },
      spec: { owner: 'pos-team', environment, policies },
    } as EdgeNamespaceEntity);
  const application = {
    kind: 'EdgeApplication',
    metadata: { name: 'imdb' },
    spec: { namespace: 'pos' },
  } as unknown as EdgeEntity;
  const approval = (more: Partial<ApprovalSpec> = {}): ApprovalSpec => ({
    type: 'approval',
    steps: [{ from: ['operations'] }],
    ...more,
  });
  const policies = new Map([
    ['for-guards', policy('for-guards', approval({ requiredFor: ['guards'] }))],
    [
      'for-law',
      policy(
        'for-law',
        approval({ requiredFor: ['prohibitions', 'overrides'] }),
      ),
    ],
    ['for-prod', policy('for-prod', approval({ environments: ['prod'] }))],
    ['named', policy('named', approval())],
  ]);
  const required = (
    decided: EdgeNamespaceEntity | undefined,
    question: { before?: EdgeEntity; after?: EdgeEntity },
  ) =>
    requiredApprovals(
      {
        policies,
        namespaces: new Map(
          decided ? [['pos', { entity: decided } as never]] : [],
        ),
      },
      question,
    ).map(({ name }) => name);
  const law = policy('law', {
    type: 'prohibition',
    applications: { names: ['imdb'] },
    clusters: { all: true },
    reason: 'Law',
  });

  it('are those of the namespace and its environment', () => {
    expect(required(undefined, { after: application })).toEqual([]);
    expect(
      required(namespace('test', ['named']), { after: application }),
    ).toEqual(['named']);
    expect(required(namespace('prod', []), { before: application })).toEqual([
      'for-prod',
    ]);
  });

  it('cannot be taken away by the change that they are asked for', () => {
    const before = namespace('prod', ['named']);
    expect(required(before, { before, after: namespace('test', []) })).toEqual([
      'for-prod',
      'named',
    ]);
    const own = policies.get('named')!;
    expect(required(undefined, { before: own })).toEqual(['named']);
  });

  it('are those for a kind of policy', () => {
    expect(required(undefined, { before: law })).toEqual(['for-law']);
    expect(
      required(undefined, {
        after: policy('lift', {
          type: 'override',
          lifts: ['law'],
          clusters: { all: true },
          end: '2026-11-27T00:00',
          reason: 'Error',
        }),
      }),
    ).toEqual(['for-law']);
  });

  it('are those for losses', () => {
    expect(guardApprovals({ policies }).map(({ name }) => name)).toEqual([
      'for-guards',
    ]);
  });
});
