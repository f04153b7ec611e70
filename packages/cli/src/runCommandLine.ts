import { CommanderError } from 'commander';
import { checkPositionals } from './checkPositionals';
import { commands } from './commands';
import { Command } from './commands/Command';
import { createProgram, helpHint } from './createProgram';
import { describeFailure } from './describeFailure';
import { Progress } from './terminal/Progress';
import { Surroundings, writeTo } from './terminal/Streams';

const WRONG_USE = 2;

/**
 * Carries out one command.
 *
 * @param args - what follows `resedge`
 * @returns the exit status: 0, 1 where problems were found, 2 where the command was called in a wrong way, 3 where the
 *   server cannot be reached or refuses
 * @public
 */
export async function runCommandLine(
  args: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const { stderr } = surroundings;
  const progress = Progress.create(stderr);
  let called: Command | undefined;
  let status = 0;
  const program = createProgram(
    commands,
    surroundings,
    async (command, call) => {
      called = command;
      checkPositionals(command, call.positionals);
      status = await command.run({ ...call, streams: surroundings, progress });
    },
  );
  try {
    await program.parseAsync([...args], { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? 0 : WRONG_USE;
    progress.clear();
    const { message, status: failed, isUsage } = describeFailure(error);
    const hint = called && isUsage ? `${helpHint(called)}\n` : '';
    await writeTo(stderr, `resedge: ${message}\n${hint}`);
    return failed;
  }
}
