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
  /**
   * Re-roots the branch: the commit begins a history of its own with the parent's files, and the parent stays under
   * this name, see {@link GitRepository.archives}.
   */
  readonly archive?: string;
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
  /** Commits where nothing changes too: for what a message alone says. */
  readonly allowEmpty?: boolean;
}

/**
 * What happens on the way of many commits.
 *
 * @internal
 */
export interface CommitHooks<T extends CommitOptions = CommitOptions> {
  /** Asked before branches move; throws where this process may not write any more. */
  readonly beforeMove?: () => Promise<void>;
  /** Told where each branch stands now. */
  readonly onMoved?: (options: T, commit: string) => void;
}
