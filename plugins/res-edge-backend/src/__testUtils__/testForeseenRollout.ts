import { startRollout } from '@res-edge/backstage-plugin-res-edge-engine';
import { ForeseenRollout } from '../service/RolloutQuestion';

const AT = '2026-11-20T10:00:00.000Z';

/** A rollout that just begins, as it would be seen for no time at all. @internal */
export function testForeseenRollout(application: string): ForeseenRollout {
  const ring = { name: 'prod', phase: 'waiting' } as const;
  return {
    rollout: startRollout({
      ...{ application, release: '0123456789ab', version: '1.4.2' },
      rings: new Map([['prod', undefined]]),
      now: new Date(AT),
    }),
    ...{ from: AT, until: AT },
    rings: [{ ...ring, clusters: 1 }],
    hours: [
      {
        at: AT,
        rings: [
          {
            ...ring,
            versions: [{ version: '1.4.1', clusters: 1 }],
            ...{ healthy: 0, failed: 0, deferred: 0, unreachable: 0 },
          },
        ],
      },
    ],
    moves: [],
    arrivalOn: () => undefined,
    waitsFor: "Ring 'prod' is still waiting then",
  };
}
