import {
  ApprovalSpec,
  approverRef,
} from '@res-edge/backstage-plugin-res-edge-common';
import { parseDuration } from '../calendar/parseDuration';

/** What one person said to a decision, by an approval. @public */
export interface ApprovalVerdict {
  /** Reference of the user. */
  readonly actor: string;
  readonly verdict: 'approve' | 'refuse';
  /** Number of the step, from 0, in which it counts. */
  readonly step: number;
  readonly at: Date;
  /** It counts from then on; from `at` where left out. */
  readonly from?: Date;
  /** It counts until then. */
  readonly until?: Date;
  readonly reason?: string;
}

/** One step of an approval as it stands. @public */
export interface JudgedStep {
  readonly from: readonly string[];
  readonly count: number;
  /** Those who agree, and count now. */
  readonly given: readonly ApprovalVerdict[];
}

/** An approval of one decision as it stands. @public */
export interface JudgedApproval {
  /** `early`: all agreed, and their yes does not count yet. */
  readonly state: 'waiting' | 'early' | 'given' | 'refused';
  readonly steps: readonly JudgedStep[];
  /** The step that is asked now; undefined where all agreed. */
  readonly open?: number;
  readonly refusal?: ApprovalVerdict;
}

/**
 * How an approval of one decision stands. The last word of a person counts; a refusal of one who may approve stops it until
 * he says something else or the decision changes.
 *
 * @param verdicts - to this decision and by this approval alone, in the order in which they were said
 * @public
 */
export function judgeApproval(
  spec: ApprovalSpec,
  verdicts: readonly ApprovalVerdict[],
  now: Date,
): JudgedApproval {
  const last = new Map(verdicts.map(verdict => [verdict.actor, verdict]));
  const counted = [...last.values()];
  const refusal = counted.find(({ verdict }) => verdict === 'refuse');
  const validFor =
    spec.validFor === undefined
      ? Infinity
      : parseDuration(spec.validFor, 'spec.validFor');
  const yes = counted.filter(
    ({ verdict, at, from = at, until }) =>
      verdict === 'approve' &&
      now.getTime() <
        Math.min(from.getTime() + validFor, Number(until ?? Infinity)),
  );
  const steps = spec.steps.map(({ from, count = 1 }, step) => ({
    from,
    count,
    given: yes.filter(verdict => verdict.step === step),
  }));
  const open = steps.findIndex(({ given, count }) => given.length < count);
  if (refusal) return { state: 'refused', steps, refusal, ...openOf(open) };
  if (open >= 0) return { state: 'waiting', steps, open };
  const early = steps.some(
    ({ given, count }) =>
      given.filter(({ at, from = at }) => from <= now).length < count,
  );
  return { state: early ? 'early' : 'given', steps };
}

function openOf(open: number): { open?: number } {
  return open < 0 ? {} : { open };
}

/** Why somebody cannot say something to a decision, in a sentence. @public */
export type ApprovalObjection = { readonly objection: string };

/**
 * The step in which somebody's word counts: the open one, if he is asked there and did not say yes in another one.
 *
 * @param person - `identities` are the references of the user and of the groups that he is in; `involved` where he asked for
 *   the change or wrote it
 * @public
 */
export function approvalStep(
  spec: ApprovalSpec,
  judged: JudgedApproval,
  person: {
    actor: string;
    identities: readonly string[];
    involved: boolean;
  },
): { readonly step: number } | ApprovalObjection {
  if (person.involved && !spec.selfApproval)
    return {
      objection: 'who asked for a change or wrote it cannot approve it',
    };
  const mine = new Set(person.identities.map(approverRef));
  const asked = spec.steps.flatMap(({ from }, step) =>
    from.some(ref => mine.has(approverRef(ref))) ? [step] : [],
  );
  if (asked.length === 0)
    return {
      objection: `it asks ${[
        ...new Set(spec.steps.flatMap(({ from }) => from)),
      ].join(', ')}`,
    };
  const given = judged.steps.findIndex(step =>
    step.given.some(({ actor }) => actor === person.actor),
  );
  if (given >= 0) return { step: given };
  if (judged.open === undefined)
    return { objection: 'all who are needed agreed already' };
  if (!asked.includes(judged.open))
    return {
      objection: `it asks ${judged.steps[judged.open].from.join(
        ', ',
      )} now, one after the other`,
    };
  return { step: judged.open };
}
