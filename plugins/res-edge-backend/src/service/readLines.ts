import { Readable } from 'node:stream';
import { InputError } from '@backstage/errors';
import { JsonValue } from '@backstage/types';
import { PayloadTooLargeError } from '../util/PayloadTooLargeError';

/**
 * The JSON values of a stream of lines (NDJSON), read as they come; empty lines are passed over. Who sends faster than they
 * are read has to wait.
 *
 * @param limits - `bytes` of all lines, and how many `lines`
 * @throws InputError that names the line, PayloadTooLargeError
 * @internal
 */
export async function readLines(
  stream: Readable,
  limits: { bytes: number; lines: number },
): Promise<JsonValue[]> {
  const values: JsonValue[] = [];
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let bytes = 0;
  let line = 0;
  const add = (text: string) => {
    line++;
    if (text.trim() === '') return;
    if (values.length === limits.lines) {
      throw new PayloadTooLargeError(
        `The body has more than ${limits.lines} lines; send it in parts`,
      );
    }
    values.push(parseLine(text, line));
  };
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > limits.bytes) {
      throw new PayloadTooLargeError(
        `The body has more than ${limits.bytes} bytes; send it in parts`,
      );
    }
    const lines = (rest + decode(decoder, chunk, line)).split('\n');
    rest = lines.pop()!;
    lines.forEach(add);
  }
  add(rest + decode(decoder, undefined, line));
  return values;
}

function decode(
  decoder: TextDecoder,
  chunk: Uint8Array | undefined,
  line: number,
): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch {
    throw new InputError(`After line ${line}: this is no UTF-8`);
  }
}

function parseLine(text: string, line: number): JsonValue {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`Line ${line}: this is no JSON, ${error}`);
  }
}
