import { PolicyRow } from '@res-edge/backstage-plugin-res-edge-common';
import { connect } from '../../online/connect';
import { answerText } from '../../terminal/answerText';
import { writeTo } from '../../terminal/Streams';
import { table } from '../../terminal/table';
import { Command } from '../Command';
import { SERVER_OPTIONS } from '../options';

/** `resedge freeze list`. @internal */
export const freezeList = listOf(
  'freeze',
  'show freezes, on how many clusters they hold, and what waits for them',
);

/** `resedge override list`. @internal */
export const overrideList = listOf(
  'override',
  'show overrides, and on how many clusters they lift something',
);

function listOf(type: 'freeze' | 'override', summary: string): Command {
  return {
    name: `${type} list`,
    usages: [[]],
    outputs: ['json', 'yaml', 'wide'],
    options: SERVER_OPTIONS,
    summary,
    description: `
Unmerged is what main does not have yet, and so has no effect.`,
    examples: [`resedge ${type} list`, `resedge ${type} list -o wide`],
    async run(call) {
      const { items, at } = await connect(call).listPolicies();
      const value = { at, items: items.filter(row => row.type === type) };
      await writeTo(
        call.streams.stdout,
        answerText(value, call.options.output, isWide =>
          rowsText(value.items, type, isWide),
        ),
      );
      return 0;
    },
  };
}

function rowsText(
  rows: readonly PolicyRow[],
  type: string,
  isWide: boolean,
): string {
  if (rows.length === 0) return `there is no ${type}\n`;
  return table(
    [
      ...['NAME', 'PHASE', 'FROM', 'UNTIL', 'CLUSTERS', 'HELD', 'REASON'],
      ...(isWide ? ['CHANGE REQUEST', 'SUMMARY'] : []),
    ],
    rows.map(({ name, phase, period, clusters, held, reason, ...more }) => [
      ...[name, phase, period?.first ?? '-', period?.last ?? '-'],
      ...[clusters, held ?? '-', reason ?? ''],
      ...(isWide ? [more.changeRequest ?? '-', more.summary] : []),
    ]),
  );
}
