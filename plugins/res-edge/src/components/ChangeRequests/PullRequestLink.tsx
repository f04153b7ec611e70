import { Link } from '@backstage/ui';
import { PullRequest } from '@res-edge/backstage-plugin-res-edge-common';

/** Where a change request is reviewed, and how it stands there. */
export function PullRequestLink(props: { pullRequest: PullRequest }) {
  const { number, url, state } = props.pullRequest;
  return (
    <Link href={url} target="_blank" rel="noreferrer" variant="body-small">
      pull request #{number}, {state}
    </Link>
  );
}
