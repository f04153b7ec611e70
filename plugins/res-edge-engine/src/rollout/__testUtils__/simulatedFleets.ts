import fc from 'fast-check';
import { RingPace, RolloutPace } from '../RolloutPace';
import { SimulatedStore } from './SimulatedFleet';

const RINGS = ['beta', 'pilot', 'prod'];
const hours = fc.constantFrom(undefined, '1h', '3h', '26h');
const ring = fc.record({
  atOnce: fc.constantFrom(undefined, 1, 3, '20%', '100%'),
  success: fc.constantFrom(undefined, '50%', '100%'),
  failure: fc.constantFrom(undefined, '0%', 1, '20%'),
  soak: hours,
  batchDelay: hours,
  deferAfter: hours,
  approval: fc.constantFrom(undefined, false, true),
});
/** Rollouts of one ring to three. */
export const policies: fc.Arbitrary<RolloutPace> = fc
  .record({
    rings: fc.array(ring, { minLength: 1, maxLength: 3 }),
    onFailure: fc.constantFrom<RolloutPace['onFailure'][]>(
      undefined,
      'stop',
      'rollBack',
    ),
  })
  .map(({ rings, onFailure }) => ({
    rings: rings.map((each, i): RingPace => ({ name: RINGS[i], ...each })),
    onFailure,
  }));

const NEVER: readonly [number, number] = [0, 0];
const undeliverable = fc.oneof(
  fc.constant(NEVER),
  fc.constantFrom<readonly [number, number]>([0, 30], [5, 8], [12, 70]),
);

/** A small fleet, not yet spread over as many rings as there are. */
export const stores = (options: {
  fails: fc.Arbitrary<boolean>;
  /** Where left out, what cannot be delivered can be later. */
  undeliverable?: fc.Arbitrary<readonly [number, number]>;
}) =>
  fc.array(
    fc.record<SimulatedStore>({
      ring: fc.nat(2),
      open: fc.constantFrom<readonly number[]>([], [2, 3], [22], [0, 12]),
      onlineFrom: fc.constantFrom(0, 0, 0, 5, 40),
      fails: options.fails,
      delay: fc.constantFrom(1, 1, 2),
      joins: fc.constantFrom(0, 0, 0, 0, 7, 30),
      leaves: fc.constantFrom(undefined, undefined, undefined, 9, 40),
      moves: fc.option(
        fc.record({ at: fc.constantFrom(2, 8, 33, 90), ring: fc.nat(2) }),
        { nil: undefined, freq: 2 },
      ),
      undeliverable: options.undeliverable ?? undeliverable,
    }),
    { minLength: 1, maxLength: 12 },
  );
