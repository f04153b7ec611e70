import {
  ImportedRecord,
  ImportReport,
  OperationInput,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Option } from 'commander';
import fs from 'node:fs';
import { parse } from 'yaml';
import { connect } from '../online/connect';
import { readStdin } from '../terminal/readStdin';
import { writeTo } from '../terminal/Streams';
import { printable } from '../terminal/table';
import { writeEffectLines } from '../terminal/writeEffectLines';
import { UsageError } from '../UsageError';
import { Call, Command } from './Command';
import { SERVER_OPTIONS, WRITE_OPTIONS } from './options';

type Request = OperationInput<'importRecords'>;

const FORMATS = ['csv', 'ndjson', 'yaml', 'original', 'resources'] as const;

/** `resedge import FORMAT FILE`. @internal */
export const importRecords: Command = {
  name: 'import',
  usages: [['FORMAT', 'FILE'], ['FORMAT']],
  outputs: ['json'],
  options: [
    new Option(
      '--mapping <file>',
      'what the columns of a CSV file mean, as YAML',
    ),
    new Option(
      '--defaults <file>',
      'values of fields that are missing, as YAML',
    ),
    ...WRITE_OPTIONS,
    ...SERVER_OPTIONS,
  ],
  summary: 'import records of another system',
  description: `
FORMAT is csv, ndjson, yaml, original or resources; FILE is - for standard
input. Without FILE, resources reads those of the catalog. Records are created
or replaced, never deleted. --dry-run says what that would cause, too.`,
  examples: [
    'resedge import csv stores.csv --mapping mapping.yaml --dry-run',
    'resedge import resources',
  ],
  async run(call: Call) {
    const { positionals, options, streams, progress } = call;
    const [word, file] = positionals;
    const format = FORMATS.find(known => known === word);
    if (!format)
      throw new UsageError(
        `FORMAT is '${word}'; allowed are ${FORMATS.join(', ')}`,
      );
    if (file === undefined && format !== 'resources')
      throw new UsageError(`${format} needs a FILE`);
    const { mapping, defaults, dryRun, atomic } = options;
    const content =
      file === '-' ? await readStdin(streams.stdin) : file && readText(file);
    progress.start('Importing');
    const report = await connect(call).importRecords({
      ...{ format, content, dryRun, atomic },
      mapping: readMapping(mapping) as Request['mapping'],
      defaults: readMapping(defaults) as Request['defaults'],
    });
    progress.clear();
    await tell(report, call);
    return report.counts.failed > 0 ? 1 : 0;
  },
};

/** @throws UsageError */
function readText(file: string): string {
  if (!fs.statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(`there is no file '${file}'`);
  return new TextDecoder('utf-8', { fatal: true }).decode(
    fs.readFileSync(file),
  );
}

/** What it may have the server says. @throws UsageError where it is no mapping at all */
function readMapping(file: string | undefined): object | undefined {
  if (file === undefined) return undefined;
  const value: unknown = parse(readText(file), { maxAliasCount: 10 });
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError(`'${file}' must be a mapping`);
  return value;
}

async function tell(
  report: ImportReport,
  { json, streams, options: { dryRun } }: Call,
): Promise<void> {
  if (json) {
    await writeTo(streams.stdout, `${JSON.stringify(report, undefined, 2)}\n`);
    return;
  }
  const { records, counts, applied, effect } = report;
  for (const record of records) {
    for (const line of linesOf(record))
      await writeTo(streams.stderr, `${printable(line)}\n`);
  }
  const shown = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count.toLocaleString('en')} ${status}`);
  const reason = dryRun ? 'dry run' : 'nothing is written';
  const lines = [
    `${shown.join(', ') || 'no record'}${applied ? '' : ` (${reason})`}`,
    ...(effect ? writeEffectLines(effect) : []),
  ];
  await writeTo(
    streams.stdout,
    lines.map(line => `${printable(line)}\n`).join(''),
  );
}

function linesOf({
  number,
  line,
  column,
  name,
  error,
  notes = [],
}: ImportedRecord): string[] {
  const place = [
    line === undefined ? `record ${number}` : `line ${line}`,
    ...(column === undefined ? [] : [`column ${column}`]),
    ...(name === undefined ? [] : [name]),
  ].join(', ');
  return [...(error ? [error.message] : []), ...notes].map(
    text => `${place}: ${text}`,
  );
}
