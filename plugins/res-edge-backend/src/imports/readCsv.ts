import { InputError } from '@backstage/errors';
import { CsvError, Info, parse } from 'csv-parse';
import { Readable } from 'node:stream';
import { RES_EDGE_API_VERSION } from '@res-edge/backstage-plugin-res-edge-common';
import { toPointer } from '../util/fieldPointer';
import { CsvMapping, MappedColumn, resolveMapping } from './csvMapping';
import { setField } from './fieldPath';
import { RawRecord } from './ImportRecord';
import { readCell } from './readCell';

/** The longest row, in characters: a quote that is never closed would take the whole file for one. */
const MAX_ROW = 100_000;
/** Handed to the parser at once, so that others get their turn. */
const CHUNK = 65_536;

/**
 * Reads rows as RFC 4180 has them, with a header.
 *
 * @throws InputError where header and mapping do not fit, or the rest of the file cannot be read
 * @internal
 */
export async function* readCsv(
  content: string,
  mapping: CsvMapping,
): AsyncGenerator<RawRecord> {
  const { kind, delimiter, columns } = resolveMapping(mapping);
  const parser = Readable.from(chunksOf(content)).pipe(
    parse({
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: MAX_ROW,
    }),
  );
  let header: readonly (MappedColumn | undefined)[] | undefined;
  let unmapped: readonly string[] = [];
  let width = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: Info;
    }>) {
      if (!header) {
        header = readHeader(record, columns);
        width = record.length;
        unmapped = record.filter(
          cell => cell.trim() !== '' && !columns.has(cell.trim()),
        );
        continue;
      }
      // Without the quotes' own line breaks this is the line where the row ends.
      const line = info.lines - countBreaks(record);
      if (record.length !== width) {
        const message = `has ${record.length} cells, but the header has ${width}`;
        yield { line, problem: { message } };
        continue;
      }
      const row = readRow(record, header);
      yield {
        line,
        value:
          row.problem === undefined
            ? { apiVersion: RES_EDGE_API_VERSION, kind, ...row.entity }
            : { kind, ...row.entity },
        problem: row.problem,
        columnOf: pointer => columnOf(pointer, columns),
        notes:
          unmapped.length > 0
            ? [`columns without a mapping: ${unmapped.join(', ')}`]
            : [],
      };
    }
  } catch (error) {
    throw readable(error);
  }
  if (!header) throw new InputError('content: there is no header');
}

function readHeader(
  record: readonly string[],
  columns: ReadonlyMap<string, MappedColumn>,
): (MappedColumn | undefined)[] {
  const names = record.map(cell => cell.trim());
  const missing = [...columns.keys()].filter(name => !names.includes(name));
  if (missing.length > 0) {
    throw new InputError(
      `content: the header has no column '${missing.join(
        "', '",
      )}'; it has ${names.map(name => `'${name.slice(0, 80)}'`).join(', ')}`,
    );
  }
  const twice = names.find(
    (name, index) => columns.has(name) && names.indexOf(name) !== index,
  );
  if (twice !== undefined) {
    throw new InputError(`content: the header has the column '${twice}' twice`);
  }
  return names.map(name => columns.get(name));
}

function readRow(
  record: readonly string[],
  header: readonly (MappedColumn | undefined)[],
): { entity: Record<string, unknown>; problem?: RawRecord['problem'] } {
  const entity: Record<string, unknown> = { metadata: {}, spec: {} };
  const lists = new Map<string, string[]>();
  let problem: RawRecord['problem'];
  for (const [index, column] of header.entries()) {
    if (!column) continue;
    const { field, header: name } = column;
    try {
      let value = readCell(record[index], column);
      if (value === undefined) continue;
      if (Array.isArray(value)) {
        value = [...new Set([...(lists.get(field.path) ?? []), ...value])];
        lists.set(field.path, value);
      }
      setField(entity, field, value);
    } catch (error) {
      problem ??= {
        message: (error as Error).message,
        column: name,
        field: field.path,
        pointer: toPointer(field.segments),
      };
    }
  }
  return { entity, problem };
}

function columnOf(
  pointer: string,
  columns: ReadonlyMap<string, MappedColumn>,
): string | undefined {
  return [...columns.values()].find(({ field }) => {
    const own = toPointer(field.segments);
    return pointer === own || pointer.startsWith(`${own}/`);
  })?.header;
}

function* chunksOf(content: string): Generator<string> {
  for (let start = 0; start < content.length; start += CHUNK) {
    yield content.slice(start, start + CHUNK);
  }
}

function countBreaks(record: readonly string[]): number {
  return record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
}

function readable(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error;
  return new InputError(
    `content: line ${error.lines}: not valid CSV: ${error.message}`,
  );
}
