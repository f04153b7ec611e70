import { Command as Parser, Option } from 'commander';
import { Call, Command, OptionValues } from './commands/Command';
import { Streams } from './terminal/Streams';

const EXIT_STATUS = `
FOLDER holds entities as *.yaml and *.yml (one or more documents in a file) and
as *.ndjson (one entity a line); no server is needed for it. The other commands
ask a server: see resedge config set-context --help.

Exit status: 0; 1 where problems or differences were found, or nothing of that
name; 2 where the command was called in a wrong way; 3 where the server cannot
be reached, or refuses.
`;

/** What the commands with one first word are for. */
const FAMILIES: Readonly<Record<string, string>> = {
  freeze: 'keep all changes from some clusters for a while',
  override: 'lift windows and freezes for a while',
  rollout: 'follow releases on their way through the rings, and command them',
  config: 'keep servers and tokens',
};

/** What a command is given by the command line alone. @internal */
export type ParsedCall = Pick<Call, 'positionals' | 'options' | 'json'>;

/**
 * The parser of the command line, with the help for each command. Where the line is wrong it says so on standard error
 * and throws CommanderError.
 *
 * @param run - carries out the command that was called
 * @internal
 */
export function createProgram(
  commands: readonly Command[],
  streams: Streams,
  run: (command: Command, call: ParsedCall) => Promise<void>,
): Parser {
  const program = new Parser('resedge')
    .description(
      'Decide which application runs on which cluster, and ask what was decided',
    )
    .exitOverride()
    .configureOutput({
      writeOut: text => streams.stdout.write(text),
      writeErr: text => streams.stderr.write(text),
      outputError: (text, write) =>
        write(text.replace(/^error: /, 'resedge: ')),
      getOutHelpWidth: () => 100,
      getErrHelpWidth: () => 100,
    })
    .configureHelp({
      subcommandTerm: command => `${command.name()} ${command.usage()}`,
    })
    .showHelpAfterError('See: resedge --help')
    .addHelpText('after', () => `${EXIT_STATUS}${examplesOf(commands)}`);
  for (const command of commands) addCommand(program, command, run);
  return program;
}

/** What a wrong call of a command ends with. @internal */
export function helpHint({ name }: Command): string {
  return `See: resedge ${name} --help`;
}

function addCommand(
  program: Parser,
  command: Command,
  run: (command: Command, call: ParsedCall) => Promise<void>,
): void {
  const words = command.name.split(' ');
  const parent = words.length > 1 ? familyOf(program, words[0]) : program;
  const added = parent
    .command(words[words.length - 1])
    .summary(command.summary)
    .description(`${command.summary}\n${command.description}`)
    .usage(
      `${command.usages.map(names => names.join(' ')).join(' | ')} [options]`,
    )
    .argument('[arguments...]')
    .showHelpAfterError(helpHint(command))
    .addHelpText('after', `\n${examples(command.examples)}`);
  // The usage names the arguments already.
  added.configureHelp({ visibleArguments: () => [] });
  if (command.outputs.length > 0) added.addOption(outputOption(command));
  for (const option of command.options) added.addOption(option);
  added.action((positionals: string[], options: OptionValues) => {
    return run(command, {
      positionals,
      options,
      json: options.output === 'json',
    });
  });
}

/** The command that several have as their first word. */
function familyOf(program: Parser, word: string): Parser {
  return (
    program.commands.find(known => known.name() === word) ??
    program
      .command(word)
      .usage('COMMAND')
      .description(FAMILIES[word])
      .showHelpAfterError(`See: resedge ${word} --help`)
  );
}

function outputOption({ outputs }: Command): Option {
  return new Option('-o, --output <format>', 'the shape of the answer')
    .choices(['table', ...outputs])
    .default('table');
}

function examplesOf(commands: readonly Command[]): string {
  return `\n${examples(commands.map(command => command.examples[0]))}`;
}

function examples(lines: readonly string[]): string {
  return `Examples:\n${lines.map(line => `  ${line}\n`).join('')}`;
}
