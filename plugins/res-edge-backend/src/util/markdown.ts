const MAX_LENGTH = 300;

/**
 * A text from outside as Markdown that shows it as it is, in one line: as code, in which nothing is a link, a mention, a
 * reference, HTML or the end of a table's cell.
 *
 * @internal
 */
export function codeOf(text: string): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, MAX_LENGTH);
  if (line === '') return '—';
  const runs = line.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map(run => run.length)) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  // In a table a bar ends the cell, also within code; outside of one the backslash would show.
  return `${fence}${pad}${line.replace(/\|/g, '¦')}${pad}${fence}`;
}

/** A table of Markdown; cells are Markdown already. @internal */
export function tableOf(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  return [head, head.map(() => '---'), ...rows]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n');
}
