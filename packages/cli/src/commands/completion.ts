import { completionScript } from '../completion/completionScript';
import { writeTo } from '../terminal/Streams';
import { UsageError } from '../UsageError';
import { Call, Command } from './Command';

const ZSH = 'autoload -U +X bashcompinit && bashcompinit\n';

/** `resedge completion bash` and `resedge completion zsh`, for these commands and itself. @internal */
export function createCompletion(others: readonly Command[]): Command {
  const completion: Command = {
    name: 'completion',
    usages: [['SHELL']],
    outputs: [],
    options: [],
    summary: 'print what completes commands and options in a shell',
    description: `
SHELL is bash or zsh. Put the line of the example into ~/.bashrc or ~/.zshrc.`,
    examples: ['source <(resedge completion bash)'],
    async run({ positionals: [shell], streams }: Call) {
      if (shell !== 'bash' && shell !== 'zsh')
        throw new UsageError(`SHELL is '${shell}'; allowed are bash and zsh`);
      const script = completionScript([...others, completion]);
      await writeTo(streams.stdout, `${shell === 'zsh' ? ZSH : ''}${script}`);
      return 0;
    },
  };
  return completion;
}
