import { CliConfig, Context } from './Context';
import { UsageError } from '../UsageError';

/** The context of a name. @throws UsageError where there is none @internal */
export function knownContext({ contexts }: CliConfig, name: string): Context {
  const found = contexts.find(each => each.name === name);
  if (found) return found;
  const known = contexts.map(each => each.name).join(', ') || 'none';
  throw new UsageError(`there is no context '${name}'; there are: ${known}`);
}
