import { parseSelectorArgument } from '../fleet/parseSelectorArgument';
import { connect } from '../online/connect';
import { listAll } from '../online/listAll';
import { selectorText } from '../online/selectorText';
import { writeTo } from '../terminal/Streams';
import { counted, printable, table } from '../terminal/table';
import { Call, Command } from './Command';
import { selectInFolder } from './offline/selectInFolder';
import { SERVER_OPTIONS } from './options';

/** `resedge select FOLDER SELECTOR` and `resedge select SELECTOR`. @internal */
export const select: Command = {
  name: 'select',
  usages: [['FOLDER', 'SELECTOR'], ['SELECTOR']],
  outputs: ['json'],
  options: SERVER_OPTIONS,
  summary: 'show which clusters a selector matches',
  description: `
SELECTOR is a mapping in YAML or JSON, or a string: CEL, or the language of the
original where it starts with "/" once leading "(" and "not" are passed over.
With FOLDER it is asked of the entities there, without it of the server.`,
  examples: [
    "resedge select examples/labs '{groups: [beta]}'",
    'resedge select examples/labs \'cluster.labels.state == "tx"\'',
    "resedge select examples/labs '/g/stores/central and not /m/ring/prod' -o json",
    "resedge select '{groups: [beta]}'",
  ],
  run: call =>
    call.positionals.length === 2 ? selectInFolder(call) : selectOnline(call),
};

async function selectOnline(call: Call): Promise<number> {
  const { streams, json } = call;
  const [text] = call.positionals;
  const selector = parseSelectorArgument(text);
  const api = connect(call);
  const { count, total, byGroup } = await api.previewSelector({
    selector,
    sample: 0,
  });
  const { items } = await listAll(
    api,
    { kind: 'EdgeCluster', selector: selectorText(text) },
    call,
  );
  const clusters = items.map(({ name }) => name);
  if (json) {
    const answer = { count: clusters.length, clusters };
    await writeTo(streams.stdout, `${JSON.stringify(answer, undefined, 2)}\n`);
    return 0;
  }
  const rows = byGroup.map(found => [
    found.group,
    found.count,
    found.total ?? '',
  ]);
  const summary = `${counted(count, 'cluster')} of ${total.toLocaleString(
    'en',
  )}`;
  const lines = clusters.map(printable).concat('', summary);
  if (rows.length > 0)
    lines.push('', table(['GROUP', 'MATCHED', 'OF'], rows).trimEnd());
  await writeTo(streams.stdout, `${lines.join('\n')}\n`);
  return 0;
}
