import { Command } from './Command';
import { diff } from './diff';
import { explain } from './explain';
import { plan } from './plan';
import { select } from './select';
import { validate } from './validate';

/** In the order in which people meet them. @internal */
export const commands: readonly Command[] = [
  validate,
  select,
  plan,
  explain,
  diff,
];

/** @internal */
export function findCommand(name: string | undefined): Command | undefined {
  return commands.find(command => command.name === name);
}
