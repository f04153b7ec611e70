import { RolloutDetails } from '@res-edge/backstage-plugin-res-edge-common';
import { answerText } from '../../terminal/answerText';
import { writeTo } from '../../terminal/Streams';
import { Call } from '../Command';
import { rolloutText } from './rolloutText';

const GONE_WRONG = ['stopped', 'rolling-back', 'rolled-back'];

/**
 * Writes a rollout.
 *
 * @returns the exit status: 1 where it has gone wrong
 * @internal
 */
export async function rolloutAnswer(
  rollout: RolloutDetails,
  { options: { output }, streams }: Pick<Call, 'options' | 'streams'>,
): Promise<number> {
  await writeTo(
    streams.stdout,
    answerText(rollout, output, () => rolloutText(rollout)),
  );
  return GONE_WRONG.includes(rollout.phase) ? 1 : 0;
}
