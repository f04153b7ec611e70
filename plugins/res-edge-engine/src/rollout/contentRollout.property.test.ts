import fc from 'fast-check';
import {
  doneBefore,
  OPTIONS,
  playContent,
  START,
} from './__testUtils__/playContent';
import { ringAt, SimulatedStore } from './__testUtils__/SimulatedFleet';
import { policies, stores } from './__testUtils__/simulatedFleets';
import { commandRollout } from './commandRollout';
import { followContent } from './contentRollout';
import { RING_MOVES, ROLLOUT_MOVES } from './rolloutMoves';
import { RolloutPace } from './RolloutPace';

const spread = (policy: RolloutPace, fleet: readonly SimulatedStore[]) =>
  fleet.map(store => ({ ...store, ring: store.ring % policy.rings.length }));
/** Those that do not leave. */
const staying = (fleet: readonly SimulatedStore[]) =>
  fleet.flatMap(({ leaves }, i) => (leaves === undefined ? [i] : []));
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
          const { moves, came, rollout } = playContent(policy, fleet, 20 * 24);
          for (const [from, to, ring] of moves) {
            const table = ring === undefined ? ROLLOUT_MOVES : RING_MOVES;
            expect(table.map(move => [move.from, move.to])).toContainEqual([
              from,
              to,
            ]);
          }
          for (const { hour, store, rollout: then } of came) {
            const ring = ringAt(fleet[store], hour, policy.rings.length);
            const before = then.rings.slice(0, ring);
            expect(before.every(({ phase }) => phase === 'done')).toBe(true);
            expect(['running', 'done']).toContain(then.phase);
          }
          // Whatever the policy says: it has been nothing before.
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
          const { has, rollout } = playContent(
            withoutApproval(policy),
            fleet,
            30 * 24,
          );
          expect(rollout.phase).toBe('done');
          expect(has.sort((a, b) => a - b)).toEqual(staying(fleet));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('goes back everywhere, where the policy says so and it has been something before', () => {
    let back = 0;
    fc.assert(
      fc.property(
        policies,
        stores({ fails: fc.boolean() }),
        (policy, unspread) => {
          const fleet = spread(policy, unspread);
          const rings = policy.rings.map(({ name }) => name);
          const { moves, came, went, rollout, has } = playContent(
            { ...policy, onFailure: 'rollBack' },
            fleet,
            20 * 24,
            doneBefore(rings),
          );
          for (const [from, to, ring] of moves) {
            const table = ring === undefined ? ROLLOUT_MOVES : RING_MOVES;
            expect(table.map(move => [move.from, move.to])).toContainEqual([
              from,
              to,
            ]);
          }
          for (const { hour, store } of [...came, ...went]) {
            const { open } = fleet[store];
            expect(open.length === 0 || open.includes(hour % 24)).toBe(true);
          }
          for (const { rollout: then } of came)
            expect(['running', 'done']).toContain(then.phase);
          expect(rollout.phase).not.toBe('stopped');
          const turned = moves.some(([, to]) => to === 'rolling-back');
          back += Number(turned);
          const stay = new Set(staying(fleet));
          const numbers = (changes: readonly { store: number }[]) =>
            changes
              .map(({ store }) => store)
              .filter(store => stay.has(store))
              .sort();
          expect(numbers(went)).toEqual(turned ? numbers(came) : []);
          expect(turned ? rollout.phase : 'rolled-back').toBe('rolled-back');
          expect(turned ? has : []).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
    expect(back).toBeGreaterThan(10);
  });

  it('goes back to the last one that has been through all rings, and begins nothing by that', () => {
    const now = new Date(START);
    const options = { ...OPTIONS, rings: ['all'], now };
    const done = doneBefore(['all']);
    const first = followContent(done, options).rollout!;
    expect(first.rings).toMatchObject([{ before: 'old' }]);
    // What is overtaken never has been through all of them.
    const next = followContent(first, { ...options, release: 'newer' });
    expect(next.rollout!.rings).toMatchObject([{ before: 'old' }]);
    const back = commandRollout(
      next.rollout!,
      { command: 'roll-back', actor: 'user:default/ada' },
      now,
    ).rollout;
    for (const phase of ['rolling-back', 'rolled-back'] as const) {
      const known = { ...back, phase };
      const followed = followContent(known, { ...options, release: 'old' });
      expect(followed).toEqual({ rollout: known, begins: false });
      expect(
        followContent(known, { ...options, release: 'newest' }),
      ).toMatchObject({
        ...{ begins: true, rollout: { rings: [{ before: 'old' }] } },
        ...(phase === 'rolling-back' && {
          overtaken: { moves: [{ from: phase, to: 'rolled-back' }] },
        }),
      });
    }
    // A person puts it on main again.
    expect(
      followContent(
        { ...back, phase: 'rolled-back' },
        { ...options, release: 'newer' },
      ),
    ).toMatchObject({ begins: true, rollout: { phase: 'running' } });
    expect(() =>
      commandRollout(
        followContent(undefined, options).rollout!,
        { command: 'roll-back', actor: 'user:default/ada' },
        now,
      ),
    ).toThrow('No content before it has been through all rings');
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
