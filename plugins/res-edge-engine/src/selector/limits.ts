import { SelectorError } from './SelectorError';

/** Longer ones are generated, and a group or an attribute says the same. */
const MAX_LENGTH = 32_768;
/** Parentheses, lists and operators in one another. */
export const MAX_DEPTH = 200;
/** Steps that evaluating one selector may take over the whole fleet: a second or two. */
export const MAX_STEPS = 4_000_000;

/** @internal */
export function checkLength(text: string, field?: string): void {
  if (text.length > MAX_LENGTH) {
    throw new SelectorError(
      `The selector has ${text.length} characters; at most ${MAX_LENGTH} are allowed`,
      { field, position: MAX_LENGTH },
    );
  }
}
