import { PastRollout } from '@res-edge/backstage-plugin-res-edge-common';
import { Option } from 'commander';
import { connect } from '../../online/connect';
import { answerText } from '../../terminal/answerText';
import { writeTo } from '../../terminal/Streams';
import { table } from '../../terminal/table';
import { Command } from '../Command';
import { positiveInteger, SERVER_OPTIONS } from '../options';

const PAGE = 200;

/** `resedge rollout history APPLICATION`. @internal */
export const rolloutHistory: Command = {
  name: 'rollout history',
  usages: [['APPLICATION']],
  outputs: ['json', 'yaml', 'wide'],
  options: [
    new Option('--limit <count>', 'at most so many; 50 without it')
      .argParser(positiveInteger)
      .default(50),
    ...SERVER_OPTIONS,
  ],
  summary: 'show the rollouts that an application had, the newest first',
  description: `
Each with how it ended, when, why and by whom. namespaces/NAME and groups/NAME
stand for the content of a namespace and of a group. -o wide adds when it began,
and its id for rollout show.`,
  examples: [
    'resedge rollout history imdb',
    'resedge rollout history imdb -o json | jq \'.items[] | select(.phase == "rolled-back")\'',
  ],
  async run(call) {
    const { positionals, options, streams } = call;
    const [application] = positionals;
    const { limit = PAGE, output } = options;
    const api = connect(call);
    const items: PastRollout[] = [];
    let cursor: string | undefined;
    do {
      const page = await api.getRolloutHistory({
        ...{ application, cursor },
        limit: Math.min(PAGE, limit - items.length),
      });
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined && items.length < limit);
    await writeTo(
      streams.stdout,
      answerText({ items }, output, isWide => historyText(items, isWide)),
    );
    return 0;
  },
};

function historyText(items: readonly PastRollout[], isWide: boolean): string {
  if (items.length === 0) return 'it had no rollout\n';
  return table(
    [
      ...['VERSION', 'PHASE', 'SINCE'],
      ...(isWide ? ['STARTED', 'ID'] : []),
      ...['BY', 'CAUSE'],
    ],
    items.map(({ version, phase, since, startedAt, id, broughtBy }) => [
      ...[version, phase, since],
      ...(isWide ? [startedAt, id] : []),
      ...[broughtBy?.actor ?? '-', broughtBy?.cause ?? '-'],
    ]),
  );
}
