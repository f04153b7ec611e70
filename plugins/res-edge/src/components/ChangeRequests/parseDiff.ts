/** One line of a unified diff, with its numbers in the old and the new file. */
export interface DiffLine {
  kind: 'context' | 'added' | 'removed' | 'hunk' | 'note';
  text: string;
  before?: number;
  after?: number;
}

const HUNK = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@(.*)$/;

/** Reads the hunks of a unified diff; what stands before the first one says only what the page says already. */
export function parseDiff(patch: string): DiffLine[] {
  const lines: DiffLine[] = [];
  let before = 0;
  let after = 0;
  let inHunk = false;
  for (const line of patch.replace(/\n$/, '').split('\n')) {
    const hunk = HUNK.exec(line);
    if (hunk) {
      inHunk = true;
      before = Number(hunk[1]);
      after = Number(hunk[2]);
      lines.push({ kind: 'hunk', text: line });
    } else if (inHunk) {
      const text = line.slice(1);
      if (line.startsWith('+')) {
        lines.push({ kind: 'added', text, after });
        after += 1;
      } else if (line.startsWith('-')) {
        lines.push({ kind: 'removed', text, before });
        before += 1;
      } else if (line.startsWith('\\')) {
        lines.push({ kind: 'note', text: line.slice(2) });
      } else {
        lines.push({ kind: 'context', text, before, after });
        before += 1;
        after += 1;
      }
    }
  }
  return lines;
}
