import { Text } from '@backstage/ui';
import { ApplicationReach } from '@res-edge/backstage-plugin-res-edge-common';
import { Status, Time } from '../common';

/** What polling for newer versions does: the range, what it found last, and when it looked. */
export function PollState(props: {
  poll: NonNullable<ApplicationReach['poll']>;
}) {
  const { range, found, polledAt, error } = props.poll;
  return (
    <div>
      <Text variant="body-small" color="secondary">
        polls {range}
        {found !== undefined && `: ${found}`}
        {polledAt !== undefined && (
          <>
            {', '}
            <Time value={polledAt} />
          </>
        )}
      </Text>
      {error !== undefined && (
        <div title={error}>
          <Status tone="warning">polling failed</Status>
        </div>
      )}
    </div>
  );
}
