import { parseSelectorArgument } from '../fleet/parseSelectorArgument';

/** A selector of the command line as a parameter of a query: an expression, or a mapping as JSON. @internal */
export function selectorText(argument: string): string {
  const selector = parseSelectorArgument(argument);
  return typeof selector === 'string' ? selector : JSON.stringify(selector);
}
