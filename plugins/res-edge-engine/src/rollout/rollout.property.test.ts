import fc from 'fast-check';
import { SimulatedFleet } from './__testUtils__/SimulatedFleet';
import { stores } from './__testUtils__/simulatedFleets';
import {
  checkGates,
  gatedPolicies as policies,
  gates,
  goodGates,
  patient,
} from './__testUtils__/simulatedGates';
import { RING_MOVES, ROLLOUT_MOVES } from './rolloutMoves';

const well = stores({ fails: fc.constant(false) });
const sick = stores({ fails: fc.boolean() });

/** How many more stores should be healthy of those that could have changed by now, or can soon. */
function missing(fleet: SimulatedFleet, name: string, i: number): number {
  const { world, hour } = fleet.steps[i];
  const { success = '95%', deferAfter = '24h' } = fleet.policy.rings.find(
    each => each.name === name,
  )!;
  const isDeferred = (store: number) => {
    const { open } = fleet.stores[store];
    const soon = Array.from(
      { length: parseInt(deferAfter, 10) + 1 },
      (_, later) => (hour + later) % 24,
    );
    return (
      !world.delivered.has(store) &&
      open.length > 0 &&
      !soon.some(each => open.includes(each))
    );
  };
  const counted = [...world.clusters.get(name)!].filter(
    store =>
      !world.reported?.unreachable.has(store) &&
      !isDeferred(store) &&
      (world.delivered.has(store) || !world.undeliverable?.has(store)),
  );
  const healthy = counted.filter(
    store =>
      world.delivered.has(store) &&
      (!world.reported || world.reported.healthy.has(store)),
  );
  const share = parseInt(`${success}`, 10) / 100;
  return Math.ceil(counted.length * share) - healthy.length;
}

/** All that a step may and may not do, seen from outside. */
function checkSteps(fleet: SimulatedFleet): void {
  checkGates(fleet);
  /** The hour of the last batch, by release and ring. */
  const batches = new Map<string, number>();
  for (const [i, step] of fleet.steps.entries()) {
    const { world, rollout, moves, promoted, changed } = step;
    for (const { ring: name, from, to } of moves) {
      const table = name === undefined ? ROLLOUT_MOVES : RING_MOVES;
      expect(table.map(move => [move.from, move.to])).toContainEqual([
        from,
        to,
      ]);
    }
    const phaseOf = (name: string) =>
      rollout.rings.find(each => each.name === name)!.phase;
    for (const name of promoted) {
      const before = fleet.policy.rings.slice(
        0,
        fleet.policy.rings.findIndex(each => each.name === name),
      );
      for (const former of before)
        expect(['done', 'skipped']).toContain(phaseOf(former.name));
    }
    for (const { ring: name, to, cause } of moves)
      if (to === 'done' && cause.startsWith('It has soaked'))
        expect(missing(fleet, name!, i)).toBeLessThanOrEqual(0);
    const last = fleet.steps[i - 1]?.rollout ?? rollout;
    const before = last.release === rollout.release ? last : rollout;
    for (const [name, clusters] of world.clusters) {
      const own = changed.filter(store => clusters.has(store));
      const came = own.filter(store => step.has[store] === rollout.release);
      // Nothing changes while its store is open for business.
      for (const store of own) expect(world.held.has(store)).toBe(false);
      const { atOnce = '10%', batchDelay = '0h' } = fleet.policy.rings.find(
        each => each.name === name,
      )!;
      if (['rolling', 'soaking'].includes(phaseOf(name))) {
        const most =
          typeof atOnce === 'number'
            ? atOnce
            : Math.max(
                1,
                Math.ceil((clusters.count() * parseInt(atOnce, 10)) / 100),
              );
        expect(came.length).toBeLessThanOrEqual(most);
        if (came.length > 0) {
          const key = `${rollout.release} ${name}`;
          const since = step.hour - (batches.get(key) ?? -Infinity);
          expect(since).toBeGreaterThanOrEqual(parseInt(batchDelay, 10));
          batches.set(key, step.hour);
        }
        for (const store of came)
          expect(world.reported?.unreachable.has(store) ?? false).toBe(false);
      }
      if (['paused', 'stopped', 'aborted'].includes(before.phase))
        expect(came).toEqual([]);
    }
  }
}

