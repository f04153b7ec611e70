import { InputError } from '@backstage/errors';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, Header } from 'tar-stream';

/** What of an archive is read; all of it is counted as it is unpacked, so that nothing larger is ever held. @internal */
export interface ArchiveLimits {
  readonly maxFiles: number;
  readonly maxFileBytes: number;
  /** Of all files, those too that are not kept. */
  readonly maxBytes: number;
  /** Which files to keep, by their path; all where left out. */
  readonly keep?: (path: string) => boolean;
}

/**
 * The files of an archive, `tar+gzip`, by their path in it; nothing touches the disk.
 *
 * @throws InputError where it is none, holds a path that leaves its folder, anything but files and folders, or too much
 * @internal
 */
export async function readArchive(
  archive: Uint8Array,
  limits: ArchiveLimits,
): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const tar = extract();
  let bytes = 0;
  const count = (size: number) => {
    bytes += size;
    if (bytes > limits.maxBytes) {
      throw new InputError(
        `the archive unpacks to more than ${limits.maxBytes} bytes`,
      );
    }
  };
  const feed = async () =>
    pipeline(
      Readable.from([archive]),
      createGunzip(),
      async function* counted(chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          count(chunk.length);
          yield chunk;
        }
      },
      tar,
    );
  const unpack = async () => {
    for await (const entry of tar) {
      const path = pathOf(entry.header);
      const isKept = path !== undefined && (limits.keep?.(path) ?? true);
      const chunks: Uint8Array[] = [];
      let size = 0;
      for await (const chunk of entry as AsyncIterable<Uint8Array>) {
        size += chunk.length;
        if (!isKept) continue;
        if (size > limits.maxFileBytes) {
          throw new InputError(
            `'${path}' has more than ${limits.maxFileBytes} bytes`,
          );
        }
        chunks.push(chunk);
      }
      if (!isKept) continue;
      if (files.has(path)) throw new InputError(`'${path}' is there twice`);
      if (files.size >= limits.maxFiles) {
        throw new InputError(
          `the archive has more than ${limits.maxFiles} files`,
        );
      }
      files.set(path, Buffer.concat(chunks));
    }
  };
  // Either stops the other.
  const failures = (await Promise.allSettled([feed(), unpack()])).flatMap(
    result => (result.status === 'rejected' ? [result.reason as Error] : []),
  );
  const own = failures.find(error => error instanceof InputError);
  if (own) throw own;
  if (failures.length > 0) {
    throw new InputError(
      `is no archive of type tar+gzip: ${failures[0].message}`,
    );
  }
  return files;
}

/** The path of a file; undefined for a folder. */
function pathOf({ name, type }: Header): string | undefined {
  const parts = name
    .split('/')
    .filter((part: string) => part !== '' && part !== '.');
  const leaves =
    name.startsWith('/') ||
    name.length > 1024 ||
    parts.includes('..') ||
    // eslint-disable-next-line no-control-regex
    /[\u0000-\u001f\u007f\\]/.test(name);
  if (leaves) {
    throw new InputError(
      `the archive has the path ${JSON.stringify(
        name.slice(0, 200),
      )}, which is not allowed: it must be relative and stay in its folder`,
    );
  }
  if (type === 'directory') return undefined;
  if (type !== 'file' && type !== 'contiguous-file') {
    throw new InputError(
      `'${parts.join('/')}' is a ${type}; only files and folders are allowed`,
    );
  }
  return parts.join('/');
}
