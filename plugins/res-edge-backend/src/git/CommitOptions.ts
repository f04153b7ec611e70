import { FileChange } from '@res-edge/backstage-plugin-res-edge-engine';
import { Person } from './Person';

/**
 * What to commit.
 *
 * @internal
 */
export interface CommitOptions {
  readonly branch: string;
  /** The commit that the new one follows; undefined for the first of a history. */
  readonly parent: string | undefined;
  /**
   * Where the branch must stand, if that is not the parent: for a branch that is proposed anew on a newer parent
   * (`{ commit: old }`), or begins at the parent (`{}`).
   */
  readonly expected?: { readonly commit?: string };
  readonly message: string;
  readonly author: Person;
  /** The author, where left out. */
  readonly committer?: Person;
  /** The clock, where left out. */
  readonly date?: Date;
  /**
   * Files to write, and to remove (no `content`). Removing a folder's path removes all below it; removing what is not
   * there does nothing. Of two changes of one path the later holds.
   */
  readonly changes: Iterable<FileChange> | AsyncIterable<FileChange>;
}
