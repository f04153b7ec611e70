import { InputError } from '@backstage/errors';
import { MappedColumn } from './csvMapping';

const DEFAULT_SEPARATOR = ';';
const NUMBER = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/;
const TRUE = ['true', 'yes', 'y', '1'];
const FALSE = ['false', 'no', 'n', '0'];

/**
 * The value of a cell; undefined where it is empty.
 *
 * @throws InputError that says what is allowed
 * @internal
 */
export function readCell(
  text: string,
  { type, separator = DEFAULT_SEPARATOR, prefix = '', lowerCase }: MappedColumn,
): string | number | boolean | string[] | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  checkCell(trimmed);
  const cell = lowerCase ? trimmed.toLowerCase() : trimmed;
  switch (type) {
    case 'number':
      return readNumber(cell);
    case 'boolean':
      return readBoolean(cell);
    case 'list': {
      const entries = cell.split(separator).map(entry => entry.trim());
      return [...new Set(entries)]
        .filter(entry => entry !== '')
        .map(entry => prefix + entry);
    }
    default:
      return prefix + cell;
  }
}

function readNumber(cell: string): number {
  if (!NUMBER.test(cell)) {
    throw new InputError(
      `must be a number such as 2 or 0.5, with a point and without a separator of thousands, got ${JSON.stringify(
        cell.slice(0, 80),
      )}`,
    );
  }
  return Number(cell);
}

function readBoolean(cell: string): boolean {
  const word = cell.toLowerCase();
  if (TRUE.includes(word)) return true;
  if (FALSE.includes(word)) return false;
  throw new InputError(
    `must be one of ${[...TRUE, ...FALSE].join(
      ', ',
    )}, in any case, got ${JSON.stringify(cell.slice(0, 80))}`,
  );
}

/** What a spreadsheet would run, and what a file in another encoding looks like. */
function checkCell(cell: string): void {
  if (/^[=@]/.test(cell) || /^[+-](?![\d\s().,/-]*$)/.test(cell)) {
    if (NUMBER.test(cell)) return;
    throw new InputError(
      `begins with '${cell[0]}', which a spreadsheet takes for a formula; write its result`,
    );
  }
  if (cell.includes('\uFFFD')) {
    throw new InputError(
      'has a character that could not be read; save the file as UTF-8',
    );
  }
  if (/[^\P{Cc}\t\n\r]/u.test(cell)) {
    throw new InputError(
      'has a control character; save the file as UTF-8 text',
    );
  }
}
