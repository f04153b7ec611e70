import { Person } from './Person';
import { runGit } from './runGit';

/**
 * Writes a commit of a tree that exists. Moves no ref.
 *
 * @internal
 */
export async function commitTree(options: {
  readonly folder: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Person;
  readonly committer: Person;
  readonly date: Date;
}): Promise<string> {
  const { folder, tree, parents, message, author, committer, date } = options;
  const time = `${Math.floor(date.getTime() / 1000)} +0000`;
  const { stdout } = await runGit({
    folder,
    args: [
      'commit-tree',
      tree,
      ...parents.flatMap(parent => ['-p', parent]),
      '-F',
      '-',
    ],
    input: message,
    environment: {
      GIT_AUTHOR_NAME: author.name,
      GIT_AUTHOR_EMAIL: author.email,
      GIT_AUTHOR_DATE: time,
      GIT_COMMITTER_NAME: committer.name,
      GIT_COMMITTER_EMAIL: committer.email,
      GIT_COMMITTER_DATE: time,
    },
  });
  return stdout.toString('latin1').trim();
}
