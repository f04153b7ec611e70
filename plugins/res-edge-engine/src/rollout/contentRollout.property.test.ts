import fc from 'fast-check';
import { Bitmap } from '../bitmap';
import { openingsOf } from './__testUtils__/openingsOf';
import { HOUR, SimulatedStore } from './__testUtils__/SimulatedFleet';
import { policies, stores } from './__testUtils__/simulatedFleets';
import {
  advanceContent,
  contentBatch,
  ContentWorld,
  followContent,
} from './contentRollout';
import { Rollout } from './Rollout';
import { RING_MOVES, ROLLOUT_MOVES } from './rolloutMoves';
import { RolloutPace } from './RolloutPace';

const canDeliver = (
  { undeliverable: [from, until] = [0, 0] }: SimulatedStore,
  hour: number,
) => hour < from || hour >= until;
const START = Date.UTC(2026, 0, 5);
const OPTIONS = { subject: 'namespaces/bar', release: 'new' };

/** Plays content that main holds through a fleet, hour by hour; gives when each store got it, and the moves. */
function play(
  policy: RolloutPace,
  fleet: readonly SimulatedStore[],
  hours: number,
) {
  const size = fleet.length;
  const where = (test: (store: SimulatedStore, i: number) => boolean) =>
    Bitmap.of(
      size,
      fleet.flatMap((store, i) => (test(store, i) ? [i] : [])),
    );
  const since = new Map<number, number>();
  const rings = policy.rings.map(({ name }) => name);
  let rollout: Rollout = followContent(undefined, {
    ...{ ...OPTIONS, rings, now: new Date(START) },
  }).rollout!;
  const moves: [string, string, string | undefined][] = [];
  const came: { hour: number; store: number; rollout: Rollout }[] = [];
  for (let hour = 0; hour < hours; hour++) {
    const knows = (store: SimulatedStore, i: number) =>
      Math.max(since.get(i) ?? Infinity, store.onlineFrom) + store.delay <=
      hour;
    const isOpen = ({ open }: SimulatedStore) =>
      open.length === 0 || open.includes(hour % 24);
    const world: ContentWorld = {
      ...{ now: new Date(START + hour * HOUR), policy },
      clusters: new Map(
        rings.map((name, ring) => [
          name,
          where(store => store.ring === ring && store.joins <= hour),
        ]),
      ),
      delivered: where((_, i) => since.has(i)),
      held: where(store => !isOpen(store)),
      // As the delivery before has found.
      undeliverable: where(store => !canDeliver(store, hour - 1)),
      openings: () => openingsOf(fleet, START + hour * HOUR),
      reported: {
        healthy: where((store, i) => !store.fails && knows(store, i)),
        failed: where((store, i) => store.fails && knows(store, i)),
        unreachable: where(store => store.onlineFrom > hour),
      },
    };
    const next = advanceContent(rollout, world);
    moves.push(
      ...next.moves.map(
        ({ from, to, ring }): [string, string, string | undefined] => [
          from,
          to,
          ring,
        ],
      ),
    );
    const batch = contentBatch(next.rollout, world);
    rollout = batch.rollout;
    for (const [i, store] of fleet.entries()) {
      const isThere = store.joins <= hour && !since.has(i);
      if (!isThere || !isOpen(store) || !canDeliver(store, hour)) continue;
      if (batch.held.has(i) && rollout.phase !== 'done') continue;
      since.set(i, hour);
      came.push({ hour, store: i, rollout });
    }
  }
  return { rollout, moves, came };
}

const spread = (policy: RolloutPace, fleet: readonly SimulatedStore[]) =>
  fleet.map(store => ({ ...store, ring: store.ring % policy.rings.length }));
const withoutApproval = (policy: RolloutPace): RolloutPace => ({
  ...policy,
  rings: policy.rings.map(ring => ({ ...ring, approval: false })),
});

describe('content that goes through rings', () => {
  it('comes to no ring before those before it are done, and to no store after it stopped', () => {
    fc.assert(
      fc.property(
        policies,
        stores({ fails: fc.boolean() }),
        (policy, unspread) => {
          const fleet = spread(policy, unspread);
          const { moves, came, rollout } = play(policy, fleet, 20 * 24);
          for (const [from, to, ring] of moves) {
            const table = ring === undefined ? ROLLOUT_MOVES : RING_MOVES;
            expect(table.map(move => [move.from, move.to])).toContainEqual([
              from,
              to,
            ]);
          }
          for (const { store, rollout: then } of came) {
            const before = then.rings.slice(0, fleet[store].ring);
            expect(before.every(({ phase }) => phase === 'done')).toBe(true);
            expect(['running', 'done']).toContain(then.phase);
          }
          // Whatever the policy says: what it was before is not there any more.
          expect(rollout.phase).not.toBe('rolled-back');
        },
      ),
      { numRuns: 100 },
    );
  });

  it('ends everywhere, where all is well', () => {
    fc.assert(
      fc.property(
        policies,
        stores({ fails: fc.constant(false) }),
        (policy, unspread) => {
          const fleet = spread(policy, unspread);
          const { came, rollout } = play(
            withoutApproval(policy),
            fleet,
            30 * 24,
          );
          expect(rollout.phase).toBe('done');
          expect(came).toHaveLength(fleet.length);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('makes way for other content in whatever state it is', () => {
    const now = new Date(START);
    const first = followContent(undefined, { ...OPTIONS, rings: ['all'], now });
    expect(first).toMatchObject({ begins: true });
    const same = { ...OPTIONS, rings: ['all'], now };
    expect(followContent(first.rollout, same)).toEqual({
      ...{ rollout: first.rollout, begins: false },
    });
    const other = followContent(
      { ...first.rollout!, phase: 'stopped' },
      { ...same, release: 'newer' },
    );
    expect(other.rollout).toMatchObject({ release: 'newer', phase: 'running' });
    expect(other.overtaken!.moves).toEqual([
      {
        ...{ at: now.toISOString(), from: 'stopped', to: 'overtaken' },
        cause: 'Main holds another content',
      },
    ]);
  });
});
