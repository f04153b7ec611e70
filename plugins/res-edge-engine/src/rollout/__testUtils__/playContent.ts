import { Bitmap } from '../../bitmap';
import {
  advanceContent,
  contentBatch,
  ContentWorld,
  followContent,
} from '../contentRollout';
import { Rollout } from '../Rollout';
import { RolloutPace } from '../RolloutPace';
import { openingsOf } from './openingsOf';
import { HOUR, isThere, ringAt, SimulatedStore } from './SimulatedFleet';

const canDeliver = (
  { undeliverable: [from, until] = [0, 0] }: SimulatedStore,
  hour: number,
) => hour < from || hour >= until;
export const START = Date.UTC(2026, 0, 5);
export const OPTIONS = { subject: 'namespaces/bar', release: 'new' };

/** The rollout of what was there before, which has been through all rings. */
export function doneBefore(rings: readonly string[]): Rollout {
  const { rollout } = followContent(undefined, {
    ...{ subject: 'namespaces/bar', release: 'old', rings },
    now: new Date(START),
  });
  return {
    ...{ ...rollout!, phase: 'done' },
    rings: rollout!.rings.map(ring => ({ ...ring, phase: 'done' })),
  };
}

/**
 * Plays content that main holds through a fleet, hour by hour; gives when each store got it or lost it, and the moves.
 *
 * @param had - stores that have it before it begins
 */
export function playContent(
  policy: RolloutPace,
  fleet: readonly SimulatedStore[],
  hours: number,
  before?: Rollout,
  { subject = OPTIONS.subject, had = [] as readonly number[] } = {},
) {
  const size = fleet.length;
  const where = (test: (store: SimulatedStore, i: number) => boolean) =>
    Bitmap.of(
      size,
      fleet.flatMap((store, i) => (test(store, i) ? [i] : [])),
    );
  const since = new Map(had.map(store => [store, 0]));
  const rings = policy.rings.map(({ name }) => name);
  let onMain = OPTIONS.release;
  let rollout: Rollout = followContent(before, {
    ...{ ...OPTIONS, subject, rings, now: new Date(START) },
  }).rollout!;
  const moves: [string, string, string | undefined][] = [];
  const came: { hour: number; store: number; rollout: Rollout }[] = [];
  const went: { hour: number; store: number }[] = [];
  for (let hour = 0; hour < hours; hour++) {
    const knows = (store: SimulatedStore, i: number) =>
      Math.max(since.get(i) ?? Infinity, store.onlineFrom) + store.delay <=
      hour;
    const isOpen = ({ open }: SimulatedStore) =>
      open.length === 0 || open.includes(hour % 24);
    const worldWith = (held: string): ContentWorld => ({
      ...{ onMain: held, now: new Date(START + hour * HOUR), policy },
      clusters: new Map(
        rings.map((name, ring) => [
          name,
          where(
            store =>
              ringAt(store, hour, rings.length) === ring &&
              isThere(store, hour),
          ),
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
    });
    let next = advanceContent(rollout, worldWith(onMain));
    const noted = [...next.moves];
    if (next.back !== undefined) {
      onMain = next.back;
      next = advanceContent(next.rollout, worldWith(onMain));
      noted.push(...next.moves);
    }
    moves.push(
      ...noted.map(
        ({ from, to, ring }): [string, string, string | undefined] => [
          from,
          to,
          ring,
        ],
      ),
    );
    const batch = contentBatch(next.rollout, worldWith(onMain));
    rollout = batch.rollout;
    for (const [i, store] of fleet.entries()) {
      if (!isThere(store, hour)) since.delete(i);
      if (!isThere(store, hour) || !isOpen(store)) continue;
      if (!canDeliver(store, hour)) continue;
      if (since.has(i) === (onMain === OPTIONS.release)) continue;
      if (batch.held.has(i) && rollout.phase !== 'done') continue;
      if (since.delete(i)) {
        went.push({ hour, store: i });
        continue;
      }
      since.set(i, hour);
      came.push({ hour, store: i, rollout });
    }
  }
  return { rollout, moves, came, went, has: [...since.keys()] };
}
