import { InputError } from '@backstage/errors';

const MAX_PATH_BYTES = 4096;
const MAX_SEGMENT_BYTES = 255;

/** Plain names take this short way, which leaves nothing to check but dots. */
const PLAIN =
  /^[A-Za-z0-9_@+=,-][A-Za-z0-9._@+=,-]*(?:\/[A-Za-z0-9_@+=,-][A-Za-z0-9._@+=,-]*)*$/;

/** Control and format characters, line ends, lone surrogates: invisible, or able to end a command. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * Hands back a path inside a repository that is safe on every file system that may check it out: relative, in one
 * Unicode form, and without anything that git or a file system could take for `.git`.
 *
 * @throws InputError that names the path and what is wrong with it
 * @internal
 */
export function checkPath(path: string): string {
  const reason = whatIsWrong(path);
  if (reason) {
    throw new InputError(
      `The path ${JSON.stringify(
        path.slice(0, 300),
      )} is not allowed: ${reason}`,
    );
  }
  return path;
}

function whatIsWrong(path: string): string | undefined {
  if (PLAIN.test(path) && path.length <= MAX_SEGMENT_BYTES) {
    // Names like 'git~1' hold a character that is not plain; '.git' begins with one.
    return undefined;
  }
  if (path === '') {
    return 'it is empty';
  }
  if (Buffer.byteLength(path) > MAX_PATH_BYTES) {
    return `it is longer than ${MAX_PATH_BYTES} bytes`;
  }
  if (path.startsWith('/')) {
    return 'it is absolute';
  }
  if (INVISIBLE.test(path)) {
    return 'it holds control or invisible characters';
  }
  if (path.includes('\\')) {
    return 'it holds a backslash';
  }
  if (path !== path.normalize('NFC')) {
    return 'it is not in Unicode normalization form C';
  }
  return path
    .split('/')
    .map(whatIsWrongWithSegment)
    .find(reason => reason !== undefined);
}

function whatIsWrongWithSegment(segment: string): string | undefined {
  if (segment === '') {
    return 'it has an empty part';
  }
  if (segment === '.' || segment === '..') {
    return `it has a part '${segment}'`;
  }
  // NTFS drops trailing dots and blanks, takes what follows a colon for a stream, and knows .git as git~1.
  if (/^(?:\.git|git~\d+)[ .]*(?::.*)?$/i.test(segment)) {
    return "it has a part that stands for '.git'";
  }
  if (Buffer.byteLength(segment) > MAX_SEGMENT_BYTES) {
    return `it has a part longer than ${MAX_SEGMENT_BYTES} bytes`;
  }
  return undefined;
}
