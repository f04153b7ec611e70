import { Command } from './commands/Command';
import { UsageError } from './UsageError';

/**
 * Whether a command was given as many arguments as one of its usages has, and no empty one.
 *
 * @throws UsageError
 * @internal
 */
export function checkPositionals(
  { usages }: Command,
  positionals: readonly string[],
): void {
  const usage = usages.find(({ length }) => length === positionals.length);
  if (!usage) {
    const needed = usages.map(names => names.join(' ') || 'no argument');
    const given = positionals.map(value => `'${value}'`).join(' ');
    throw new UsageError(
      `needs ${needed.join(' or ')}, got ${given || 'nothing'}`,
    );
  }
  const empty = positionals.indexOf('');
  if (empty >= 0) throw new UsageError(`${usage[empty]} is empty`);
}
