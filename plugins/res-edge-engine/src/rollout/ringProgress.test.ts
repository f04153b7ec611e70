import fc from 'fast-check';
import { Bitmap } from '../bitmap';
import { ringProgress } from './ringProgress';
import { RolloutWorld } from './RolloutWorld';

const SIZE = 12;
const RING = { name: 'prod', success: '90%', failure: '10%' };

const set = fc
  .uniqueArray(fc.nat(SIZE - 1))
  .map(numbers => Bitmap.of(SIZE, numbers));

describe('the progress of a ring', () => {
  it('counts each cluster once, and tells those apart whose first report is awaited, which count as unreachable', () => {
    fc.assert(
      fc.property(
        fc.record({
          ...{ clusters: set, delivered: set, held: set, undeliverable: set },
          ...{ healthy: set, failed: set, unreachable: set, awaited: set },
        }),
        ({ clusters, delivered, held, undeliverable, ...reported }) => {
          reported.awaited.and(reported.unreachable);
          const world = (
            reports: RolloutWorld['reported'],
          ): Omit<RolloutWorld, 'reached'> => ({
            ...{ delivered, held, undeliverable, reported: reports },
            ...{ now: new Date(0), policy: { rings: [RING] } },
            clusters: new Map([['prod', clusters]]),
            openings: () => [],
          });
          const { awaited: _, ...others } = reported;
          const found = ringProgress(world(reported), RING);
          const { awaited, unreachable, ...rest } = found;
          const { needed: _needed, mayFail, clusters: all, ...states } = rest;
          expect(awaited).toBe(clusters.countCommon(reported.awaited));
          expect(
            Object.values(states).reduce((sum, each) => sum + each, 0) +
              awaited +
              unreachable,
          ).toBe(all);
          expect(ringProgress(world(others), RING)).toEqual({
            ...{ ...found, awaited: 0 },
            unreachable: unreachable + awaited,
          });
        },
      ),
    );
  });
});
