import {
  EdgeEntity,
  MutationInput,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Call } from '../commands/Command';
import { problemLines } from '../terminal/problemLines';
import { writeTo } from '../terminal/Streams';
import { connect } from './connect';
import { readEntities } from './readEntities';
import { writeMany } from './writeMany';

/**
 * Makes a write of each entity that `-f` names; none where one of them cannot be read.
 *
 * @returns the exit status
 * @internal
 */
export async function writeGiven(
  call: Call,
  toMutation: (entity: EdgeEntity) => MutationInput,
): Promise<number> {
  const { entities, problems } = await readEntities(call);
  if (problems.length > 0) {
    await writeTo(call.streams.stderr, problemLines(problems));
    return 1;
  }
  return writeMany(connect(call), entities.map(toMutation), call);
}
