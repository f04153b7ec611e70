import { Command } from './commands/Command';

const OPTIONS = [
  [
    '-o, --output json',
    'a stable shape for programs (docs/cli.md); a table otherwise',
  ],
  ['-h, --help', 'this text'],
];

/** What `resedge --help` says. @internal */
export function generalHelp(commands: readonly Command[]): string {
  const usages = commands.map(command => [usageOf(command), command.summary]);
  return `resedge: decide which application runs on which cluster, from a folder of entities

Usage:
${columns(usages)}
Options:
${columns(OPTIONS)}
FOLDER holds entities as *.yaml and *.yml (one or more documents in a file) and
as *.ndjson (one entity a line). No server is needed.

Exit status: 0; 1 where problems were found (what has none is still planned and
printed); 2 where the command was called in a wrong way.

Examples:
${commands.map(({ examples }) => `  ${examples[0]}\n`).join('')}`;
}

/** What `resedge <command> --help` says. @internal */
export function commandHelp(command: Command): string {
  const out = [
    '    --out DIR',
    'where to write; what it holds is the baseline',
  ];
  return `resedge ${usageOf(command)}: ${command.summary}
${command.description}

Options:
${columns(command.hasOut ? [out, ...OPTIONS] : OPTIONS)}
Examples:
${command.examples.map(example => `  ${example}\n`).join('')}`;
}

function usageOf({ name, positionals, hasOut }: Command): string {
  return [name, ...positionals, ...(hasOut ? ['--out DIR'] : [])].join(' ');
}

function columns(rows: readonly (readonly string[])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows
    .map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`)
    .join('');
}
