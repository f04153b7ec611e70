import { RawRecord } from './ImportRecord';

/** The longest line, in characters; no entity needs as much. */
const MAX_LINE = 1_000_000;

/** Reads one JSON value a line; empty lines are passed over. @internal */
export function* readNdjson(content: string): Generator<RawRecord> {
  let line = 0;
  for (let start = 0; start < content.length; ) {
    const newline = content.indexOf('\n', start);
    const end = newline < 0 ? content.length : newline;
    line += 1;
    const text = content.slice(start, end).trim();
    start = end + 1;
    if (text !== '') yield { line, ...parseLine(text) };
  }
}

function parseLine(text: string): Pick<RawRecord, 'value' | 'problem'> {
  if (text.length > MAX_LINE) {
    const message = `the line of ${text.length} characters is too long; at most ${MAX_LINE} are read`;
    return { problem: { message } };
  }
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return {
      problem: { message: `not valid JSON: ${(error as Error).message}` },
    };
  }
}
