import { entityRefOf } from '@res-edge/backstage-plugin-res-edge-common';
import { stringify } from 'yaml';
import { Call } from '../commands/Command';
import { problemLines } from '../terminal/problemLines';
import { writeTo } from '../terminal/Streams';
import { printable } from '../terminal/table';
import { writeEffectLines } from '../terminal/writeEffectLines';
import { connect } from './connect';
import { readEntities } from './readEntities';

/**
 * Says what applying the entities that `-f` names would cause.
 *
 * @returns the exit status: 1 where one of them cannot be applied, or a problem would arise
 * @internal
 */
export async function foreseeGiven(call: Call): Promise<number> {
  const { streams, options, progress } = call;
  const given = await readEntities(call);
  if (given.problems.length > 0) {
    await writeTo(streams.stderr, problemLines(given.problems));
    return 1;
  }
  progress.start('Asking');
  const answer = await connect(call).whatIf({
    mutations: given.entities.map(entity => ({
      action: 'apply' as const,
      entity: { ...entity },
    })),
  });
  progress.clear();
  const { results, effect } = answer;
  const failed = results.filter(({ error }) => error !== undefined);
  if (options.output === 'json') {
    await writeTo(streams.stdout, `${JSON.stringify(answer, undefined, 2)}\n`);
  } else if (options.output === 'yaml') {
    await writeTo(streams.stdout, stringify(answer));
  } else {
    const changed = results.filter(
      ({ status }) => status !== 'unchanged' && status !== 'failed',
    );
    const lines = [
      ...changed.map(
        ({ kind, name, status }) => `${entityRefOf(kind, name)} ${status}`,
      ),
      ...writeEffectLines(effect),
    ];
    await writeTo(
      streams.stdout,
      lines.map(line => `${printable(line)}\n`).join(''),
    );
  }
  for (const { kind, name, error } of failed)
    await writeTo(
      streams.stderr,
      `${printable(entityRefOf(kind, name))}: ${printable(error!.message)}\n`,
    );
  return failed.length > 0 || effect.problems.arising.count > 0 ? 1 : 0;
}
