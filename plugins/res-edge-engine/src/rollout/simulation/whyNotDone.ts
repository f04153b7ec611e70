import { Rollout, RolloutMove } from '../Rollout';

/**
 * Why a rollout does not come to its end by itself within the time.
 *
 * @param asked - rings that wait for a person's yes
 * @internal
 */
export function whyNotDone(
  { phase, rings }: Rollout,
  moves: readonly RolloutMove[],
  asked: Pick<ReadonlyMap<string, unknown>, 'keys'>,
): string {
  if (phase !== 'running') {
    const cause = moves.filter(({ ring }) => ring === undefined).at(-1)?.cause;
    return cause === undefined ? `It is ${phase}` : `It is ${phase}: ${cause}`;
  }
  const [waiting] = asked.keys();
  if (waiting !== undefined)
    return `Ring '${waiting}' waits until a person says that it may begin`;
  const last = rings.find(
    ring => ring.phase !== 'done' && ring.phase !== 'skipped',
  );
  return `Ring '${last?.name}' is still ${last?.phase} then`;
}
