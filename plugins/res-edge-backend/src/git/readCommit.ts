import { checkCommit } from './checkRef';
import { Person } from './Person';
import { runGit } from './runGit';

/**
 * A commit as git writes it. Those of Res-Edge are in UTC, and neither signed nor encoded in any way.
 *
 * @internal
 */
export interface RawCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Person & { readonly date: Date };
  readonly committer: Person & { readonly date: Date };
  /** To the last line end. */
  readonly message: string;
}

/**
 * Reads one commit.
 *
 * @internal
 */
export async function readCommit(
  folder: string,
  commit: string,
): Promise<RawCommit> {
  const { stdout } = await runGit({
    folder,
    args: ['cat-file', 'commit', checkCommit(commit)],
  });
  const text = stdout.toString('utf8');
  const end = text.indexOf('\n\n');
  const headers = text.slice(0, end).split('\n');
  const valuesOf = (name: string) =>
    headers
      .filter(header => header.startsWith(`${name} `))
      .map(header => header.slice(name.length + 1));
  return {
    tree: valuesOf('tree')[0],
    parents: valuesOf('parent'),
    author: signatureOf(valuesOf('author')[0]),
    committer: signatureOf(valuesOf('committer')[0]),
    message: text.slice(end + 2),
  };
}

function signatureOf(value: string): Person & { date: Date } {
  const [, name, email, seconds] = /^(.*) <(.*)> (\d+) \S+$/.exec(value)!;
  return { name, email, date: new Date(Number(seconds) * 1000) };
}
