import {
  access,
  lstat,
  mkdir,
  readdir,
  readFile,
  writeFile,
} from 'node:fs/promises';
import { dirname, posix } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError, isError } from '@backstage/errors';

/** The names under which kustomize looks for its file. */
const KUSTOMIZATIONS = [
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
];

/** What the data service takes at once. */
const MAX_FILES = 500;
const MAX_BYTES = 900_000;

/**
 * The folder that a task works in. Every path is relative to it, with `/`, and cannot lead out of it.
 *
 * @internal
 */
export class Workspace {
  constructor(private readonly root: string) {}

  /** The path in its shortest form. */
  normalize(path: string): string {
    return posix.normalize(path);
  }

  /** A path that is relative to a file, relative to the workspace. */
  beside(file: string, path: string): string {
    return posix.join(posix.dirname(file), path);
  }

  /** The text of a file; undefined where there is none. */
  async read(path: string): Promise<string | undefined> {
    try {
      return await readFile(this.#resolve(path), 'utf8');
    } catch (error) {
      if (isError(error) && error.code === 'ENOENT') {
        return undefined;
      }
      throw error;
    }
  }

  /**
   * The texts of a file, or of all files of a folder, by their paths in the workspace.
   *
   * @throws InputError where nothing is there, or there is a link, something that is no UTF-8 text, or more than
   * manifests are
   */
  async readAll(path: string): Promise<Map<string, string>> {
    const texts = new Map<string, string>();
    let bytes = 0;
    const visit = async (file: string): Promise<void> => {
      const target = this.#resolve(file);
      const stat = await lstat(target).catch(() => undefined);
      if (!stat) {
        throw new InputError(`${file} is not in the workspace`);
      }
      if (stat.isDirectory()) {
        for (const name of (await readdir(target)).sort()) {
          if (name !== '.git') await visit(posix.join(file, name));
        }
        return;
      }
      if (!stat.isFile()) {
        throw new InputError(`${file} is no regular file`);
      }
      bytes += stat.size;
      if (texts.size >= MAX_FILES || bytes > MAX_BYTES) {
        throw new InputError(
          `${path} is too large for manifests: at most ${MAX_FILES} files and ${MAX_BYTES} bytes are allowed`,
        );
      }
      texts.set(file, decode(file, await readFile(target)));
    };
    await visit(posix.normalize(path).replace(/\/$/, ''));
    return texts;
  }

  async hasKustomization(folder: string): Promise<boolean> {
    for (const name of KUSTOMIZATIONS) {
      if (await this.#exists(posix.join(folder, name))) {
        return true;
      }
    }
    return false;
  }

  /**
   * The path of a file that is not there yet.
   *
   * @throws InputError where it is there
   */
  async unused(folder: string, file: string): Promise<string> {
    const path = posix.join(folder, file);
    if (await this.#exists(path)) {
      throw new InputError(
        `${path} exists already, and its folder has no kustomization.yaml: add one, or name another source`,
      );
    }
    return path;
  }

  async write(files: ReadonlyMap<string, string>): Promise<void> {
    for (const [path, text] of files) {
      const target = this.#resolve(path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text);
    }
  }

  async #exists(path: string): Promise<boolean> {
    const target = this.#resolve(path);
    try {
      await access(target);
      return true;
    } catch {
      return false;
    }
  }

  #resolve(path: string): string {
    return resolveSafeChildPath(this.root, path);
  }
}

function decode(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(`${file} is no UTF-8 text`);
  }
}
