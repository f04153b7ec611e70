import fs from 'node:fs';
import path from 'node:path';
import { UsageError } from '../UsageError';

const { O_CREAT, O_NOFOLLOW, O_TRUNC, O_WRONLY } = fs.constants;

/**
 * Writes and removes files below a folder, and nowhere else: paths do not leave it, and links in it are not followed.
 *
 * @internal
 */
export class SafeWriter {
  /** Folders that are known to be there, and no links. */
  private readonly checked = new Set<string>();

  private constructor(private readonly root: string) {}

  static create(root: string): SafeWriter {
    fs.mkdirSync(root, { recursive: true });
    return new SafeWriter(root);
  }

  write(file: string, content: string | Uint8Array): void {
    this.ensureFolder(path.posix.dirname(checkPath(file)));
    const target = path.join(this.root, file);
    try {
      fs.writeFileSync(target, content, {
        flag: O_CREAT | O_TRUNC | O_WRONLY | O_NOFOLLOW,
      } as unknown as fs.WriteFileOptions);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOOP') throw error;
      throw linkError(file);
    }
  }

  /** Takes a file away, and the folders that are empty then. */
  remove(file: string): void {
    const folder = path.posix.dirname(checkPath(file));
    if (!fs.existsSync(path.join(this.root, folder))) return;
    this.ensureFolder(folder);
    fs.rmSync(path.join(this.root, file), { force: true });
    for (let empty = folder; empty.includes('/'); ) {
      try {
        fs.rmdirSync(path.join(this.root, empty));
      } catch {
        return;
      }
      this.checked.delete(empty);
      empty = path.posix.dirname(empty);
    }
  }

  private ensureFolder(folder: string): void {
    if (folder === '.' || this.checked.has(folder)) return;
    this.ensureFolder(path.posix.dirname(folder));
    const target = path.join(this.root, folder);
    try {
      fs.mkdirSync(target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (!fs.lstatSync(target).isDirectory()) throw linkError(folder);
    }
    this.checked.add(folder);
  }
}

/** The engine makes no other paths; that nothing is written elsewhere is seen here, too. */
function checkPath(file: string): string {
  const parts = file.split('/');
  if (
    parts.some(part => part === '' || part === '.' || part === '..') ||
    /[\\\0]/.test(file)
  ) {
    throw new Error(`the path ${JSON.stringify(file)} is not allowed`);
  }
  return file;
}

function linkError(file: string): UsageError {
  return new UsageError(
    `'${file}' in --out is a link or no folder; nothing is written through it`,
  );
}
