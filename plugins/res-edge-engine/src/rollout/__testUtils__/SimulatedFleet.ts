import { Bitmap } from '../../bitmap';
import { advanceRollout } from '../advanceRollout';
import { commandRollout, RolloutCommand } from '../commandRollout';
import { Rollout, RolloutMove } from '../Rollout';
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
  /** Whether the release fails there. */
  fails: boolean;
  /** Hours until it reports. */
  delay: number;
  /** It is there from this hour on. */
  joins: number;
}

/** A step as it was seen, for what must hold. */
export interface Step {
  hour: number;
  world: RolloutWorld;
  rollout: Rollout;
  moves: readonly RolloutMove[];
  promoted: readonly string[];
  changed: readonly number[];
}

/** Plays a release through a small fleet, hour by hour, as the backend would. */
export class SimulatedFleet {
  readonly steps: Step[] = [];
  readonly delivered: Bitmap;
  readonly reached: Map<string, string | undefined>;
  rollout: Rollout;
  hour = 0;
  private readonly since = new Map<number, number>();

  constructor(
    readonly policy: RolloutPace,
    readonly stores: readonly SimulatedStore[],
    private readonly options: { reports: boolean; people: boolean },
  ) {
    this.delivered = Bitmap.empty(stores.length);
    const [first, ...others] = policy.rings.map(({ name }) => name);
    this.reached = new Map([[first, 'new']]);
    for (const name of others) this.reached.set(name, 'old');
    this.rollout = startRollout({
      application: 'imdb',
      release: 'new',
      version: '2.0.0',
      rings: this.reached,
      before: new Map([[first, 'old']]),
      now: this.now,
    });
  }

  get now(): Date {
    return new Date(START + this.hour * HOUR);
  }

  isOpen(store: number): boolean {
    const { open } = this.stores[store];
    return open.length === 0 || open.includes(this.hour % 24);
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
    const size = this.stores.length;
    const where = (test: (store: SimulatedStore, i: number) => boolean) =>
      Bitmap.of(
        size,
        this.stores.flatMap((store, i) => (test(store, i) ? [i] : [])),
      );
    const here = where(store => store.joins <= this.hour);
    const told = (i: number) => this.since.get(i) ?? Infinity;
    const knows = (store: SimulatedStore, i: number) =>
      Math.max(told(i), store.onlineFrom) + store.delay <= this.hour;
    return {
      now: this.now,
      policy: this.policy,
      reached: new Map(this.reached),
      clusters: new Map(
        this.policy.rings.map(({ name }, ring) => [
          name,
          where(store => store.ring === ring).and(here),
        ]),
      ),
      delivered: this.delivered.clone(),
      held: where((_, i) => !this.isOpen(i)),
      ...(this.options.reports && {
        reported: {
          healthy: where((store, i) => !store.fails && knows(store, i)),
          failed: where((store, i) => store.fails && knows(store, i)),
          unreachable: where(store => store.onlineFrom > this.hour),
        },
      }),
    };
  }

  step(): Step {
    const world = this.world();
    const moves: RolloutMove[] = [];
    const promoted: string[] = [];
    for (let again = true; again; ) {
      const at = { ...world, reached: new Map(this.reached) };
      const next = advanceRollout(this.rollout, at);
      this.rollout = next.rollout;
      moves.push(...next.moves);
      again = false;
      for (const { ring, release, approval } of next.wishes) {
        if (approval) {
          if (this.options.people) this.command('promote');
          again = this.options.people;
          continue;
        }
        if (release === 'new') promoted.push(ring);
        this.reached.set(ring, release);
        again = true;
      }
    }
    const last = { ...world, reached: new Map(this.reached) };
    const { rollout, held } = rolloutBatch(this.rollout, last);
    this.rollout = rollout;
    const changed: number[] = [];
    for (const [name, clusters] of last.clusters) {
      const wanted = this.reached.get(name) === 'new';
      for (const store of clusters) {
        const has = this.delivered.has(store);
        if (has === wanted || last.held.has(store)) continue;
        if (wanted && held.has(store)) continue;
        changed.push(store);
        if (wanted) this.delivered.add(store);
        else this.delivered.remove(store);
        if (wanted) this.since.set(store, this.hour);
        else this.since.delete(store);
      }
    }
    const step = {
      ...{ hour: this.hour, world: last, rollout, moves, promoted, changed },
    };
    this.steps.push(step);
    this.hour += 1;
    return step;
  }

  run(hours: number): void {
    for (let i = 0; i < hours; i++) this.step();
  }
}
