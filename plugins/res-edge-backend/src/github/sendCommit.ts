import { isUtf8 } from 'node:buffer';
import {
  ChangedEntry,
  changedEntries,
  GitRepository,
  RawCommit,
  readBlobs,
  readCommit,
} from '../git';
import { GitHubClient } from './createGitHubClient';

/** GitHub was seen to fail with more than two or three hundred, or more than two and a half megabytes. */
const MAX_ITEMS = 100;
const MAX_BYTES = 1_000_000;

type Repository = { owner: string; repo: string };
type TreeItem = {
  path: string;
  mode: '100644' | '100755' | '120000';
  type: 'blob';
} & ({ content: string } | { sha: string | null });

/**
 * Sends a commit, whose parent GitHub has, through the Git Data API: trees with their contents inline, a bounded number
 * of files at a time, each on top of the one before. Contents that the parent has somewhere are not sent.
 *
 * @returns the commit there, of the same tree
 * @internal
 */
export async function sendCommit(
  client: GitHubClient,
  where: Repository,
  folder: string,
  commit: string,
): Promise<string> {
  const raw = await readCommit(folder, commit);
  const [parent] = raw.parents;
  let tree = (await readCommit(folder, parent)).tree;
  for await (const items of chunksOf(client, where, folder, parent, commit)) {
    const { data } = await client.git.createTree({
      ...where,
      base_tree: tree,
      tree: items as never,
    });
    tree = data.sha;
  }
  if (tree !== raw.tree)
    throw new Error(
      `GitHub made tree ${tree} of commit ${commit}, whose tree is ${raw.tree}`,
    );
  return createCommit(client, where, raw);
}

async function createCommit(
  client: GitHubClient,
  where: Repository,
  { tree, parents, author, committer, message }: RawCommit,
): Promise<string> {
  const signature = (of: RawCommit['author']) => ({
    name: of.name,
    email: of.email,
    date: of.date.toISOString(),
  });
  const { data } = await client.git.createCommit({
    ...where,
    message,
    tree,
    parents: [...parents],
    author: signature(author),
    committer: signature(committer),
  });
  return data.sha;
}

async function* chunksOf(
  client: GitHubClient,
  where: Repository,
  folder: string,
  parent: string,
  commit: string,
): AsyncGenerator<TreeItem[]> {
  const entries = await changedEntries(folder, parent, commit);
  const repository = await GitRepository.open(folder);
  const known = new Set(
    (await repository.list(parent)).map(({ hash }) => hash),
  );
  const contents = await readBlobs(
    folder,
    entries.flatMap(({ hash }) => (hash && !known.has(hash) ? [hash] : [])),
  );
  let items: TreeItem[] = [];
  let bytes = 0;
  for (const entry of entries) {
    const content = entry.hash && contents.get(entry.hash);
    const inline = content && isUtf8(content) && content.length <= MAX_BYTES;
    const size = inline ? content.length : 0;
    if (items.length === MAX_ITEMS || bytes + size > MAX_BYTES) {
      yield items;
      items = [];
      bytes = 0;
    }
    if (content && !inline) {
      await client.git.createBlob({
        ...where,
        content: content.toString('base64'),
        encoding: 'base64',
      });
    }
    items.push(itemOf(entry, inline ? content : undefined));
    bytes += size;
  }
  if (items.length > 0) yield items;
}

function itemOf(
  { path, mode, hash }: ChangedEntry,
  content?: Buffer,
): TreeItem {
  const entry = { path, mode: mode as '100644', type: 'blob' as const };
  return content
    ? { ...entry, content: content.toString('utf8') }
    : { ...entry, sha: hash ?? null };
}
