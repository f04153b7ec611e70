import {
  isEnded,
  Rollout,
  RolloutMove,
  RolloutPhase,
  RolloutRingState,
} from './Rollout';
import { startRollout } from './startRollout';

/** The rollout that an application has, once main was looked at. @public */
export interface FollowedRelease {
  /** Left out where there never was one. */
  readonly rollout?: Rollout;
  /** It begins now. */
  readonly begins: boolean;
  /** The one before it, which makes way. */
  readonly overtaken?: {
    readonly rollout: Rollout;
    readonly moves: readonly RolloutMove[];
  };
}

/**
 * Whether what main names for the first ring is rolled out already, or begins to be now. A newer release overtakes an
 * older one, whatever that has come to, but for one that is being taken back: that goes first, in `advanceRollout`.
 *
 * @param known - the newest rollout of the application
 * @public
 */
export function followRelease(
  known: Rollout | undefined,
  options: {
    readonly application: string;
    /** The release of each ring as main says it, in order. */
    readonly reached: ReadonlyMap<string, string | undefined>;
    readonly versionOf: (release: string) => string;
    /** The clock. */
    readonly now: Date;
  },
): FollowedRelease {
  const { application, reached, versionOf, now } = options;
  const stays = { rollout: known, begins: false };
  const [[first, release]] = reached;
  if (release === undefined || known?.release === release) return stays;
  if (known?.phase === 'rolling-back') return stays;
  const isBack = known?.phase === 'rolled-back';
  // What the first ring got back does not begin again.
  if (isBack && known.rings[0].before === release) return stays;
  const others = [...reached.values()].filter(other => other !== release);
  // What all rings have, and is not known to have begun, was there before; of one ring nobody can tell.
  if (others.length === 0 && reached.size > 1 && !known) return stays;

  const had = isBack ? known.rings[0].before : known?.release;
  const rings = [...reached].map(([name, other]) => {
    const last = name === first ? had ?? others[0] : other;
    return [name, known ? lastHealthy(known, name, last) : last] as const;
  });
  const rollout = startRollout({
    ...{ application, release, version: versionOf(release), now },
    rings: new Map(
      rings.map(([name, last]) => [name, name === first ? release : last]),
    ),
    before: new Map(rings),
  });
  return known && !isEnded(known)
    ? { rollout, begins: true, overtaken: overtake(known, now) }
    : { rollout, begins: true };
}

/** What a ring goes back to: of a release that never was healthy there, what it had before. */
function lastHealthy(
  { release, rings, phase }: Rollout,
  name: string,
  last: string | undefined,
): string | undefined {
  const ring = rings.find(each => each.name === name);
  return last === release && ring && !wasHealthy(ring, phase)
    ? ring.before ?? last
    : last;
}

/** Where a rollout has stopped, a ring or its gates have failed while it soaked. */
function wasHealthy(
  { phase }: RolloutRingState,
  rollout: RolloutPhase,
): boolean {
  return phase === 'done' || (phase === 'soaking' && rollout !== 'stopped');
}

/** What makes way for another release. @internal */
export function overtake(
  known: Rollout,
  now: Date,
  cause = 'The first ring has another release on main',
): FollowedRelease['overtaken'] {
  const at = now.toISOString();
  const to = known.phase === 'rolling-back' ? 'rolled-back' : 'overtaken';
  return {
    rollout: { ...known, phase: to, since: at },
    moves: [{ at, from: known.phase, to, cause }],
  };
}
