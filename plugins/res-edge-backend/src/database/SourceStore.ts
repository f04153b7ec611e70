/** Texts of files, by their paths. @internal */
export type SourceFiles = ReadonlyMap<string, string>;

/**
 * Manifests and patches that the API was given, for applications that have no file they could stand beside. Each is
 * kept under the digest of what is in it, and so never changes.
 *
 * @internal
 */
export interface SourceStore {
  /** Keeps the files, where they are not kept yet; gives their digest. */
  put(files: SourceFiles, actor: string): Promise<string>;

  /** The files of a digest; undefined where there are none. */
  get(digest: string): Promise<SourceFiles | undefined>;

  /**
   * Forgets what was stored last up to that time and no entity of the inventory names; says how many sources that were.
   */
  expire(until: Date): Promise<number>;
}
