import { ConfigFile } from '../../config/ConfigFile';
import { Call, Command } from '../Command';
import { knownContext } from '../../config/knownContext';

/** `resedge config use-context NAME`. @internal */
export const configUseContext: Command = {
  name: 'config use-context',
  usages: [['NAME']],
  outputs: [],
  options: [],
  summary: 'make a context the current one',
  description: '',
  examples: ['resedge config use-context prod'],
  async run({ positionals: [name], streams }: Call) {
    const file = ConfigFile.of(streams);
    const config = file.read();
    knownContext(config, name);
    file.write({ ...config, currentContext: name });
    return 0;
  },
};
