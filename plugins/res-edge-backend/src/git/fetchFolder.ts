import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InputError, NotFoundError } from '@backstage/errors';
import { checkPath } from './checkPath';
import { createRepository } from './createRepository';
import { isFile, listTree, TreeEntry } from './listTree';
import { networkEnvironment } from './networkEnvironment';
import { readBlobs } from './readBlobs';
import { runGit } from './runGit';

/** What is read of a Git server. @internal */
export interface FetchOptions {
  readonly url: string;
  /** A branch, a tag, or a whole commit where the server gives those. */
  readonly revision: string;
  /** The folder; the root where left out. */
  readonly folder?: string;
  /** Of each request. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of the folder. */
  readonly maxFiles: number;
  /** Of one file; larger ones do not even come. */
  readonly maxFileBytes: number;
}

const COMMIT = 'refs/res-edge/source';
const TIMEOUT_MILLISECONDS = 120_000;

/**
 * The files of a folder of another repository, as they are at a revision; nothing of it stays on this machine.
 *
 * @throws InputError where the folder holds what is no plain file, or too much; NotFoundError where it is not there
 * @internal
 */
export async function fetchFolder(
  options: FetchOptions,
): Promise<{ commit: string; files: Map<string, Buffer> }> {
  const parent = await mkdtemp(path.join(tmpdir(), 'res-edge-source-'));
  try {
    const repository = path.join(parent, 'source.git');
    await createRepository(repository, 'main');
    return await fetchInto(repository, options);
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}

async function fetchInto(repository: string, options: FetchOptions) {
  const { url, revision, headers, maxFileBytes, maxFiles } = options;
  await runGit({
    folder: repository,
    args: [
      ...['fetch', '--quiet', '--depth=1', '--no-tags'],
      ...['--no-write-fetch-head', '--no-recurse-submodules'],
      // A server that knows no filter sends all.
      `--filter=blob:limit=${maxFileBytes + 1}`,
      '--',
      url,
      `+${revision}:${COMMIT}`,
    ],
    environment: networkEnvironment(headers),
    timeoutMilliseconds: TIMEOUT_MILLISECONDS,
  });
  const { stdout } = await runGit({
    folder: repository,
    args: ['rev-parse', '--verify', `${COMMIT}^{commit}`],
  });
  const commit = stdout.toString('latin1').trim();
  const folder = cleanFolder(options.folder);
  const entries = await listTree(repository, commit, folder ? [folder] : []);
  checkEntries(entries, folder, maxFiles);
  const tooLarge = new InputError(
    `a file in '${folder || '.'}' has more than ${maxFileBytes} bytes`,
  );
  const hashes = entries.map(({ hash }) => hash);
  // What the filter kept away is not here, and is not asked for: the server is reached by no other command.
  const blobs = await readBlobs(repository, hashes).catch(() => {
    throw tooLarge;
  });
  const files = new Map<string, Buffer>();
  for (const entry of entries) {
    const content = blobs.get(entry.hash);
    if (!content || content.length > maxFileBytes) throw tooLarge;
    files.set(pathBelow(entry, folder), content);
  }
  return { commit, files };
}

/** Without `./` and a slash at the end; empty for the root. */
function cleanFolder(folder = '.'): string {
  const clean = path.posix.normalize(folder).replace(/\/$/, '');
  return clean === '.' ? '' : checkPath(clean);
}

function pathBelow({ path: file }: TreeEntry, folder: string): string {
  return folder === '' ? file : file.slice(folder.length + 1);
}

function checkEntries(
  entries: readonly TreeEntry[],
  folder: string,
  maxFiles: number,
): void {
  const [first] = entries;
  if (!first) throw new NotFoundError(`there is no folder '${folder || '.'}'`);
  if (entries.length > maxFiles) {
    throw new InputError(
      `'${folder || '.'}' has ${
        entries.length
      } files; at most ${maxFiles} are allowed`,
    );
  }
  for (const entry of entries) {
    if (entry.path === folder) {
      throw new InputError(`'${folder}' is no folder`);
    }
    if (!isFile(entry)) {
      const kind = entry.mode === '160000' ? 'submodule' : 'symbolic link';
      throw new InputError(
        `'${entry.path}' is a ${kind}; only plain files are allowed`,
      );
    }
  }
}
