import { ConfigFile } from '../../config/ConfigFile';
import { Context } from '../../config/Context';
import { writeTo } from '../../terminal/Streams';
import { table } from '../../terminal/table';
import { Call, Command } from '../Command';

/** `resedge config get-contexts`. @internal */
export const configGetContexts: Command = {
  name: 'config get-contexts',
  usages: [[]],
  outputs: ['name'],
  options: [],
  summary: 'show the contexts, never their tokens',
  description: '',
  examples: ['resedge config get-contexts'],
  async run({ options: { output }, streams }: Call) {
    const { contexts, currentContext } = ConfigFile.of(streams).read();
    const rows = contexts.map(context =>
      output === 'name'
        ? [context.name]
        : [
            context.name === currentContext ? '*' : '',
            context.name,
            context.server,
            tokenPlace(context),
          ],
    );
    const header = ['CURRENT', 'NAME', 'SERVER', 'TOKEN'];
    await writeTo(
      streams.stdout,
      output === 'name'
        ? rows.map(([name]) => `${name}\n`).join('')
        : table(header, rows),
    );
    return 0;
  },
};

function tokenPlace({ token, tokenFile }: Context): string {
  if (tokenFile) return `in ${tokenFile}`;
  return token ? 'kept' : 'none';
}
