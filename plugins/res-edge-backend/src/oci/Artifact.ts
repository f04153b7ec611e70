import { createHash } from 'node:crypto';

/** A file of an artifact. @internal */
export interface ArtifactFile {
  readonly path: string;
  /** Of the blob in Git: the same where the content is. */
  readonly hash: string;
}

/** What a cluster, or all clusters of a shard, read, as one artifact. @internal */
export interface Artifact {
  /** Below the configured address. */
  readonly repository: string;
  readonly files: readonly ArtifactFile[];
  /** Says what is in it, and nothing else: see {@link contentKey}. */
  readonly content: string;
}

/** Where an artifact comes from. @internal */
export interface ArtifactOrigin {
  readonly branch: string;
  readonly commit: string;
  /** When it was committed. */
  readonly date: Date;
  /** The Git repository, where it is known. */
  readonly url?: string;
}

/** Grows where the same files are packed in another way. */
const FORMAT = 1;

/** What is the same where an artifact would hold the same files: from the names of contents in Git, nothing is read. @internal */
export function contentKey(files: readonly ArtifactFile[]): string {
  const hash = createHash('sha256').update(`${FORMAT}\n`);
  for (const { path, hash: content } of files) {
    hash.update(`${content} ${path}\n`);
  }
  return hash.digest('hex');
}
