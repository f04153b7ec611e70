import { deserializeError } from '@backstage/errors';
import {
  MutationInput,
  MutationOutcome,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Caller, ResEdgeCaller } from './createClient';

/**
 * What a write needs of an action's context.
 *
 * @internal
 */
export interface WritingCaller extends Caller {
  readonly isDryRun?: boolean;
  checkpoint<T extends WriteResult>(options: {
    key: string;
    fn: () => Promise<T> | T;
  }): Promise<T>;
}

/**
 * What became of an entity.
 *
 * @internal
 */
export type WriteResult = {
  status: Exclude<MutationOutcome['status'], 'failed'>;
};

/**
 * Writes one entity in the data service, or in a dry run only asks whether it could be written. A task that is taken up
 * again does not write it again.
 *
 * @param mutationOf - may read before; it is called once for each attempt
 * @throws what the data service says is wrong, with the fields
 * @internal
 */
export async function writeEntity(
  client: ResEdgeCaller,
  caller: WritingCaller,
  mutationOf: () => Promise<MutationInput> | MutationInput,
): Promise<WriteResult> {
  return caller.checkpoint({
    key: 'entity.write',
    fn: async () => {
      const mutation = await mutationOf();
      const { results } = await client.api.writeEntities(
        { mutations: [mutation], dryRun: caller.isDryRun ?? false },
        await client.optionsFor(caller),
      );
      throwIfFailed(results[0]);
      return { status: results[0].status as WriteResult['status'] };
    },
  });
}

/**
 * Tells what the data service says is wrong with a mutation.
 *
 * @internal
 */
export function throwIfFailed({ status, error }: MutationOutcome): void {
  if (status === 'failed') {
    const { name = 'Error', message = 'It could not be written' } = error ?? {};
    throw deserializeError({ name, message });
  }
}
