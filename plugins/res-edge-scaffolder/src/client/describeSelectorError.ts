import {
  ResEdgeApiError,
  Selector,
} from '@res-edge/backstage-plugin-res-edge-common';

const CONTEXT = 40;

/**
 * A selector's error for a log that people read: what is wrong, in which field, and where.
 *
 * @internal
 */
export function describeSelectorError(
  error: ResEdgeApiError,
  selector: Selector,
): string {
  const { message, field, position } = error;
  const where = [
    ...(field ? [`in ${field}`] : []),
    ...(position === undefined ? [] : [`at character ${position + 1}`]),
  ].join(' ');
  const headline = `The selector is wrong${where && ` ${where}`}: ${message}`;
  const source = sourceOf(selector, field);
  if (position === undefined || source === undefined) {
    return headline;
  }
  const start = Math.max(0, position - CONTEXT);
  const excerpt = source
    .slice(start, position + CONTEXT)
    // One line, so that the mark below stands under the right character.
    .replace(/\s/g, ' ');
  return `${headline}\n  ${excerpt}\n  ${' '.repeat(position - start)}^`;
}

/** The text in which positions are counted: a string selector, or the expression of a mapping. */
function sourceOf(selector: Selector, field?: string): string | undefined {
  if (typeof selector === 'string') {
    return selector;
  }
  return field === undefined || field.endsWith('expression')
    ? selector.expression
    : undefined;
}
