import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  Approval,
  approverRef,
  EdgeEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  approvalStep,
  ApprovalVerdict,
  JudgedApproval,
  judgeApproval,
  NamedApproval,
  requiredApprovals,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { createHash } from 'node:crypto';
import {
  ApprovalNeeds,
  ApprovalStore,
  AuditLog,
  ChangeRequestStore,
  StoredVerdict,
} from '../database';
import { Notifier } from '../notifications';
import { ApprovableDecision } from './ApprovableDecision';
import { describeApproval, toApproval } from './describeApproval';
import { Intent } from './Intent';
import { MainState } from './MainBranch';

/** More words of one entity than this are not looked through for who wrote it. */
const MAX_AUTHORS_READ = 200;

/** Who says something, and what. @internal */
export interface ApprovalAnswer {
  readonly actor: string;
  /** The references of the user and of the groups that he is in. */
  readonly identities: readonly string[];
  readonly verdict: ApprovalVerdict['verdict'];
  readonly reason?: string;
  /** It counts from then on. */
  readonly from?: Date;
  /** It counts until then. */
  readonly until?: Date;
  /** Whether to merge as soon as all agreed. */
  readonly merge?: boolean;
}

/**
 * Who has to agree to what, and who did. A word binds to the digest of the decision and to what the approval says: where
 * either changes, people are asked again.
 *
 * @internal
 */
export class Approvals {
  private constructor(
    private readonly store: ApprovalStore,
    private readonly audit: Pick<AuditLog, 'list'>,
    private readonly changeRequests: Pick<ChangeRequestStore, 'lastMerged'>,
    private readonly notifier: Notifier | undefined,
    private readonly now: () => Date,
  ) {}

  static create(options: {
    store: ApprovalStore;
    audit: Pick<AuditLog, 'list'>;
    changeRequests: Pick<ChangeRequestStore, 'lastMerged'>;
    /** Tells those who are asked; nobody where left out. */
    notifier?: Notifier;
    now?: () => Date;
  }): Approvals {
    return new Approvals(
      options.store,
      options.audit,
      options.changeRequests,
      options.notifier,
      options.now ?? (() => new Date()),
    );
  }

  /** What an intent needs; undefined where nobody has to agree. */
  async needs(
    intent: Pick<Intent, 'ref' | 'kind' | 'name' | 'entity'>,
    main: Pick<MainState, 'decisions'>,
  ): Promise<ApprovalNeeds | undefined> {
    const policies = approvalsFor(intent, main);
    return policies.length === 0
      ? undefined
      : { policies, involved: await this.involved(intent) };
  }

  /** How the approvals of each decision stand. */
  async judge(decisions: readonly ApprovableDecision[]): Promise<Approval[][]> {
    const verdicts = await this.store.list(
      decisions
        .filter(({ needs }) => needs.policies.length > 0)
        .map(({ decision }) => decision),
    );
    const now = this.now();
    return decisions.map(({ decision, needs }) =>
      needs.policies.map(policy =>
        toApproval(policy.name, judged(policy, verdicts.get(decision), now)),
      ),
    );
  }

  /** Tells those whose turn it is. */
  async ask(decision: ApprovableDecision): Promise<void> {
    const [approvals] = await this.judge([decision]);
    const to = approvals.flatMap(({ state, steps, open }) =>
      state === 'waiting' && open !== undefined ? steps[open].from : [],
    );
    await this.notifier?.tell({
      to: to.map(approverRef),
      title: `${decision.title} waits for your approval`,
      link: decision.link,
      severity: 'normal',
    });
  }

  /** Tells all who would have been asked that somebody went without them. */
  async tellBroken(
    decision: ApprovableDecision,
    actor: string,
    reason: string,
  ): Promise<void> {
    await this.notifier?.tell({
      to: decision.needs.policies.flatMap(({ spec }) =>
        spec.steps.flatMap(({ from }) => from.map(approverRef)),
      ),
      except: actor,
      title: `${actor} merged without approval: ${decision.title}`,
      description: reason,
      link: decision.link,
      severity: 'critical',
    });
  }

  /** By which of a decision's approvals this person is asked now. */
  async asked(
    { decision, needs }: ApprovableDecision,
    person: Pick<ApprovalAnswer, 'actor' | 'identities'>,
  ): Promise<string[]> {
    const verdicts = await this.store.list([decision]);
    const now = this.now();
    return needs.policies
      .filter(policy => {
        const standing = judged(policy, verdicts.get(decision), now);
        const found = stepOf(policy, standing, needs, person);
        return 'step' in found && found.step === standing.open;
      })
      .map(({ name }) => name);
  }

