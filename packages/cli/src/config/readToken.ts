import fs from 'node:fs';
import { UsageError } from '../UsageError';

/** What an HTTP header takes. */
const TOKEN = /^[\x21-\x7e]+$/;
const MAX_TOKEN_BYTES = 64 * 1024;

/** The token that a file holds. @throws UsageError @internal */
export function readTokenFile(file: string): string {
  let text: string;
  try {
    const { size } = fs.statSync(file);
    text = size > MAX_TOKEN_BYTES ? '' : fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `cannot read the token file: ${(error as Error).message}`,
    );
  }
  return checkToken(text, `the token file '${file}'`);
}

/** A token without the space around it; it is never part of an error. @throws UsageError @internal */
export function checkToken(text: string, place: string): string {
  const token = text.trim();
  if (!TOKEN.test(token)) throw new UsageError(`${place} holds no token`);
  return token;
}
