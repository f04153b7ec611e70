import { Person } from './Person';

/**
 * What to merge.
 *
 * @internal
 */
export interface MergeOptions {
  readonly branch: string;
  readonly into: string;
  /** Where the branches must stand, for a merge of just what somebody has read. */
  readonly expected?: { readonly branch?: string; readonly into?: string };
  readonly message: string;
  readonly author: Person;
  readonly committer?: Person;
  readonly date?: Date;
}

/**
 * Whether two branches merge, and where not.
 *
 * @internal
 */
export interface MergeCheck {
  readonly mergeable: boolean;
  readonly conflicts: readonly string[];
}
