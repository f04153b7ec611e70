import { advanceSet, heldBySet, SetMember } from '../advanceSet';
import { RolloutPhase } from '../Rollout';
import { Arrivals } from './Arrivals';
import { countHour } from './countHour';
import { PlayedRollout } from './PlayedRollout';
import {
  RolloutSimulationInput,
  SimulatedHour,
  SimulatedRollout,
} from './SimulatedRollout';
import { whyNotDone } from './whyNotDone';

const HOUR = 60 * 60_000;

/**
 * Plays a rollout with an assumed fleet, as the plan loop drives it with the real one: the same state machine, asked as often.
 * Those that are promoted together with it are played beside it. Moments at which nothing can happen are passed over.
 *
 * @public
 */
export class RolloutSimulation {
  readonly #played: PlayedRollout;
  readonly #others: readonly PlayedRollout[];
  /** The next moment to look at. */
  #time: number;
  #hour: number;
  #until: number;

  private constructor(
    private readonly input: RolloutSimulationInput,
    together: readonly RolloutSimulationInput[],
  ) {
    this.#played = new PlayedRollout(input);
    this.#others = together.map(other => new PlayedRollout(other));
    this.#time = input.from.getTime();
    this.#hour = this.#time;
    this.#until = input.until.getTime();
  }

  /** @param together - rollouts that are promoted together with it, from the same time on by the same policy */
  static create(
    input: RolloutSimulationInput,
    together: readonly RolloutSimulationInput[] = [],
  ): RolloutSimulation {
    return new RolloutSimulation(input, together);
  }

  /** As far as it was played. */
  get phase(): RolloutPhase {
    return this.#played.rollout.phase;
  }

  /** When each cluster is told to run the release, as far as it was played. */
  get arrivals(): Arrivals {
    return this.#played.arrivals;
  }

  /**
   * Plays until the next hour begins, and says how it stands then; undefined at the end.
   *
   * @throws CalendarError where a length of time in the policy is none
   */
  next(): SimulatedHour | undefined {
    while (this.#time < this.#hour) this.step();
    // What comes to rest within an hour is shown at its end.
    if (this.#hour - HOUR >= this.#until) return undefined;
    const hour = countHour(this.input, this.#played.fleet, {
      rollout: this.#played.rollout,
      time: this.#hour,
      held: this.#played.heldAt(this.#hour),
    });
    this.#hour += HOUR;
    return hour;
  }

  /** What became of it so far. */
  result(): SimulatedRollout {
    const { policy, clusters, shown } = this.input;
    const { rollout, moves, everywhere } = this.#played;
    const ringOf = (name: string) =>
      rollout.rings.find(ring => ring.name === name);
    const moved = (name: string, ...to: string[]) =>
      moves.find(move => move.ring === name && to.includes(move.to))?.at;
    const isDone = rollout.phase === 'done';
    const last = everywhere.get(undefined);
    return {
      rollout,
      until: new Date(this.#until).toISOString(),
      ...(last !== undefined && { everywhereAt: last }),
      rings: policy.rings.map(({ name }) => {
        const own = clusters.get(name);
        const startsAt = moved(name, 'rolling');
        const endsAt = moved(name, 'done', 'skipped');
        const everywhereAt = everywhere.get(name);
        return {
          name,
          clusters: (own && (shown?.countCommon(own) ?? own.count())) ?? 0,
          phase: ringOf(name)?.phase ?? 'waiting',
          ...(startsAt !== undefined && { startsAt }),
          ...(endsAt !== undefined && { endsAt }),
          ...(everywhereAt !== undefined && { everywhereAt }),
        };
      }),
      moves,
      ...(!isDone && {
        waitsFor: whyNotDone(this.#played, this.#others),
      }),
    };
  }

  private step(): void {
    const time = this.#time;
    if (time > this.#until) {
      this.#time = Infinity;
      return;
    }
    const all = [this.#played, ...this.#others];
    const before = all.map(({ rollout }) => rollout);
    for (const { fleet } of all) fleet.hear(time);
    advance(all, time);
    const changed = deliver(all, time);
    if (changed || all.some(({ rollout }, i) => rollout !== before[i])) {
      this.#time = time + this.input.frequency;
      return;
    }
    const next = all.every(one => one.isAtRest())
      ? Infinity
      : Math.min(...all.map(one => one.nextEvent(time)));
    if (next > this.#until) {
      // Nothing happens any more within the time; at rest it ends here.
      if (next === Infinity) this.#until = time;
      this.#time = Infinity;
      return;
    }
    const { from, frequency } = this.input;
    const steps = Math.ceil((next - from.getTime()) / frequency);
    this.#time = Math.max(time + frequency, from.getTime() + steps * frequency);
  }
}

/** As far as they come. */
function advance(all: readonly PlayedRollout[], time: number): void {
  const worlds = all.map(one => one.worldAt(time));
  for (let again = true; again; ) {
    again = false;
    const advanced = advanceSet(membersOf(all, worlds));
    for (const [i, one] of all.entries())
      if (one.take(advanced[i], time)) again = true;
  }
}

/** Tells clusters what main says, as far as they may change; whether any does. */
function deliver(all: readonly PlayedRollout[], time: number): boolean {
  const worlds = all.map(one => one.worldAt(time));
  const waiting = heldBySet(membersOf(all, worlds));
  const changed = all.map((one, i) => one.deliver(time, waiting[i]));
  return changed.includes(true);
}

function membersOf(
  all: readonly PlayedRollout[],
  worlds: readonly SetMember['world'][],
): SetMember[] {
  return all.map(({ rollout }, i) => ({ rollout, world: worlds[i] }));
}
