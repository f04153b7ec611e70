// Each demand of docs/demands.md is shown by tests, whose titles have its number.
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../paths.mjs';

const DEMANDS = 18;

function problemsOf(number, rows) {
  const row = rows.find(cells => cells[1] === `${number}`);
  if (!row) return ['has no row'];
  return row[4].split('<br>').flatMap(shown => {
    const [, file, title] = /^`([^`]+)`: (.+)$/.exec(shown) ?? [];
    if (!file) return [`names no test: ${shown}`];
    if (!fs.existsSync(path.join(root, file))) return [`${file} is not there`];
    const text = fs.readFileSync(path.join(root, file), 'utf8');
    const start = `'${title} (demand`;
    const numbers = text.includes(start)
      ? /^s? ([\d, ]+)\)'/.exec(text.split(start)[1])?.[1].split(', ')
      : undefined;
    return numbers?.includes(`${number}`)
      ? []
      : [`${file} has no test "${title}" with this number`];
  });
}

/** One check: it passes where each demand is shown. */
export function demands() {
  const rows = fs
    .readFileSync(path.join(root, 'docs/demands.md'), 'utf8')
    .split('\n')
    .map(line => line.split('|').map(cell => cell.trim()));
  const problems = Array.from({ length: DEMANDS }, (_, i) => i + 1).flatMap(
    number =>
      problemsOf(number, rows).map(problem => `demand ${number}: ${problem}`),
  );
  problems.forEach(problem => console.error(problem));
  return problems.length ? { passed: 0, failed: 1 } : { passed: 1, failed: 0 };
}
