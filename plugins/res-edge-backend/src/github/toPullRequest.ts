import { PullRequest } from '../automation/PullRequests';

/** What GitHub tells of a pull request, in a list or alone. */
interface GitHubPull {
  number: number;
  node_id: string;
  html_url: string;
  state: string;
  title: string;
  body: string | null;
  head: { ref: string };
  base: { ref: string };
  labels: { name?: string }[];
  auto_merge: object | null;
  merged_at: string | null;
  merged_by?: { login: string } | null;
  merge_commit_sha: string | null;
}

/** @internal */
export function toPullRequest(pull: GitHubPull): PullRequest {
  const merged = pull.merged_at ?? undefined;
  return {
    number: pull.number,
    nodeId: pull.node_id,
    url: pull.html_url,
    state: merged ? 'merged' : (pull.state as 'open' | 'closed'),
    branch: pull.head.ref,
    base: pull.base.ref,
    title: pull.title,
    text: pull.body ?? '',
    labels: pull.labels.map(({ name = '' }) => name),
    autoMerge: pull.auto_merge !== null,
    mergedAt: merged === undefined ? undefined : new Date(merged),
    mergedBy: pull.merged_by?.login,
    mergeCommit: merged && (pull.merge_commit_sha ?? undefined),
  };
}
