import { parseArgs } from 'node:util';
import { commands, findCommand } from './commands';
import { Command } from './commands/Command';
import { commandHelp, generalHelp } from './help';
import { Progress } from './terminal/Progress';
import { Streams, writeTo } from './terminal/Streams';
import { printable } from './terminal/table';
import { UsageError } from './UsageError';

const WRONG_USE = 2;

/**
 * Carries out one command.
 *
 * @param args - what follows `resedge`
 * @returns the exit status: 0, 1 where problems were found, 2 where the command was called in a wrong way
 * @public
 */
export async function runCommandLine(
  args: readonly string[],
  streams: Streams,
): Promise<number> {
  const progress = Progress.create(streams.stderr);
  const [name, ...rest] = args;
  const command = findCommand(name);
  try {
    if (name === '--help' || name === '-h' || name === 'help') {
      const asked = findCommand(rest[0]);
      const text = asked ? commandHelp(asked) : generalHelp(commands);
      await writeTo(streams.stdout, text);
      return 0;
    }
    if (name === undefined) {
      await writeTo(streams.stderr, generalHelp(commands));
      return WRONG_USE;
    }
    if (!command) {
      const known = commands.map(each => each.name).join(', ');
      throw new UsageError(`'${name}' is no command; there are ${known}`);
    }
    return await runCommand(command, rest, streams, progress);
  } catch (error) {
    progress.clear();
    const hint =
      error instanceof UsageError
        ? `See: resedge ${command ? `${command.name} ` : ''}--help\n`
        : '';
    await writeTo(streams.stderr, `resedge: ${describe(error)}\n${hint}`);
    return WRONG_USE;
  }
}

/** A slip in the program itself comes with its place. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return printable(String(error));
  const isBug =
    error instanceof TypeError ||
    error instanceof RangeError ||
    error instanceof ReferenceError;
  return isBug ? String(error.stack) : printable(error.message);
}

async function runCommand(
  command: Command,
  args: readonly string[],
  streams: Streams,
  progress: Progress,
): Promise<number> {
  const { values, positionals } = parse(args);
  if (values.help) {
    await writeTo(streams.stdout, commandHelp(command));
    return 0;
  }
  const { output = 'table', out } = values;
  if (output !== 'json' && output !== 'table')
    throw new UsageError(`-o is '${output}'; allowed are json and table`);
  if (positionals.length !== command.positionals.length) {
    throw new UsageError(
      `needs ${command.positionals.join(' ')}, got ${
        positionals.length === 0
          ? 'nothing'
          : positionals.map(value => `'${value}'`).join(' ')
      }`,
    );
  }
  const empty = positionals.findIndex(value => value === '');
  if (empty >= 0)
    throw new UsageError(`${command.positionals[empty]} is empty`);
  if (command.hasOut && !out) throw new UsageError('needs --out DIR');
  if (!command.hasOut && out !== undefined)
    throw new UsageError('--out is not for this command');
  const json = output === 'json';
  return command.run({ positionals, json, out, streams, progress });
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        output: { type: 'string', short: 'o' },
        out: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
