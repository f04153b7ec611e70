import { Bitmap } from '../../bitmap';
import { RolloutWish } from '../advanceRollout';
import { advanceSet, heldBySet } from '../advanceSet';
import { commandRollout, RolloutCommand } from '../commandRollout';
import { followRelease } from '../followRelease';
import { GateReading, GateState } from '../GateReading';
import { Rollout, RolloutMove } from '../Rollout';
import { openingsOf } from './openingsOf';
import { rolloutBatch } from '../rolloutBatch';
import { RolloutPace } from '../RolloutPace';
import { RolloutWorld } from '../RolloutWorld';
import { startRollout } from '../startRollout';

export const HOUR = 60 * 60_000;
const START = Date.UTC(2026, 0, 5);

/** One store of the simulated fleet. */
export interface SimulatedStore {
  ring: number;
  /** Hours of the day in which it may change; all where empty. */
  open: readonly number[];
  /** It is offline before this hour. */
  onlineFrom: number;
  /** Whether the release `new` fails there. */
  fails: boolean;
  /** Hours until it reports. */
  delay: number;
  /** It is there from this hour on. */
  joins: number;
  /** It is not there any more from this hour on; it stays where left out. */
  leaves?: number;
  /** From this hour on it is in another ring. */
  moves?: { readonly at: number; readonly ring: number };
  /** From this hour until that one nothing can be delivered to it, which the delivery finds out. */
  undeliverable?: readonly [number, number];
}

/** Whether it is there at an hour. */
export function isThere({ joins, leaves }: SimulatedStore, hour: number) {
  return joins <= hour && (leaves === undefined || hour < leaves);
}

/** The ring that it is in at an hour, of so many. */
export function ringAt(
  { ring, moves }: SimulatedStore,
  hour: number,
  rings: number,
): number {
  return (moves && hour >= moves.at ? moves.ring : ring) % rings;
}

/** How each gate of a ring is read, hour by hour; the last state stays. */
export type SimulatedGates = Readonly<Record<string, readonly GateState[]>>;

/** A step as it was seen, for what must hold. */
export interface Step {
  hour: number;
  world: RolloutWorld;
  rollout: Rollout;
  moves: readonly RolloutMove[];
  promoted: readonly string[];
  changed: readonly number[];
  /** What each store has afterwards. */
  has: readonly string[];
}

/** Plays a release through a small fleet, hour by hour, as the backend would. */
export class SimulatedFleet {
  readonly steps: Step[] = [];
  readonly reached: Map<string, string | undefined>;
  /** What came to an end, or was overtaken. */
  readonly past: Rollout[] = [];
  rollout: Rollout;
  hour = 0;
  /** What each store is told to run, and since when. */
  private readonly told: { release: string; since: number }[];

  constructor(
    readonly policy: RolloutPace,
    readonly stores: readonly SimulatedStore[],
    private readonly options: {
      reports: boolean;
      people: boolean;
      /** By the name of the gate. */
      gates?: SimulatedGates;
    },
  ) {
    this.told = stores.map(() => ({ release: 'old', since: -Infinity }));
    this.reached = new Map(policy.rings.map(({ name }) => [name, 'old']));
    const old = startRollout({
      ...{ application: 'imdb', release: 'old', version: 'old' },
      ...{ rings: this.reached, now: this.now },
    });
    this.register('new');
    this.rollout = this.follow({
      ...{ ...old, phase: 'done' },
      rings: old.rings.map(ring => ({ ...ring, phase: 'done' })),
    });
  }

  get now(): Date {
    return new Date(START + this.hour * HOUR);
  }

  isOpen(store: number): boolean {
    const { open } = this.stores[store];
    return open.length === 0 || open.includes(this.hour % 24);
  }

  private canDeliver({ undeliverable }: SimulatedStore, hour: number) {
    const [from, until] = undeliverable ?? [0, 0];
    return hour < from || hour >= until;
  }

  /** Stores that are told to run it. */
  having(release: string): Bitmap {
    return this.where(
      (store, i) =>
        this.told[i].release === release && isThere(store, this.hour),
    );
  }

  /** Stores that are there. */
  get here(): Bitmap {
    return this.where(store => isThere(store, this.hour));
  }

  private where(test: (store: SimulatedStore, i: number) => boolean): Bitmap {
    return Bitmap.of(
      this.stores.length,
      this.stores.flatMap((store, i) => (test(store, i) ? [i] : [])),
    );
  }

  get delivered(): Bitmap {
    return this.having(this.rollout.release);
  }

  /** As a release comes to the first ring that people register. */
  register(release: string): void {
    this.reached.set(this.policy.rings[0].name, release);
  }

  /** Half an hour before each step somebody has read it. */
  gateState(gate: string, hour: number): GateState {
    const states = this.options.gates?.[gate] ?? [];
    return states[Math.min(hour, states.length - 1)] ?? 'no-data';
  }

  private readGate(gate: string): GateReading {
    const state = this.gateState(gate, this.hour);
    let first = this.hour;
    while (first > 0 && this.gateState(gate, first - 1) === state) first -= 1;
    const readAt = (hour: number) =>
      new Date(START + hour * HOUR - HOUR / 2).toISOString();
    return {
      ...{ state, message: state },
      ...{ since: readAt(first), at: readAt(this.hour) },
    };
  }

