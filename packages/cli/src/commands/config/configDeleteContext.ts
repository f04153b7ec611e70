import { ConfigFile } from '../../config/ConfigFile';
import { Call, Command } from '../Command';
import { knownContext } from '../../config/knownContext';

/** `resedge config delete-context NAME`. @internal */
export const configDeleteContext: Command = {
  name: 'config delete-context',
  usages: [['NAME']],
  outputs: [],
  options: [],
  summary: 'forget a context and its token',
  description: '',
  examples: ['resedge config delete-context prod'],
  async run({ positionals: [name], streams }: Call) {
    const file = ConfigFile.of(streams);
    const config = file.read();
    const { contexts, currentContext } = config;
    const gone = knownContext(config, name);
    file.write({
      currentContext: currentContext === name ? undefined : currentContext,
      contexts: contexts.filter(each => each !== gone),
    });
    return 0;
  },
};
