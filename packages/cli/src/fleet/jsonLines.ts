import fs from 'node:fs';

const CHUNK_BYTES = 1024 * 1024;
/** A larger entity is none. */
export const MAX_LINE_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;

/** A line of a file; a line that cannot be read has a problem instead of a value. @internal */
export interface JsonLine {
  /** From 1. */
  readonly line: number;
  readonly value?: unknown;
  readonly problem?: string;
}

/** The lines of a file as JSON, read piece by piece; empty ones are left out. @internal */
export function* jsonLines(file: string): Generator<JsonLine> {
  let line = 0;
  for (const bytes of lines(file)) {
    line += 1;
    if (bytes === 'too long') {
      const problem = `the line is too long: at most ${MAX_LINE_BYTES} bytes are allowed`;
      yield { line, problem };
      continue;
    }
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
    } catch {
      yield { line, problem: 'the line is no UTF-8 text' };
      continue;
    }
    if (text === '') continue;
    try {
      yield { line, value: JSON.parse(text) };
    } catch (error) {
      const { message } = error as Error;
      yield { line, problem: `not valid JSON: ${message.slice(0, 200)}` };
    }
  }
}

function* lines(file: string): Generator<Buffer | 'too long'> {
  const descriptor = fs.openSync(file, 'r');
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let rest: Buffer[] = [];
    let length = 0;
    const take = (part: Buffer) => {
      length += part.length;
      // What is too long is read, but not kept.
      if (length <= MAX_LINE_BYTES) rest.push(Buffer.from(part));
    };
    const finish = () => {
      const result = length > MAX_LINE_BYTES ? 'too long' : Buffer.concat(rest);
      rest = [];
      length = 0;
      return result;
    };
    for (;;) {
      const size = fs.readSync(descriptor, chunk);
      if (size === 0) break;
      let start = 0;
      for (;;) {
        const end = chunk.subarray(0, size).indexOf(NEWLINE, start);
        if (end < 0) break;
        take(chunk.subarray(start, end));
        yield finish();
        start = end + 1;
      }
      take(chunk.subarray(start, size));
    }
    if (length > 0) yield finish();
  } finally {
    fs.closeSync(descriptor);
  }
}