  /**
   * Notes what somebody says, for every approval that asks him.
   *
   * @throws NotAllowedError where none does, with why
   * @throws ConflictError where nobody has to agree
   */
  async answer(
    subject: ApprovableDecision,
    answer: ApprovalAnswer,
  ): Promise<void> {
    const { decision, needs } = subject;
    const { identities, verdict, merge = false, ...said } = answer;
    if (needs.policies.length === 0)
      throw new ConflictError('This needs nobody to agree');
    const known = (await this.store.list([decision])).get(decision);
    const at = this.now();
    const verdicts: StoredVerdict[] = [];
    const objections: string[] = [];
    for (const policy of needs.policies) {
      const standing = judged(policy, known, at);
      const found = stepOf(policy, standing, needs, answer);
      if ('step' in found) {
        const { step } = found;
        const asker = keyOf(policy);
        verdicts.push({
          ...{ ...said, decision, policy: asker, verdict, step, at, merge },
        });
      } else objections.push(`approval '${policy.name}': ${found.objection}`);
    }
    if (verdicts.length === 0) throw new NotAllowedError(objections.join('; '));
    await this.store.add(verdicts);
    await this.tellNext(subject, answer, [...(known ?? []), ...verdicts]);
  }

  /** @throws ConflictError where somebody has to agree still, or said no */
  async require(decision: ApprovableDecision): Promise<void> {
    const [approvals] = await this.judge([decision]);
    const missing = approvals.filter(({ state }) => state !== 'given');
    if (missing.length > 0)
      throw new ConflictError(missing.map(describeApproval).join('; '));
  }

  /** Those who agreed, and count now. */
  async given(decision: ApprovableDecision): Promise<string[]> {
    const [approvals] = await this.judge([decision]);
    const words = approvals.flatMap(({ steps }) =>
      steps.flatMap(({ given }) => given),
    );
    return [...new Set(words.map(({ actor }) => actor))].sort();
  }

  /** Who said that it is to be merged as soon as all agreed; undefined where not all did, or nobody said so. */
  async mergesBy(decision: ApprovableDecision): Promise<string | undefined> {
    const [approvals] = await this.judge([decision]);
    if (approvals.some(({ state }) => state !== 'given')) return undefined;
    const said = (await this.store.list([decision.decision])).get(
      decision.decision,
    );
    return said
      ?.filter(({ merge, verdict }) => merge && verdict === 'approve')
      .pop()?.actor;
  }

  /** A step that is done asks the next one; who asked for it hears of a refusal. */
  private async tellNext(
    { needs, title, link }: ApprovableDecision,
    { actor, verdict, reason }: ApprovalAnswer,
    said: readonly StoredVerdict[],
  ): Promise<void> {
    const now = this.now();
    const next = needs.policies.flatMap(policy => {
      const before = judged(policy, said.slice(0, -1), now).open;
      const { open, state } = judged(policy, said, now);
      return state === 'waiting' && open !== undefined && open !== before
        ? policy.spec.steps[open].from.map(approverRef)
        : [];
    });
    const about = { link, except: actor, severity: 'normal' as const };
    await this.notifier?.tell({
      ...{ ...about, to: next, title: `${title} waits for your approval` },
    });
    if (verdict === 'refuse')
      await this.notifier?.tell({
        ...{ ...about, to: needs.involved, description: reason },
        title: `${actor} refused: ${title}`,
      });
  }

  /** People who wrote the entity since it was merged last. */
  private async involved({
    ref,
    kind,
    name,
  }: Pick<Intent, 'ref' | 'kind' | 'name'>): Promise<string[]> {
    const from = await this.changeRequests.lastMerged(ref);
    const { items } = await this.audit.list(
      { kind, name, from },
      { limit: MAX_AUTHORS_READ },
    );
    // Who merged it, or settled a change by hand, has written nothing of it.
    const people = items
      .filter(({ revision }) => revision !== undefined)
      .map(({ actor }) => actor)
      .filter(isUser);
    return [...new Set(people)].sort();
  }
}

/** The approvals of main that an intent needs. @internal */
export function approvalsFor(
  intent: Pick<Intent, 'kind' | 'name' | 'entity'>,
  { decisions }: Pick<MainState, 'decisions'>,
): NamedApproval[] {
  const before = decidedEntity(intent, decisions);
  return requiredApprovals(decisions, { before, after: intent.entity });
}

function isUser(actor: string): boolean {
  return actor.startsWith('user:');
}

function stepOf(
  { spec }: NamedApproval,
  standing: JudgedApproval,
  { involved }: ApprovalNeeds,
  { actor, identities }: Pick<ApprovalAnswer, 'actor' | 'identities'>,
) {
  return approvalStep(spec, standing, {
    ...{ actor, identities, involved: involved.includes(actor) },
  });
}

function judged(
  policy: NamedApproval,
  verdicts: readonly StoredVerdict[] = [],
  now: Date,
): JudgedApproval {
  const key = keyOf(policy);
  const said = verdicts.filter(verdict => verdict.policy === key);
  return judgeApproval(policy.spec, said, now);
}

function keyOf({ name, spec }: NamedApproval): string {
  const hash = createHash('sha256').update(JSON.stringify(spec));
  return `${name} ${hash.digest('hex').slice(0, 16)}`;
}

/** As main has it; nobody is asked about groups and clusters. */
function decidedEntity(
  { kind, name }: Pick<Intent, 'kind' | 'name'>,
  { applications, namespaces, policies }: MainState['decisions'],
): EdgeEntity | undefined {
  switch (kind) {
    case 'EdgeApplication':
      return applications.get(name)?.entity;
    case 'EdgeNamespace':
      return namespaces.get(name)?.entity;
    case 'EdgePolicy':
      return policies.get(name);
    default:
      return undefined;
  }
}
