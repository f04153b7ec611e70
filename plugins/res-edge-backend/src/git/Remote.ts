import { BranchMove } from './refs';

/**
 * A server that holds the branches of which a repository keeps a copy.
 *
 * @internal
 */
export interface Remote {
  /**
   * Brings the copy's refs to what the server has, in the folders that Res-Edge writes, and main.
   *
   * @throws GitError where the server cannot be read; also where it has no main any more
   */
  fetch(folder: string): Promise<void>;

  /**
   * Moves branches on the server, each from the commit that is expected. Where that fails for one, the others move
   * nevertheless.
   *
   * @returns why those did not move that did not
   * @throws GitError where nobody knows what moved: the next fetch tells
   */
  push(
    folder: string,
    moves: readonly BranchMove[],
  ): Promise<ReadonlyMap<BranchMove, Error>>;

  /** Deletes archived histories that stand where they are expected. */
  deleteArchives(
    folder: string,
    archives: ReadonlyMap<string, string>,
  ): Promise<void>;
}
