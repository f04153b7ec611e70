import { NotFoundError } from '@backstage/errors';
import { startRollout } from '@res-edge/backstage-plugin-res-edge-engine';
import { RolloutHistory, RolloutStore, StoredRollout } from '../database';

const rollout = startRollout({
  ...{ application: 'imdb', release: '0123456789ab', version: '1.4.2' },
  rings: new Map([['prod', undefined]]),
  now: new Date('2026-11-20T10:00Z'),
});
const stored: StoredRollout = {
  ...{ id: 'r1', startedAt: rollout.since, rollout },
};

/** One rollout of imdb, `r1`, that has just begun; in its history each application has one. @internal */
export function createTestRollouts(): Omit<RolloutStore, 'save'> &
  RolloutHistory {
  return {
    latest: async () => [stored],
    get: async id => {
      if (id === stored.id) return stored;
      throw new NotFoundError(`There is no rollout '${id}'`);
    },
    moves: async () => [],
    history: async application => ({
      items: [{ ...stored, rollout: { ...rollout, application }, turns: [] }],
    }),
    gateReadings: async () => [],
    lastMoves: async () => new Map(),
  };
}
