import { ApplicationReach } from '@res-edge/backstage-plugin-res-edge-common';

/** A source that is polled, in vain the last time. */
export const pollSample: ApplicationReach['poll'] = {
  range: '~1.0',
  found: 'v1.0.1',
  polledAt: '2026-01-01T00:00:00Z',
  error: 'the registry is not there',
};
