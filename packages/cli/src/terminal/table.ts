/** Text from outside, so that it cannot steer a terminal. @internal */
export function printable(text: string): string {
  return text.replace(
    // eslint-disable-next-line no-control-regex
    /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Columns as wide as their widest cell; the last one as long as it is. @internal */
export function table(
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const lines = [header, ...rows].map(row =>
    row.map(cell => printable(String(cell))),
  );
  const widths = header.map((_, column) =>
    lines.reduce((widest, line) => Math.max(widest, line[column].length), 0),
  );
  return lines
    .map(line => {
      const cells = line.map((cell, column) => cell.padEnd(widths[column]));
      return `${cells.join('  ').trimEnd()}\n`;
    })
    .join('');
}

/** `3 clusters`, `1 cluster`. @internal */
export function counted(count: number, word: string): string {
  return `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;
}
