import { Bitmap } from '../bitmap';
import { advanceRollout } from './advanceRollout';
import { FollowedRelease, overtake } from './followRelease';
import { isEnded, Rollout, RolloutMove } from './Rollout';
import { rolloutBatch, RolloutBatch } from './rolloutBatch';
import { RolloutWorld } from './RolloutWorld';
import { startRollout } from './startRollout';

/** What a rollout of content is advanced by: main holds it once for all rings, and those wait that it has not come to. @public */
export interface ContentWorld extends Omit<RolloutWorld, 'reached'> {
  /** Digest of the content that main holds. */
  readonly onMain: string;
}

/** How a rollout of content goes on. @public */
export interface AdvancedContent {
  readonly rollout: Rollout;
  /** What happened, in order; nothing where it stays as it is. */
  readonly moves: readonly RolloutMove[];
  /** Digest of the content that main shall hold again. */
  readonly back?: string;
}

/**
 * Whether what main holds of a namespace or group rolls out already, or begins to be now. Another content overtakes what is under
 * way, in whatever state that is, but for what it goes back to.
 *
 * @param known - the newest rollout of the content
 * @public
 */
export function followContent(
  known: Rollout | undefined,
  options: {
    /** Such as {@link contentSubject} gives. */
    readonly subject: string;
    /** Digest of what rolls out. */
    readonly release: string;
    /** In order. */
    readonly rings: readonly string[];
    /** The clock. */
    readonly now: Date;
  },
): FollowedRelease {
  const { subject, release, rings, now } = options;
  const isBack =
    known?.phase === 'rolling-back' || known?.phase === 'rolled-back';
  // What was taken back and stands on main again was put there by a person.
  const isKnown = known?.release === release && known.phase !== 'rolled-back';
  if (isKnown || (isBack && contentBefore(known) === release))
    return { rollout: known, begins: false };
  const before = known?.phase === 'done' ? known.release : contentBefore(known);
  const rollout = startRollout({
    ...{ application: subject, release, version: release, now },
    rings: new Map(rings.map(name => [name, before])),
  });
  if (!known || isEnded(known)) return { rollout, begins: true };
  const overtaken = overtake(known, now, 'Main holds another content');
  return { rollout, begins: true, overtaken };
}

/**
 * Brings a rollout of content as far as it comes. All rings go back together, to the last content that has been through all of
 * them; where there was none, too many failures stop it, whatever the policy says.
 *
 * @throws CalendarError where a length of time in the policy is none
 * @public
 */
export function advanceContent(
  rollout: Rollout,
  world: ContentWorld,
): AdvancedContent {
  const policy =
    contentBefore(rollout) === undefined
      ? ({ ...world.policy, onFailure: 'stop' } as const)
      : world.policy;
  const reached = new Map(contentReached(rollout, world));
  const moves: RolloutMove[] = [];
  let current = rollout;
  for (;;) {
    const next = advanceRollout(current, { ...world, policy, reached });
    current = next.rollout;
    moves.push(...next.moves);
    if (current.phase === 'rolling-back') {
      const back = next.wishes.at(0)?.release;
      return { rollout: current, moves, ...(back !== undefined && { back }) };
    }
    const due = next.wishes.filter(({ approval }) => !approval);
    if (due.length === 0) return { rollout: current, moves };
    for (const { ring, release } of due) reached.set(ring, release);
  }
}

/**
 * The clusters to which content may not come yet: those of rings that it has not come to or that were skipped, and in the
 * others those whose batch has not begun. What is taken back comes to none as long as main holds it.
 *
 * @throws CalendarError where a length of time in the policy is none
 * @public
 */
export function contentBatch(
  rollout: Rollout,
  world: ContentWorld,
): RolloutBatch {
  const { release, phase } = rollout;
  const reached = contentReached(rollout, world);
  const isBack = goesBack(rollout);
  const batch = isBack
    ? { rollout, held: Bitmap.empty(world.delivered.size) }
    : rolloutBatch(rollout, { ...world, reached });
  const held = batch.held.clone();
  if (phase !== 'overtaken') {
    for (const [ring, has] of reached)
      if (isBack ? has === release : has !== release)
        held.or(world.clusters.get(ring) ?? Bitmap.empty(held.size));
  }
  return { rollout: batch.rollout, held };
}

function goesBack({ phase }: Rollout): boolean {
  return phase === 'rolling-back' || phase === 'rolled-back';
}

/** What all rings go back to. @internal */
export function contentBefore(
  rollout: Rollout | undefined,
): string | undefined {
  return rollout?.rings.find(({ before }) => before !== undefined)?.before;
}

/**
 * What each ring has reached, by the rollout alone. A ring that it does not know yet, because the policy is another one now, has
 * not got it.
 *
 * @internal
 */
export function contentReached(
  rollout: Rollout,
  { policy, onMain }: Pick<ContentWorld, 'policy' | 'onMain'>,
): ReadonlyMap<string, string | undefined> {
  const { release, rings, phase } = rollout;
  // Main is what all rings have; also clusters to which nothing could be delivered until it was over.
  if (goesBack(rollout))
    return new Map(
      [...policy.rings, ...rings].map(({ name }) => [name, onMain]),
    );
  const begun = new Set(
    rings
      .filter(ring => ['rolling', 'soaking', 'done'].includes(ring.phase))
      .map(({ name }) => name),
  );
  const isSkipped = (name: string) =>
    rings.some(ring => ring.name === name && ring.phase === 'skipped');
  const has = (name: string) =>
    phase === 'done' ? !isSkipped(name) : begun.has(name);
  const before = contentBefore(rollout);
  return new Map(
    policy.rings.map(({ name }) => [name, has(name) ? release : before]),
  );
}
