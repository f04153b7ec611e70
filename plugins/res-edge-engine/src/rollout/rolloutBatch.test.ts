import { Bitmap } from '../bitmap';
import { advanceRollout } from './advanceRollout';
import { rolloutBatch } from './rolloutBatch';
import { RolloutWorld } from './RolloutWorld';
import { Rollout } from './Rollout';

const NOW = new Date('2026-11-24T10:00:00Z');
const since = NOW.toISOString();
const set = (...numbers: number[]) => Bitmap.of(8, numbers);

it('a rollout is taken back whatever became of the rings of its policy meanwhile', () => {
  const back: Rollout = {
    ...{ application: 'imdb', release: 'new', version: '2.0.0', since },
    phase: 'rolling-back',
    rings: [
      { name: 'beta', phase: 'rolling', before: 'old', since },
      { name: 'prod', phase: 'waiting', before: 'old', since },
    ],
  };
  const renamed: RolloutWorld = {
    now: NOW,
    policy: { rings: [{ name: 'alpha' }, { name: 'prod' }] },
    reached: new Map([
      ['alpha', 'old'],
      ['prod', 'old'],
    ]),
    clusters: new Map([
      ['alpha', set(0, 1, 2, 3)],
      ['prod', set(4, 5, 6, 7)],
    ]),
    ...{ delivered: set(), held: set(), openings: () => [] },
  };
  expect([...rolloutBatch(back, renamed).held]).toEqual([]);
  expect(advanceRollout(back, renamed).rollout.phase).toBe('rolled-back');
});