describe('a rollout', () => {
  it('ends with the release everywhere, where all is well (demand 13)', () => {
    fc.assert(
      fc.property(patient, well, fc.boolean(), (shown, fleet, reports) => {
        const { policy } = shown;
        const inRings = fleet.map(store => ({
          ...store,
          ring: store.ring % policy.rings.length,
        }));
        const world = new SimulatedFleet(policy, inRings, {
          ...{ reports, people: true, gates: shown.gates },
        });
        world.run(30 * 24);
        checkSteps(world);
        expect(world.rollout.phase).toBe('done');
        expect([...world.delivered]).toEqual([...world.here]);
      }),
      { numRuns: 100 },
    );
  });

  it('ends although nothing can be delivered to some, which get it once that is over', () => {
    const never = fc.constantFrom<readonly [number, number]>(
      ...[[0, 0] as const, [0, 40 * 24] as const, [9, 40 * 24] as const],
    );
    const fleets = stores({ fails: fc.constant(false), undeliverable: never });
    fc.assert(
      fc.property(patient, fleets, (shown, fleet) => {
        const { policy, gates: states } = shown;
        // In each ring there is one that can get it.
        const good = policy.rings.map((_, ring) => ({
          ...{ ring, open: [], onlineFrom: 0, fails: false, delay: 1 },
          ...{ joins: 0, undeliverable: [0, 0] as const },
        }));
        const inRings = fleet.map(store => ({
          ...store,
          ring: store.ring % policy.rings.length,
        }));
        const world = new SimulatedFleet(policy, [...inRings, ...good], {
          ...{ reports: true, people: true, gates: states },
        });
        world.run(40 * 24 - 1);
        checkSteps(world);
        expect(world.rollout.phase).toBe('done');
        world.run(26);
        expect([...world.delivered]).toEqual([...world.here]);
      }),
      { numRuns: 100 },
    );
  });

  it('keeps its rules, and comes to rest, whatever fails (demands 3, 12, 15)', () => {
    fc.assert(
      fc.property(
        policies,
        sick,
        fc.boolean(),
        gates,
        (policy, fleet, people, shown) => {
          const inRings = fleet.map(store => ({
            ...store,
            ring: store.ring % policy.rings.length,
          }));
          const world = new SimulatedFleet(policy, inRings, {
            ...{ reports: true, people, gates: shown },
          });
          world.run(20 * 24);
          checkSteps(world);
          const settled = world.rollout;
          world.run(48);
          expect(world.rollout.phase).toBe(settled.phase);
          if (settled.phase !== 'rolled-back') return;
          expect(world.delivered.isEmpty()).toBe(true);
          expect([...new Set(world.reached.values())]).toEqual(['old']);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('takes the release back from everywhere when a person asks', () => {
    fc.assert(
      fc.property(policies, sick, fc.nat(60), (policy, fleet, hour) => {
        const world = new SimulatedFleet(
          policy,
          fleet.map(store => ({
            ...store,
            ring: store.ring % policy.rings.length,
          })),
          { reports: true, people: true },
        );
        world.run(hour);
        if (['rolling-back', 'rolled-back'].includes(world.rollout.phase))
          return;
        world.command('roll-back');
        world.run(96);
        checkSteps(world);
        expect(world.rollout.phase).toBe('rolled-back');
        expect(world.delivered.isEmpty()).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('brings a newer release in batches, whatever the one before has come to', () => {
    fc.assert(
      fc.property(
        ...[policies, sick, fc.nat(60), fc.boolean()],
        (policy, fleet, hour, isTakenBack) => {
          const inRings = fleet.map(store => ({
            ...store,
            ring: store.ring % policy.rings.length,
          }));
          const world = new SimulatedFleet(policy, inRings, {
            ...{ reports: true, people: true, gates: goodGates },
          });
          world.run(hour);
          const { phase } = world.rollout;
          if (isTakenBack && !['rolling-back', 'rolled-back'].includes(phase))
            world.command('roll-back');
          world.register('newer');
          world.run(20 * 24);
          checkSteps(world);
          expect(
            world.steps.filter(
              ({ has, rollout }) =>
                has.includes('newer') && rollout.release !== 'newer',
            ),
          ).toEqual([]);
          expect(world.past.map(({ release }) => release)).toEqual([
            'old',
            'new',
          ]);
          expect(world.rollout).toMatchObject({
            ...{ release: 'newer', phase: 'done' },
          });
          expect([...world.having('newer')]).toEqual([...world.here]);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('goes back to what was healthy in the ring, never to a release that was not', () => {
    fc.assert(
      fc.property(policies, sick, fc.nat(60), (policy, fleet, hour) => {
        const world = new SimulatedFleet(
          policy,
          fleet.map(store => ({
            ...store,
            ring: store.ring % policy.rings.length,
          })),
          { reports: true, people: true, gates: goodGates },
        );
        world.run(hour);
        const good = new Map(
          world.rollout.rings.map(({ name, phase }) => [
            name,
            (phase === 'done' ||
              (phase === 'soaking' && world.rollout.phase !== 'stopped')) &&
            !['rolling-back', 'rolled-back'].includes(world.rollout.phase)
              ? 'new'
              : 'old',
          ]),
        );
        world.register('newer');
        world.run(31);
        for (const [name, release] of world.reached)
          if (release !== 'newer') good.set(name, release!);
        world.command('roll-back');
        world.run(72);
        checkSteps(world);
        expect(world.rollout.phase).toBe('rolled-back');
        expect(world.reached).toEqual(good);
      }),
      { numRuns: 100 },
    );
  });

  it('gives the same for the same', () => {
    fc.assert(
      fc.property(policies, sick, (policy, fleet) => {
        const once = () => {
          const world = new SimulatedFleet(
            policy,
            fleet.map(store => ({
              ...store,
              ring: store.ring % policy.rings.length,
            })),
            { reports: true, people: true },
          );
          world.run(72);
          return JSON.stringify(world.steps.map(({ moves }) => moves));
        };
        expect(once()).toBe(once());
      }),
      { numRuns: 20 },
    );
  });
});
