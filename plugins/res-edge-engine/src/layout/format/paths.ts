import { InputError } from '@backstage/errors';
import { FileMap } from '../../model';

const SEGMENT = /^[A-Za-z0-9](?:[A-Za-z0-9._+-]*[A-Za-z0-9])?$/;

/**
 * A name that becomes one segment of a path, and a word in a comment.
 *
 * @throws InputError where it could mean anything else
 * @internal
 */
export function segment(name: string): string {
  if (name.length > 253 || !SEGMENT.test(name)) {
    throw new InputError(
      `${JSON.stringify(
        name.slice(0, 80),
      )} cannot be a folder: allowed are letters, digits, ".", "_", "+" and "-", a letter or digit first and last`,
    );
  }
  return name;
}

/**
 * A relative path in its shortest form, without `.`, `..` or anything else that leaves its folder.
 *
 * @throws InputError where it does
 * @internal
 */
export function innerPath(path: string): string {
  const parts = path.split('/').filter(part => part !== '' && part !== '.');
  const outside =
    path.startsWith('/') ||
    path.length > 1024 ||
    parts.length === 0 ||
    // eslint-disable-next-line no-control-regex
    /[\u0000-\u001f\u007f\\]/.test(path) ||
    parts.some(part => part === '..' || part.toLowerCase() === '.git');
  if (outside) {
    throw new InputError(
      `the path ${JSON.stringify(
        path.slice(0, 200),
      )} is not allowed: it must be relative, stay in its folder, and have no control characters, "\\" or ".git"`,
    );
  }
  return parts.join('/');
}

/** The files below a folder, by their path in it. @internal */
export function filesBelow(
  files: FileMap,
  folder: string,
): Map<string, string | Uint8Array> {
  const prefix = `${folder}/`;
  const below = new Map<string, string | Uint8Array>();
  for (const [path, content] of files) {
    if (path.startsWith(prefix)) below.set(path.slice(prefix.length), content);
  }
  return below;
}
