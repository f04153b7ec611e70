import { NotFoundError } from '@backstage/errors';
import { Bitmap } from '../../bitmap';
import { namespaceRelease } from '../../layout/main/namespaceRelease';
import { Decisions, Plan } from '../../model';
import {
  contentBefore,
  contentReached,
  followContent,
} from '../contentRollout';
import { ContentSubject, contentSubject } from '../contentSubject';
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
 * The content of a namespace or group that goes through its rings next: what is decided now, where that is another one; or what
 * is under way; or else whatever comes.
 *
 * @throws NotFoundError where main has no such content
 * @throws InputError where its rings cannot be found
 * @public
 */
export function foreseenContent(
  { plan, decisions }: { plan: Plan; decisions: Decisions },
  wanted: {
    readonly content: ContentSubject;
    /** What main holds now. */
    readonly present: Decisions;
    /** Clusters that have it. */
    readonly had: Bitmap;
    /** The newest rollout of its content. */
    readonly known?: Rollout;
    /** The clock. */
    readonly now: Date;
  },
): ForeseenContent {
  const { content, present, had, known, now } = wanted;
  const decided = decidedContent(decisions, content);
  if (!decided)
    throw new NotFoundError(
      content.kind === 'EdgeGroup'
        ? `No values or components of a group '${content.name}' are decided, and no rollout`
        : `No namespace '${content.name}' is decided`,
    );
  const { snapshot } = plan;
  const stages = stagesOf({ plan, decisions }, decided.rollout);
  const selected = selectedBy(plan, content);
  const all = selected
    .clone()
    .or(had)
    .andNot(snapshot.facts.field('state').where(state => state === 'retired'));
  const clusters = new Map(
    stages.rings.map(ring => [ring.name, ring.clusters.clone().and(all)]),
  );
  const onMain = decided.release;
  const before = decidedContent(present, content);
  const isNew = before?.release !== onMain;
  const goesOn = !isNew && known && !ENDS.includes(known.phase);
  const rollout = goesOn
    ? known
    : nextRollout(known, {
        subject: contentSubject(content),
        release: isNew ? onMain : NOWHERE,
        rings: stages.rings.map(({ name }) => name),
        now,
      });
  const policy =
    contentBefore(rollout) === undefined
      ? ({ ...stages.policy, onFailure: 'stop' } as const)
      : stages.policy;
  const isSelectorAlone = isNew && before?.digest === decided.digest;
  return {
    ...{ rollout, policy, clusters },
    reached: contentReached(rollout, { policy, onMain }),
    unchanged: isSelectorAlone
      ? selected.clone().and(had)
      : Bitmap.empty(snapshot.size),
  };
}

/** What main says of a content; undefined where it does not know it. */
function decidedContent(
  { groups, namespaces }: Decisions,
  { kind, name }: ContentSubject,
) {
  if (kind === 'EdgeGroup') {
    const group = groups.get(name);
    return group && { ...group, release: group.digest };
  }
  const namespace = namespaces.get(name);
  return (
    namespace && {
      digest: namespace.digest,
      release: namespaceRelease(namespace),
      rollout: namespace.entity.spec.rollout,
    }
  );
}

/** The clusters that shall have it. @public */
export function selectedBy(
  { namespaces, snapshot }: Plan,
  { kind, name }: ContentSubject,
): Bitmap {
  return kind === 'EdgeGroup'
    ? snapshot.groupMembers(name)
    : namespaces.get(name) ?? Bitmap.empty(snapshot.size);
}

function nextRollout(
  known: Rollout | undefined,
  options: Parameters<typeof followContent>[1],
): Rollout {
  const rollout = followContent(known, options).rollout!;
  return rollout.release === NOWHERE ? { ...rollout, version: NEXT } : rollout;
}
