import {
  AUDIT_OPERATIONS,
  AuditEntry,
  entityRefOf,
  isEdgeKind,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Option } from 'commander';
import { connect } from '../online/connect';
import { parseKind } from '../online/parseKind';
import { answerText } from '../terminal/answerText';
import { writeTo } from '../terminal/Streams';
import { table } from '../terminal/table';
import { Call, Command } from './Command';
import { positiveInteger, SERVER_OPTIONS } from './options';

const PAGE = 200;

/** `resedge audit [KIND [NAME]]`. @internal */
export const audit: Command = {
  name: 'audit',
  usages: [[], ['KIND'], ['KIND', 'NAME']],
  outputs: ['json', 'yaml', 'wide'],
  options: [
    new Option('--actor <name>', 'who: a reference of a user, or a service'),
    new Option('--operation <operation>', 'what was done').choices(
      AUDIT_OPERATIONS,
    ),
    new Option(
      '--from <time>',
      'at this time or later, such as 2026-11-26T08:00Z',
    ),
    new Option('--to <time>', 'before this time'),
    new Option('--limit <count>', 'at most so many; 50 without it')
      .argParser(positiveInteger)
      .default(50),
    ...SERVER_OPTIONS,
  ],
  summary: 'show who changed what, the newest first',
  description: `
-o json and -o yaml give each entry with what was there before and afterwards.
It needs the permission to read the audit log.`,
  examples: [
    'resedge audit cluster store-12',
    'resedge audit --actor user:default/ann --from 2026-11-26T00:00Z -o wide',
    "resedge audit applications -o json | jq '.items[] | {at, actor, name}'",
  ],
  async run(call: Call) {
    const { positionals, options, streams } = call;
    const [word, name] = positionals;
    const { actor, operation, from, to, limit = PAGE, output } = options;
    const api = connect(call);
    const items: AuditEntry[] = [];
    let cursor: string | undefined;
    do {
      const page = await api.listAuditEntries({
        ...{ actor, from, to, name, cursor },
        kind: word === undefined ? undefined : parseKind(word),
        operation: AUDIT_OPERATIONS.find(known => known === operation),
        limit: Math.min(PAGE, limit - items.length),
      });
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined && items.length < limit);
    await writeTo(streams.stdout, textOf(items, output));
    return 0;
  },
};

function textOf(
  items: readonly AuditEntry[],
  output: Call['options']['output'],
): string {
  return answerText({ items }, output, wide =>
    table(
      [
        'AT',
        'ACTOR',
        'OPERATION',
        'WHAT',
        ...(wide ? ['REVISION', 'REQUEST'] : []),
      ],
      items.map(({ at, actor, operation, kind, name, revision, request }) => [
        at,
        actor,
        operation,
        isEdgeKind(kind) ? entityRefOf(kind, name) : `${kind} ${name}`,
        ...(wide ? [revision ?? '', request ?? ''] : []),
      ]),
    ),
  );
}
