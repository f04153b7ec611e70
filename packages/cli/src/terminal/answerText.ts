import { stringify } from 'yaml';
import { Output } from '../commands/Command';

/** An answer as `-o` wants it: as it is, or in words. @internal */
export function answerText(
  value: object,
  output: Output | undefined,
  inWords: (isWide: boolean) => string,
): string {
  if (output === 'json') return `${JSON.stringify(value, undefined, 2)}\n`;
  if (output === 'yaml') return stringify(value);
  return inWords(output === 'wide');
}
