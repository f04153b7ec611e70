import { Bitmap } from '../bitmap';
import { AdvancedRollout, advanceRollout, RolloutWish } from './advanceRollout';
import { Rollout, RolloutPhase } from './Rollout';
import { RolloutRecorder } from './RolloutRecorder';
import { RolloutWorld } from './RolloutWorld';

/** A rollout under way of an application that is promoted together with others. @public */
export interface SetMember {
  readonly rollout: Rollout;
  readonly world: RolloutWorld;
}

/** What a failure of one makes of others. */
const FAILURES: Partial<Record<RolloutPhase, readonly RolloutPhase[]>> = {
  'rolling-back': ['running', 'paused', 'stopped', 'aborted'],
  stopped: ['running'],
};
const ENDS: readonly RolloutPhase[] = ['done', 'rolled-back', 'overtaken'];

/**
 * Brings a set as far as it comes, as `advanceRollout` does one: a ring is wished for all of its members or for none, what
 * stops or turns back one does so to all, and none is done before all are.
 *
 * @param members - rollouts under way by one policy
 * @returns the same rollouts, in the same order
 * @throws CalendarError where a length of time in the policy is none
 * @public
 */
export function advanceSet(
  members: readonly SetMember[],
): readonly AdvancedRollout[] {
  const advanced = members.map(({ rollout, world }) =>
    advanceRollout(rollout, world),
  );
  const together = failTogether(
    members,
    advanced.map((one, i) => waitForEnd(members[i], one, advanced)),
  );
  return together.map((one, i) => ({
    ...one,
    wishes: one.wishes.filter(
      wish =>
        wish.release !== one.rollout.release ||
        members.every(
          (other, j) =>
            j === i ||
            hasCome(other, together[j].rollout, wish.ring) ||
            wishesFor(together[j], wish),
        ),
    ),
  }));
}

/**
 * For each member the clusters of rings that some other member has not come to on main: they wait, so that nothing of the
 * set comes without the rest.
 *
 * @public
 */
export function heldBySet(members: readonly SetMember[]): readonly Bitmap[] {
  return members.map(({ world }, i) => {
    const held = Bitmap.empty(world.delivered.size);
    for (const { name } of world.policy.rings) {
      const waits = members.some(
        (other, j) => j !== i && !hasCome(other, other.rollout, name),
      );
      if (waits && world.reached.get(name) === members[i].rollout.release)
        held.or(world.clusters.get(name)!);
    }
    return held.andNot(world.delivered);
  });
}

function failTogether(
  members: readonly SetMember[],
  advanced: readonly AdvancedRollout[],
): readonly AdvancedRollout[] {
  for (const phase of ['rolling-back', 'stopped'] as const) {
    const failed = advanced.find(
      ({ rollout }, i) =>
        rollout.phase === phase && members[i].rollout.phase !== phase,
    );
    if (!failed) continue;
    const { application, version } = failed.rollout;
    const cause = `The rollout of ${application} ${version}, which is promoted together with it, is ${phase}`;
    return advanced.map((one, i) => {
      if (!FAILURES[phase]!.includes(one.rollout.phase)) return one;
      const { world } = members[i];
      const recorder = new RolloutRecorder(one.rollout, world.now);
      recorder.moveAll(phase, cause);
      const { rollout, moves } = recorder.result();
      const next = advanceRollout(rollout, world);
      return { ...next, moves: [...one.moves, ...moves, ...next.moves] };
    });
  }
  return advanced;
}

/** Back to where it was, where others are not done yet: they could still fail. */
function waitForEnd(
  { rollout: before }: SetMember,
  one: AdvancedRollout,
  all: readonly AdvancedRollout[],
): AdvancedRollout {
  const { phase } = one.rollout;
  const isLast = all.every(({ rollout }) => ENDS.includes(rollout.phase));
  return phase !== 'done' || isLast
    ? one
    : {
        ...one,
        rollout: { ...one.rollout, phase: before.phase, since: before.since },
        moves: one.moves.filter(
          ({ ring, to }) => ring !== undefined || to !== 'done',
        ),
      };
}

function hasCome(
  { world }: SetMember,
  { release, phase, rings }: Rollout,
  name: string,
): boolean {
  return (
    ENDS.includes(phase) ||
    phase === 'rolling-back' ||
    world.reached.get(name) === release ||
    rings.find(ring => ring.name === name)?.phase === 'skipped'
  );
}

function wishesFor({ rollout, wishes }: AdvancedRollout, wish: RolloutWish) {
  return wishes.some(
    ({ ring, release }) => ring === wish.ring && release === rollout.release,
  );
}
