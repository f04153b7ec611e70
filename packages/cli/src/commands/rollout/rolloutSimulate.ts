import { RolloutSimulation } from '@res-edge/backstage-plugin-res-edge-common';
import { InvalidArgumentError, Option } from 'commander';
import { connect } from '../../online/connect';
import { readEntities } from '../../online/readEntities';
import { problemLines } from '../../terminal/problemLines';
import { answerText } from '../../terminal/answerText';
import { writeTo } from '../../terminal/Streams';
import { UsageError } from '../../UsageError';
import { Call, Command } from '../Command';
import {
  ALLOWED_KINDS_OPTION,
  fileOption,
  positiveInteger,
  SERVER_OPTIONS,
  wholeNumber,
} from '../options';
import { simulateInFolder } from './simulateInFolder';
import { simulationText } from './simulationText';

/** Ends that are none of trouble. */
const WELL = ['running', 'done'];

/** `resedge rollout simulate FOLDER APPLICATION` and `resedge rollout simulate APPLICATION`. @internal */
export const rolloutSimulate: Command = {
  name: 'rollout simulate',
  usages: [['FOLDER', 'APPLICATION'], ['APPLICATION']],
  outputs: ['json', 'yaml'],
  options: [
    new Option(
      '--release <version>',
      'the version that rolls out; what is under way without it, or else the next one',
    ),
    new Option(
      '--days <count>',
      'so many days, at most 31; 7 without it',
    ).argParser(positiveInteger),
    new Option('--from <time>', 'when it begins; now without it'),
    new Option(
      '--report-after <minutes>',
      'from the delivery until a cluster reports; 10 without it',
    ).argParser(wholeNumber),
    new Option(
      '--failed <share>',
      'of each ring, where it fails, such as 0.02; none without it',
    ).argParser(share),
    new Option(
      '--unreachable <share>',
      'of each ring, which is offline; those that are now without it',
    ).argParser(share),
    new Option(
      '--approve-after <minutes>',
      'until a person says yes to a ring that asks; nobody does without it',
    ).argParser(wholeNumber),
    fileOption(),
    ALLOWED_KINDS_OPTION,
    ...SERVER_OPTIONS,
  ],
  summary: 'play a rollout over the next days; nothing is stored',
  description: `
Plays the rollout of APPLICATION by its policy, its windows and the freezes: how
many clusters have which version when, and when each ring begins and ends. The
content of a namespace or group is an APPLICATION called namespaces/NAME or
groups/NAME, without --release. With FOLDER by the entities there, where all
clusters have the present release.
Without it by those of the server, as if the entities of -f were registered. The
exit status is 1 where it stops or is taken back.`,
  examples: [
    'resedge rollout simulate fleet imdb --release 1.4.2 --approve-after 60',
    'resedge rollout simulate imdb -f slower-rings.yaml --failed 0.01',
    "resedge rollout simulate imdb --days 14 -o json | jq '.rings[] | {name, endsAt}'",
  ],
  async run(call: Call) {
    const { positionals, options, streams } = call;
    if ((options.days ?? 1) > 31)
      throw new UsageError(`--days: ${options.days} are too many; at most 31`);
    const isOffline = positionals.length === 2;
    if (isOffline && options.filename)
      throw new UsageError('-f is for a server; write it into the folder');
    if (options.from !== undefined && Number.isNaN(Date.parse(options.from)))
      throw new UsageError(
        `--from: '${options.from}' is no time; allowed is one such as 2026-11-26T20:00:00Z`,
      );
    const found = isOffline ? await simulateInFolder(call) : await online(call);
    if (!found) return 1;
    await writeTo(
      streams.stdout,
      answerText(found, options.output, () => simulationText(found)),
    );
    return WELL.includes(found.phase) ? 0 : 1;
  },
};

/** Undefined where what `-f` names cannot be read. */
async function online(call: Call): Promise<RolloutSimulation | undefined> {
  const { positionals, options, streams, progress } = call;
  const given = options.filename && (await readEntities(call));
  if (given && given.problems.length > 0) {
    await writeTo(streams.stderr, problemLines(given.problems));
    return undefined;
  }
  const { days, reportAfter, failed, unreachable, approveAfter } = options;
  progress.start('Playing');
  const answer = await connect(call).simulateRollout({
    application: positionals[0],
    version: options.release,
    from: options.from && new Date(options.from).toISOString(),
    days,
    assume: { reportAfter, failed, unreachable, approveAfter },
    ...(given && {
      mutations: given.entities.map(entity => ({
        action: 'apply' as const,
        entity: { ...entity },
      })),
    }),
  });
  progress.clear();
  return answer;
}

function share(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !(number >= 0 && number <= 1))
    throw new InvalidArgumentError('It must be a number from 0 to 1.');
  return number;
}
