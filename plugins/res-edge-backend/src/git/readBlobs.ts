import { NotFoundError } from '@backstage/errors';
import { checkCommit } from './checkRef';
import { runGit } from './runGit';

const LINE_END = 0x0a;

/** Cuts the output of `cat-file --batch` into blobs: `<hash> blob <size>` LF, the content, LF. */
class BatchParser {
  #header = '';
  #hash = '';
  #content: Buffer | undefined;
  #filled = 0;

  constructor(readonly onBlob: (hash: string, content: Buffer) => void) {}

  push(chunk: Buffer): void {
    let position = 0;
    while (position < chunk.length) {
      position = this.#content
        ? this.#takeContent(chunk, position, this.#content)
        : this.#takeHeader(chunk, position);
    }
  }

  #takeHeader(chunk: Buffer, position: number): number {
    const end = chunk.indexOf(LINE_END, position);
    this.#header += chunk.toString(
      'latin1',
      position,
      end < 0 ? chunk.length : end,
    );
    if (end < 0) {
      return chunk.length;
    }
    const [hash, type, size] = this.#header.split(' ');
    if (type !== 'blob') {
      throw new NotFoundError(
        `The repository holds no file content ${hash} (${type})`,
      );
    }
    this.#header = '';
    this.#hash = hash;
    this.#content = Buffer.allocUnsafeSlow(Number(size));
    this.#filled = 0;
    return end + 1;
  }

  #takeContent(chunk: Buffer, position: number, content: Buffer): number {
    const taken = chunk.copy(content, this.#filled, position);
    this.#filled += taken;
    const next = position + taken;
    if (next === chunk.length) {
      // The line end after the content is still to come.
      return next;
    }
    this.onBlob(this.#hash, content);
    this.#content = undefined;
    return next + 1;
  }
}

/**
 * The contents of blobs by their hashes, read by one process, however many there are.
 *
 * @throws NotFoundError where the repository does not hold one of them
 * @internal
 */
export async function readBlobs(
  folder: string,
  hashes: Iterable<string>,
): Promise<Map<string, Buffer>> {
  const wanted = [...new Set(hashes)];
  wanted.forEach(checkCommit);
  const blobs = new Map<string, Buffer>();
  if (wanted.length === 0) {
    return blobs;
  }
  const parser = new BatchParser((hash, content) => blobs.set(hash, content));
  await runGit({
    folder,
    args: ['cat-file', '--batch'],
    input: `${wanted.join('\n')}\n`,
    onOutput: chunk => parser.push(chunk),
  });
  return blobs;
}
