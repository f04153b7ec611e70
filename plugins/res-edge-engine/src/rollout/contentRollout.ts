import { Bitmap } from '../bitmap';
import { advanceRollout } from './advanceRollout';
import { FollowedRelease, overtake } from './followRelease';
import { isEnded, Rollout, RolloutMove } from './Rollout';
import { rolloutBatch, RolloutBatch } from './rolloutBatch';
import { RolloutWorld } from './RolloutWorld';
import { startRollout } from './startRollout';

/** What a rollout of content is advanced by: main holds it once for all rings, and those wait that it has not come to. @public */
export type ContentWorld = Omit<RolloutWorld, 'reached'>;

/**
 * Whether what main holds of a namespace rolls out already, or begins to be now. Another content overtakes what is under
 * way, in whatever state that is.
 *
 * @param known - the newest rollout of the content
 * @public
 */
export function followContent(
  known: Rollout | undefined,
  options: {
    /** Such as {@link namespaceSubject} gives. */
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
  if (known?.release === release) return { rollout: known, begins: false };
  const rollout = startRollout({
    ...{ application: subject, release, version: release, now },
    rings: new Map(rings.map(name => [name, undefined])),
  });
  if (!known || isEnded(known)) return { rollout, begins: true };
  const overtaken = overtake(known, now, 'Main holds another content');
  return { rollout, begins: true, overtaken };
}

/**
 * Brings a rollout of content as far as it comes. Nothing is taken back: what main held before is not there any more, so
 * that too many failures stop it, whatever the policy says.
 *
 * @throws CalendarError where a length of time in the policy is none
 * @public
 */
export function advanceContent(
  rollout: Rollout,
  world: ContentWorld,
): { readonly rollout: Rollout; readonly moves: readonly RolloutMove[] } {
  const policy = { ...world.policy, onFailure: 'stop' } as const;
  const reached = new Map(reachedBy(rollout, world));
  const moves: RolloutMove[] = [];
  let current = rollout;
  for (;;) {
    const next = advanceRollout(current, { ...world, policy, reached });
    current = next.rollout;
    moves.push(...next.moves);
    const due = next.wishes.filter(({ approval }) => !approval);
    if (due.length === 0) return { rollout: current, moves };
    for (const { ring, release } of due) reached.set(ring, release);
  }
}

/**
 * The clusters to which content may not come yet: those of rings that it has not come to or that were skipped, and in the
 * others those whose batch has not begun.
 *
 * @throws CalendarError where a length of time in the policy is none
 * @public
 */
export function contentBatch(
  rollout: Rollout,
  world: ContentWorld,
): RolloutBatch {
  const reached = reachedBy(rollout, world);
  const batch = rolloutBatch(rollout, { ...world, reached });
  const held = batch.held.clone();
  if (rollout.phase !== 'overtaken') {
    for (const [ring, release] of reached)
      if (release === undefined)
        held.or(world.clusters.get(ring) ?? Bitmap.empty(held.size));
  }
  return { rollout: batch.rollout, held };
}

/** A ring that the rollout does not know yet, because the policy is another one now, has not got it. */
function reachedBy(
  { release, rings, phase }: Rollout,
  { policy }: ContentWorld,
): ReadonlyMap<string, string | undefined> {
  const begun = new Set(
    rings
      .filter(ring => ['rolling', 'soaking', 'done'].includes(ring.phase))
      .map(({ name }) => name),
  );
  const isSkipped = (name: string) =>
    rings.some(ring => ring.name === name && ring.phase === 'skipped');
  const has = (name: string) =>
    phase === 'done' ? !isSkipped(name) : begun.has(name);
  return new Map(
    policy.rings.map(({ name }) => [name, has(name) ? release : undefined]),
  );
}
