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
export interface CommitToImport {
  readonly parent: string | undefined;
  /** The tree that the changes are made to, where the commit has no parent. */
  readonly tree?: string;
  readonly message: string;
  readonly author: Person;
  readonly committer: Person;
  readonly date: Date;
  readonly changes: Iterable<FileChange> | AsyncIterable<FileChange>;
}

/**
 * A commit that was written.
 *
 * @internal
 */
export interface ImportedCommit {
  readonly commit: string;
  /** Whether its files are those of its parent. */
  readonly unchanged: boolean;
}

const CHUNK_BYTES = 256 * 1024;

/** After so much, one process takes no more commits: what it wrote becomes visible at its end. */
const BATCH_BYTES = 32 * 1024 * 1024;

/** A ref that only exists inside the import: it is deleted before git could write it. */
const IMPORT_REF = 'refs/res-edge/import';
const NO_COMMIT = '0'.repeat(40);

/** Collects small pieces: millions of them are slow to hand on one by one. */
class Chunk {
  #buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  bytes = 0;

  add(piece: string | Uint8Array): void {
    // No character takes more than three bytes for each of its units.
    const length = typeof piece === 'string' ? piece.length * 3 : piece.length;
    this.#makeRoom(length);
    if (typeof piece === 'string') {
      this.bytes += this.#buffer.write(piece, this.bytes);
    } else {
      this.#buffer.set(piece, this.bytes);
      this.bytes += piece.length;
    }
  }

  addData(content: string | Uint8Array): void {
    const length =
      typeof content === 'string' ? Buffer.byteLength(content) : content.length;
    this.add(`data ${length}\n`);
    this.add(content);
    this.add('\n');
  }

  take(): Buffer {
    const taken = this.#buffer.subarray(0, this.bytes);
    this.#buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    this.bytes = 0;
    return taken;
  }

  #makeRoom(length: number): void {
    if (this.bytes + length <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.bytes + length));
    this.#buffer.copy(larger, 0, 0, this.bytes);
    this.#buffer = larger;
  }
}

/**
 * Writes commits with one `git fast-import`, and moves no ref. Changes are taken as fast as git takes them, so that
 * branches of any size pass through in little memory.
 *
 * @param next - the next commit to write; not asked again once it gave undefined, or the process has had its share
 * @returns what was written, in the same order
 * @throws InputError where a path is not allowed; then nothing is written
 * @internal
 */
export async function importCommits(
  folder: string,
  next: () => Promise<CommitToImport | undefined>,
): Promise<ImportedCommit[]> {
  const parents: (string | undefined)[] = [];
  const { stdout } = await runGit({
    folder,
    args: ['fast-import', '--quiet', '--done', '--date-format=raw'],
    input: commandsOf(next, parents),
    onFailure: pid =>
      // What the report says stands in the error, too.
      rm(join(folder, `fast_import_crash_${pid}`), { force: true }),
  });
  const lines = stdout.toString('latin1').split('\n');
  let at = 0;
  return parents.map(parent => {
    const commit = lines[at++];
    if (parent === undefined) return { commit, unchanged: false };
    const [before, after] = [lines[at++], lines[at++]];
    return { commit, unchanged: before === after };
  });
}

async function* commandsOf(
  next: () => Promise<CommitToImport | undefined>,
  parents: (string | undefined)[],
): AsyncGenerator<Buffer> {
  const chunk = new Chunk();
  let bytes = 0;
  while (bytes < BATCH_BYTES) {
    const commit = await next();
    if (!commit) break;
    const mark = parents.push(commit.parent);
    begin(chunk, mark, commit);
    for await (const change of commit.changes) {
      addChange(chunk, change);
      if (chunk.bytes >= CHUNK_BYTES / 2) {
        bytes += chunk.bytes;
        yield chunk.take();
      }
    }
    end(chunk, mark, commit);
  }
  chunk.add('done\n');
  yield chunk.take();
}

function begin(chunk: Chunk, mark: number, commit: CommitToImport): void {
  const { author, committer, date, message, parent, tree } = commit;
  const time = `${Math.floor(date.getTime() / 1000)} +0000`;
  chunk.add(`commit ${IMPORT_REF}\nmark :${mark}\n`);
  chunk.add(`author ${author.name} <${author.email}> ${time}\n`);
  chunk.add(`committer ${committer.name} <${committer.email}> ${time}\n`);
  chunk.addData(message);
  if (parent !== undefined) chunk.add(`from ${parent}\n`);
  else if (tree !== undefined) chunk.add(`M 040000 ${tree} ""\n`);
}

function addChange(chunk: Chunk, { path, content }: FileChange): void {
  const quoted = `"${checkPath(path).replace(/"/g, '\\"')}"`;
  if (content === undefined) {
    chunk.add(`D ${quoted}\n`);
  } else {
    chunk.add(`M 100644 inline ${quoted}\n`);
    chunk.addData(content);
  }
}

/** Asks for the commit's hash and, where it has a parent, for both trees. */
function end(chunk: Chunk, mark: number, { parent }: CommitToImport): void {
  chunk.add(`\nget-mark :${mark}\n`);
  if (parent !== undefined) chunk.add(`ls ${parent} ""\nls :${mark} ""\n`);
  chunk.add(`reset ${IMPORT_REF}\nfrom ${NO_COMMIT}\n\n`);
}