  command(command: RolloutCommand): void {
    const actor = 'user:default/ann';
    this.rollout = commandRollout(
      this.rollout,
      { command, actor },
      this.now,
    ).rollout;
  }

  world(): RolloutWorld {
    const where = this.where.bind(this);
    const { rings } = this.policy;
    const clusters = new Map(
      rings.map(({ name }, ring) => [
        name,
        where(store => ringAt(store, this.hour, rings.length) === ring).and(
          this.here,
        ),
      ]),
    );
    const { release } = this.rollout;
    const knows = (store: SimulatedStore, i: number) =>
      this.told[i].release === release &&
      Math.max(this.told[i].since, store.onlineFrom) + store.delay <= this.hour;
    const fails = (store: SimulatedStore) => store.fails && release === 'new';
    return {
      now: this.now,
      policy: this.policy,
      reached: new Map(this.reached),
      clusters,
      delivered: this.deliveredIn(clusters),
      held: where((_, i) => !this.isOpen(i)),
      // As the delivery before has found.
      undeliverable: where(store => !this.canDeliver(store, this.hour - 1)),
      gate: (_, { name }) => this.readGate(name),
      openings: () => openingsOf(this.stores, this.now.getTime()),
      ...(this.options.reports && {
        reported: {
          healthy: where((store, i) => !fails(store) && knows(store, i)),
          failed: where((store, i) => fails(store) && knows(store, i)),
          unreachable: where(store => store.onlineFrom > this.hour),
        },
      }),
    };
  }

  /** What a store has of another ring than its own is on its way, but while that is taken back. */
  private deliveredIn(clusters: RolloutWorld['clusters']): Bitmap {
    const { release, phase } = this.rollout;
    const delivered = this.having(release);
    if (phase !== 'rolling-back')
      for (const [name, own] of clusters)
        if (this.reached.get(name) !== release) delivered.andNot(own);
    return delivered;
  }

  step(): Step {
    return SimulatedFleet.stepSet([this])[0];
  }

  /** One hour of applications that are promoted together. */
  static stepSet(fleets: readonly SimulatedFleet[]): Step[] {
    const seen = fleets.map(fleet => {
      fleet.rollout = fleet.follow(fleet.rollout);
      const moves: RolloutMove[] = [];
      const promoted: string[] = [];
      return { fleet, world: fleet.world(), moves, promoted };
    });
    for (let again = true; again; ) {
      again = false;
      const advanced = advanceSet(
        seen.map(({ fleet, world }) => ({
          rollout: fleet.rollout,
          world: { ...world, reached: new Map(fleet.reached) },
        })),
      );
      for (const [i, { fleet, moves, promoted }] of seen.entries()) {
        moves.push(...advanced[i].moves);
        fleet.rollout = advanced[i].rollout;
        if (fleet.fulfil(advanced[i].wishes, promoted)) again = true;
      }
    }
    // What was taken back makes way at once.
    for (const fleet of fleets) fleet.rollout = fleet.follow(fleet.rollout);
    const worlds = fleets.map(fleet => fleet.world());
    const waiting = heldBySet(
      fleets.map(({ rollout }, i) => ({ rollout, world: worlds[i] })),
    );
    return seen.map(({ fleet, moves, promoted }, i) =>
      fleet.deliver(worlds[i], waiting[i], { moves, promoted }),
    );
  }

  /** Whether main is another one now. */
  private fulfil(wishes: readonly RolloutWish[], promoted: string[]): boolean {
    let changed = false;
    for (const { ring, release, approval } of wishes) {
      if (approval) {
        if (this.options.people) this.command('promote');
        changed = this.options.people;
        continue;
      }
      if (release === this.rollout.release) promoted.push(ring);
      this.reached.set(ring, release);
      changed = true;
    }
    return changed;
  }

  private deliver(
    last: RolloutWorld,
    waiting: Bitmap,
    { moves, promoted }: Pick<Step, 'moves' | 'promoted'>,
  ): Step {
    const { rollout, held } = rolloutBatch(this.rollout, last);
    this.rollout = rollout;
    const changed: number[] = [];
    for (const [name, clusters] of last.clusters) {
      const wanted = this.reached.get(name)!;
      for (const store of clusters) {
        if (this.told[store].release === wanted) continue;
        if (last.held.has(store) || held.has(store)) continue;
        if (waiting.has(store)) continue;
        if (!this.canDeliver(this.stores[store], this.hour)) continue;
        changed.push(store);
        this.told[store] = { release: wanted, since: this.hour };
      }
    }
    const has = this.told.map(({ release }) => release);
    const step = {
      ...{ hour: this.hour, world: last, rollout, moves, promoted },
      ...{ changed, has },
    };
    this.steps.push(step);
    this.hour += 1;
    return step;
  }

  private follow(known: Rollout): Rollout {
    const { rollout, begins, overtaken } = followRelease(known, {
      application: 'imdb',
      reached: this.reached,
      versionOf: release => release,
      now: this.now,
    });
    if (begins) this.past.push(overtaken?.rollout ?? known);
    return rollout!;
  }

  run(hours: number): void {
    for (let i = 0; i < hours; i++) this.step();
  }
}
