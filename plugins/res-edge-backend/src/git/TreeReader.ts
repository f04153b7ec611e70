import { isFile, TreeEntry } from './listTree';
import { GitRepository } from './GitRepository';

/**
 * The content of a file with its hash. Shared between readers: not to be written to.
 *
 * @internal
 */
export interface TreeFile {
  readonly hash: string;
  readonly content: Buffer;
}

const DEFAULT_CACHE_BYTES = 64 * 1024 * 1024;

/**
 * Reads the files of commits, and keeps contents by hash: reading a branch again after a small change reads just what
 * changed. What was not used for longest goes first when the cache is full.
 *
 * @internal
 */
export class TreeReader {
  /** The least recently used first. */
  readonly #cache = new Map<string, Buffer>();
  #cachedBytes = 0;

  static create(options: {
    repository: Pick<GitRepository, 'list' | 'readBlobs'>;
    maxCacheBytes?: number;
  }): TreeReader {
    return new TreeReader(
      options.repository,
      options.maxCacheBytes ?? DEFAULT_CACHE_BYTES,
    );
  }

  private constructor(
    private readonly repository: Pick<GitRepository, 'list' | 'readBlobs'>,
    private readonly maxCacheBytes: number,
  ) {}

  /** The files of a commit whose path satisfies the predicate, ordered by path. Links and submodules are left out. */
  async readTree(
    commit: string,
    predicate: (path: string) => boolean,
  ): Promise<Map<string, TreeFile>> {
    const entries = (await this.repository.list(commit)).filter(
      entry => isFile(entry) && predicate(entry.path),
    );
    const contents = await this.#contentsOf(entries);
    return new Map(
      entries.map(({ path, hash }) => [
        path,
        { hash, content: contents.get(hash)! },
      ]),
    );
  }

  async #contentsOf(
    entries: readonly TreeEntry[],
  ): Promise<Map<string, Buffer>> {
    const contents = new Map<string, Buffer>();
    const missing: string[] = [];
    for (const hash of new Set(entries.map(entry => entry.hash))) {
      const cached = this.#cache.get(hash);
      if (cached) {
        this.#cache.delete(hash);
        this.#cache.set(hash, cached);
        contents.set(hash, cached);
      } else {
        missing.push(hash);
      }
    }
    for (const [hash, content] of await this.repository.readBlobs(missing)) {
      contents.set(hash, content);
      this.#keep(hash, content);
    }
    return contents;
  }

  #keep(hash: string, content: Buffer): void {
    if (this.#cache.has(hash)) {
      return;
    }
    this.#cache.set(hash, content);
    this.#cachedBytes += content.length;
    for (const [oldest, { length }] of this.#cache) {
      if (this.#cachedBytes <= this.maxCacheBytes) {
        break;
      }
      this.#cache.delete(oldest);
      this.#cachedBytes -= length;
    }
  }
}
