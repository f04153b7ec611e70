import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FileChange } from '@res-edge/backstage-plugin-res-edge-engine';
import { checkPath } from './checkPath';
import { Person } from './Person';
import { runGit } from './runGit';

/**
 * A commit to write; everything but the changes is checked already.
 *
 * @internal
 */
export interface ImportOptions {
  readonly folder: string;
  readonly parent: string | undefined;
  readonly message: string;
  readonly author: Person;
  readonly committer: Person;
  readonly date: Date;
  readonly changes: Iterable<FileChange> | AsyncIterable<FileChange>;
}

const CHUNK_BYTES = 256 * 1024;

/** A ref that only exists inside the import: it is deleted before git could write it. */
const IMPORT_REF = 'refs/res-edge/import';

/** Collects small pieces: millions of them are slow to hand on one by one. */
class Chunk {
  #pieces: Buffer[] = [];
  bytes = 0;

  add(piece: string | Uint8Array): void {
    const bytes = Buffer.from(piece as string);
    this.#pieces.push(bytes);
    this.bytes += bytes.length;
  }

  addData(content: string | Uint8Array): void {
    const length =
      typeof content === 'string' ? Buffer.byteLength(content) : content.length;
    this.add(`data ${length}\n`);
    this.add(content);
    this.add('\n');
  }

  take(): Buffer {
    const taken = Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.bytes = 0;
    return taken;
  }
}

/**
 * Writes a commit with `git fast-import` and moves no ref. Changes are taken as fast as git takes them, so that a
 * branch of any size passes through in little memory.
 *
 * @returns the hash of the commit
 * @throws InputError where a path is not allowed
 * @internal
 */
export async function importCommit(options: ImportOptions): Promise<string> {
  const { stdout } = await runGit({
    folder: options.folder,
    args: ['fast-import', '--quiet', '--done', '--date-format=raw'],
    input: commandsOf(options),
    onFailure: pid =>
      // What the report says stands in the error, too.
      rm(join(options.folder, `fast_import_crash_${pid}`), { force: true }),
  });
  return stdout.toString('latin1').trim();
}

async function* commandsOf(options: ImportOptions): AsyncGenerator<Buffer> {
  const { parent, author, committer, date } = options;
  const time = `${Math.floor(date.getTime() / 1000)} +0000`;
  const chunk = new Chunk();
  chunk.add(`commit ${IMPORT_REF}\nmark :1\n`);
  chunk.add(`author ${author.name} <${author.email}> ${time}\n`);
  chunk.add(`committer ${committer.name} <${committer.email}> ${time}\n`);
  chunk.addData(options.message);
  if (parent !== undefined) {
    chunk.add(`from ${parent}\n`);
  }
  for await (const { path, content } of options.changes) {
    const quoted = `"${checkPath(path).replace(/"/g, '\\"')}"`;
    if (content === undefined) {
      chunk.add(`D ${quoted}\n`);
    } else {
      chunk.add(`M 100644 inline ${quoted}\n`);
      chunk.addData(content);
    }
    if (chunk.bytes >= CHUNK_BYTES) {
      yield chunk.take();
    }
  }
  const none = '0'.repeat(40);
  chunk.add(`\nget-mark :1\nreset ${IMPORT_REF}\nfrom ${none}\n\ndone\n`);
  yield chunk.take();
}
