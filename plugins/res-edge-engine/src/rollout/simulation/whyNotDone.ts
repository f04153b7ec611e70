import { Rollout, RolloutMove } from '../Rollout';

/** A rollout as far as it was played. */
interface Played {
  readonly rollout: Rollout;
  readonly moves: readonly RolloutMove[];
  /** Rings that wait for a person's yes. */
  readonly asked: Pick<ReadonlyMap<string, unknown>, 'keys'>;
}

/**
 * Why a rollout does not come to its end by itself within the time.
 *
 * @param others - those that are promoted together with it
 * @internal
 */
export function whyNotDone(played: Played, others: readonly Played[]): string {
  const own = whatKeeps(played);
  if (own !== undefined) return own;
  for (const other of others) {
    const { application, version, phase } = other.rollout;
    const why = phase === 'done' ? undefined : whatKeeps(other);
    if (why !== undefined)
      return `It waits for ${application} ${version}, which is promoted together with it: ${why}`;
  }
  const last = played.rollout.rings.find(
    ring => ring.phase !== 'done' && ring.phase !== 'skipped',
  );
  return last
    ? `Ring '${last.name}' is still ${last.phase} then`
    : 'What is promoted together with it is not done then';
}

/** Undefined where time alone does. */
function whatKeeps({ rollout, moves, asked }: Played): string | undefined {
  const { phase } = rollout;
  if (phase !== 'running') {
    const cause = moves.filter(({ ring }) => ring === undefined).at(-1)?.cause;
    return cause === undefined ? `It is ${phase}` : `It is ${phase}: ${cause}`;
  }
  const [waiting] = asked.keys();
  return waiting === undefined
    ? undefined
    : `Ring '${waiting}' waits until a person says that it may begin`;
}
