import {
  EdgeKind,
  ResEdgeApi,
} from '@res-edge/backstage-plugin-res-edge-common';
import { stringify } from 'yaml';
import { connect } from '../online/connect';
import { describeDecisions } from '../online/describeDecisions';
import { parseKind } from '../online/parseKind';
import { problemLines } from '../terminal/problemLines';
import { writeTo } from '../terminal/Streams';
import { printable } from '../terminal/table';
import { Call, Command } from './Command';
import { SERVER_OPTIONS } from './options';

/** `resedge describe KIND NAME`. @internal */
export const describe: Command = {
  name: 'describe',
  usages: [['KIND', 'NAME']],
  outputs: [],
  options: SERVER_OPTIONS,
  summary: 'show an entity, where it comes from and what was decided for it',
  description: `
KIND is cluster, group, namespace, application or policy. For programs there is
resedge get KIND NAME -o json.`,
  examples: [
    'resedge describe cluster central-tx-atx-2301',
    'resedge describe application imdb',
  ],
  async run(call: Call) {
    const [word, name] = call.positionals;
    const kind = parseKind(word);
    const text = await textOf(connect(call), kind, name);
    await writeTo(call.streams.stdout, text);
    return 0;
  },
};

async function textOf(
  api: ResEdgeApi,
  kind: EdgeKind,
  name: string,
): Promise<string> {
  const { entity, origin, problems } = await api.getEntity({ kind, name });
  const decided = await describeDecisions(api, kind, name);
  const location = origin.location ? ` (${origin.location})` : '';
  const lines = stringify(entity).trimEnd().split('\n');
  return [
    ...lines.map(printable),
    '',
    printable(`Origin: ${origin.type}${location}`),
    '',
    ...decided.map(section => section.concat('\n')),
    problemLines(problems) || 'no problems\n',
  ]
    .join('\n')
    .replace(/\n{3,}/g, '\n\n');
}
