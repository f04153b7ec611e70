import {
  entityRefOf,
  MutationInput,
  MutationOutcome,
  ResEdgeApi,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Call } from '../commands/Command';
import { ServerError } from './ServerError';
import { writeTo } from '../terminal/Streams';
import { printable } from '../terminal/table';

/** So many in one request, unless all or nothing is wanted. */
const BATCH = 1000;

/**
 * Makes many writes and says what became of each.
 *
 * @returns the exit status: 1 where one failed
 * @internal
 */
export async function writeMany(
  api: ResEdgeApi,
  mutations: readonly MutationInput[],
  call: Call,
): Promise<number> {
  const { progress, options } = call;
  const { atomic = false, dryRun = false } = options;
  // What a dry run says of one part would not be true of all.
  const size = atomic || dryRun ? mutations.length : BATCH;
  const results: MutationOutcome[] = [];
  let applied = !dryRun;
  progress.start('Writing');
  for (let start = 0; start < mutations.length; start += size) {
    const answer = await api.writeEntities({
      mutations: mutations.slice(start, start + size),
      atomic,
      dryRun,
    });
    applied = applied && answer.applied;
    for (const result of answer.results)
      results.push({ ...result, index: start + result.index });
    progress.advance(results.length, mutations.length);
  }
  progress.clear();
  await tell(results, applied, call);
  return results.some(({ status }) => status === 'failed') ? 1 : 0;
}

/**
 * Makes one write.
 *
 * @throws ServerError where it failed
 * @internal
 */
export async function writeOne(
  api: ResEdgeApi,
  mutation: MutationInput,
): Promise<void> {
  const { results } = await api.writeEntities({ mutations: [mutation] });
  const [{ error }] = results;
  if (error) throw new ServerError(error.message, 1);
}

async function tell(
  results: readonly MutationOutcome[],
  applied: boolean,
  { json, options: { output, dryRun }, streams }: Call,
): Promise<void> {
  if (json) {
    const answer = { applied, results };
    await writeTo(streams.stdout, `${JSON.stringify(answer, undefined, 2)}\n`);
    return;
  }
  const reason = dryRun ? 'dry run' : 'nothing is written';
  const note = applied ? '' : ` (${reason})`;
  for (const { kind, name, status, error } of results) {
    const ref = printable(entityRefOf(kind, name));
    if (error !== undefined)
      await writeTo(streams.stderr, `${ref}: ${printable(error.message)}\n`);
    else if (output === 'name') await writeTo(streams.stdout, `${ref}\n`);
    else await writeTo(streams.stdout, `${ref} ${status}${note}\n`);
  }
}
