/** A manifest in a repository of the registry. @internal */
export interface PushedManifest {
  /** Below the registry's address. */
  readonly repository: string;
  readonly digest: string;
}

/** A manifest that nobody needs any more. @internal */
export interface ExpiredManifest extends PushedManifest {
  /** Nothing is delivered to the repository any more, so that what is newest goes, too. */
  readonly isLeft: boolean;
}

/**
 * Keeps what was pushed to one registry, so that this, and nothing else, can be deleted there. It does not say what the
 * registry has.
 *
 * @internal
 */
export interface ArtifactStore {
  /** Notes what is about to be pushed; when it was pushed before is forgotten. */
  note(
    manifests: readonly (PushedManifest & { tag: string })[],
    at: Date,
  ): Promise<void>;

  /** Notes which repositories were left: since that time, where they were not before. */
  noteWanted(wanted: ReadonlySet<string>, at: Date): Promise<void>;

  /**
   * What was replaced by a newer one, or whose repository was left, up to that time; by repository.
   *
   * @param options - `after`: what was given last
   */
  expired(
    until: Date,
    options: { limit: number; after?: PushedManifest },
  ): Promise<ExpiredManifest[]>;

  /** The tags with which manifests of a repository were pushed. */
  tags(repository: string): Promise<ReadonlySet<string>>;

  /** It is not in the registry any more. */
  forget(manifest: PushedManifest): Promise<void>;
}
