import { NotFoundError } from '@backstage/errors';
import { Bitmap } from '../../bitmap';
import { namespaceRelease } from '../../layout/main/namespaceRelease';
import { Decisions, NamespaceDecision, Plan } from '../../model';
import {
  contentBefore,
  contentReached,
  followContent,
} from '../contentRollout';
import { namespaceSubject } from '../contentSubject';
import { Rollout } from '../Rollout';
import { ForeseenRelease, NEXT, NOWHERE, stagesOf } from './foreseenRelease';

/** What cannot go on any more. */
const ENDS = ['done', 'rolled-back', 'overtaken'];

/** Content that goes through rings, or would. @public */
export interface ForeseenContent extends ForeseenRelease {
  /** Clusters to which it makes no difference. */
  readonly unchanged: Bitmap;
}

/**
 * The content of a namespace that goes through its rings next: what is decided now, where that is another one; or what is under
 * way; or else whatever comes.
 *
 * @throws NotFoundError where main has no such namespace
 * @throws InputError where its rings cannot be found
 * @public
 */
export function foreseenContent(
  { plan, decisions }: { plan: Plan; decisions: Decisions },
  wanted: {
    readonly namespace: string;
    /** What main holds of it; undefined for nothing. */
    readonly present: NamespaceDecision | undefined;
    /** Clusters that have it. */
    readonly had: Bitmap;
    /** The newest rollout of its content. */
    readonly known?: Rollout;
    /** The clock. */
    readonly now: Date;
  },
): ForeseenContent {
  const { namespace, present, had, known, now } = wanted;
  const decision = decisions.namespaces.get(namespace);
  if (!decision)
    throw new NotFoundError(`No namespace '${namespace}' is decided`);
  const { snapshot } = plan;
  const stages = stagesOf({ plan, decisions }, decision.entity.spec.rollout);
  const selected =
    plan.namespaces.get(namespace) ?? Bitmap.empty(snapshot.size);
  const all = selected
    .clone()
    .or(had)
    .andNot(snapshot.facts.field('state').where(state => state === 'retired'));
  const clusters = new Map(
    stages.rings.map(ring => [ring.name, ring.clusters.clone().and(all)]),
  );
  const onMain = namespaceRelease(decision);
  const isNew = !present || namespaceRelease(present) !== onMain;
  const goesOn = !isNew && known && !ENDS.includes(known.phase);
  const rollout = goesOn
    ? known
    : nextRollout(known, {
        subject: namespaceSubject(namespace),
        release: isNew ? onMain : NOWHERE,
        rings: stages.rings.map(({ name }) => name),
        now,
      });
  const policy =
    contentBefore(rollout) === undefined
      ? ({ ...stages.policy, onFailure: 'stop' } as const)
      : stages.policy;
  const isSelectorAlone = isNew && present?.digest === decision.digest;
  return {
    ...{ rollout, policy, clusters },
    reached: contentReached(rollout, { policy, onMain }),
    unchanged: isSelectorAlone
      ? selected.clone().and(had)
      : Bitmap.empty(snapshot.size),
  };
}

function nextRollout(
  known: Rollout | undefined,
  options: Parameters<typeof followContent>[1],
): Rollout {
  const rollout = followContent(known, options).rollout!;
  return rollout.release === NOWHERE ? { ...rollout, version: NEXT } : rollout;
}
