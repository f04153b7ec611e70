import { Bitmap } from '../../bitmap';
import { advanceRollout } from '../advanceRollout';
import { commandRollout } from '../commandRollout';
import { GateReading } from '../GateReading';
import { ringLimits } from '../ringLimits';
import { Rollout, RolloutMove, RolloutPhase } from '../Rollout';
import { rolloutBatch } from '../rolloutBatch';
import { RolloutWorld } from '../RolloutWorld';
import { Arrivals } from './Arrivals';
import { AssumedFleet } from './AssumedFleet';
import { countHour } from './countHour';
import {
  RolloutSimulationInput,
  SimulatedHour,
  SimulatedRollout,
} from './SimulatedRollout';
import { whyNotDone } from './whyNotDone';

const HOUR = 60 * 60_000;
/** Who says yes in a simulation. */
const PERSON = 'user:default/simulated';

/**
 * Plays a rollout with an assumed fleet, as the plan loop drives it with the real one: the same state machine, asked as often.
 * Moments at which nothing can happen are passed over.
 *
 * @public
 */
export class RolloutSimulation {
  /** When each cluster is told to run the release, as far as it was played. */
  readonly arrivals: Arrivals;
  readonly #fleet: AssumedFleet;
  readonly #reached: Map<string, string | undefined>;
  readonly #moves: RolloutMove[] = [];
  /** When the last cluster of each ring got the release; of all under no name. */
  readonly #everywhere = new Map<string | undefined, string>();
  /** Since when a person is asked, by ring. */
  readonly #asked = new Map<string, number>();
  #rollout: Rollout;
  /** The next moment to look at. */
  #time: number;
  #hour: number;
  #until: number;

  private constructor(private readonly input: RolloutSimulationInput) {
    this.arrivals = new Arrivals(input.delivered.size, input.from);
    this.#fleet = new AssumedFleet(input);
    this.#reached = new Map(input.reached);
    this.#rollout = input.rollout;
    this.#time = input.from.getTime();
    this.#hour = this.#time;
    this.#until = input.until.getTime();
  }

  static create(input: RolloutSimulationInput): RolloutSimulation {
    return new RolloutSimulation(input);
  }

  /** As far as it was played. */
  get phase(): RolloutPhase {
    return this.#rollout.phase;
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
    const hour = countHour(this.input, this.#fleet, {
      rollout: this.#rollout,
      time: this.#hour,
      held: this.heldAt(this.#hour),
    });
    this.#hour += HOUR;
    return hour;
  }

  /** What became of it so far. */
  result(): SimulatedRollout {
    const { policy, clusters, shown } = this.input;
    const ringOf = (name: string) =>
      this.#rollout.rings.find(ring => ring.name === name);
    const moved = (name: string, ...to: string[]) =>
      this.#moves.find(move => move.ring === name && to.includes(move.to))?.at;
    const isDone = this.#rollout.phase === 'done';
    const last = this.#everywhere.get(undefined);
    return {
      rollout: this.#rollout,
      until: new Date(this.#until).toISOString(),
      ...(last !== undefined && { everywhereAt: last }),
      rings: policy.rings.map(({ name }) => {
        const own = clusters.get(name);
        const startsAt = moved(name, 'rolling');
        const endsAt = moved(name, 'done', 'skipped');
        const everywhereAt = this.#everywhere.get(name);
        return {
          name,
          clusters: (own && (shown?.countCommon(own) ?? own.count())) ?? 0,
          phase: ringOf(name)?.phase ?? 'waiting',
          ...(startsAt !== undefined && { startsAt }),
          ...(endsAt !== undefined && { endsAt }),
          ...(everywhereAt !== undefined && { everywhereAt }),
        };
      }),
      moves: this.#moves,
      ...(!isDone && {
        waitsFor: whyNotDone(this.#rollout, this.#moves, this.#asked),
      }),
    };
  }

  private step(): void {
    const time = this.#time;
    if (time > this.#until) {
      this.#time = Infinity;
      return;
    }
    this.#fleet.hear(time);
    const before = this.#rollout;
    this.advance(time);
    const changed = this.deliver(time);
    if (changed || this.#rollout !== before) {
      this.#time = time + this.input.frequency;
      return;
    }
    const next = this.isAtRest() ? Infinity : this.nextEvent(time);
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

  private heldAt(time: number): Bitmap {
    const { holds, unhindered } = this.input;
    const held = holds.at(time);
    return unhindered ? held.clone().andNot(unhindered) : held;
  }

  private worldAt(time: number): RolloutWorld {
    const { policy, clusters } = this.input;
    return {
      now: new Date(time),
      ...{ policy, clusters, reached: this.#reached },
      delivered: this.#fleet.delivered,
      held: this.heldAt(time),
      openings: () => this.input.holds.openings(time),
      reported: this.#fleet.reported,
      gate: () => passingGate(time),
    };
  }

  /** As far as it comes, with the yes of people where it is given by then. */
  private advance(time: number): void {
    const world = this.worldAt(time);
    for (let again = true; again; ) {
      const { rollout, moves, wishes } = advanceRollout(this.#rollout, world);
      this.#rollout = rollout;
      this.#moves.push(...moves);
      again = false;
      for (const { ring, release, approval } of wishes) {
        if (approval && !this.isApproved(ring, time)) continue;
        if (!approval) this.#reached.set(ring, release);
        again = true;
      }
    }
  }

  /** Asks for a yes, and gives it where it is due. */
  private isApproved(ring: string, time: number): boolean {
    const { approveAfter } = this.input.assumptions;
    const since = this.#asked.get(ring) ?? time;
    this.#asked.set(ring, since);
    if (approveAfter === undefined || since + approveAfter > time) return false;
    this.#asked.delete(ring);
    const { rollout, moves } = commandRollout(
      this.#rollout,
      { command: 'promote', ring, actor: PERSON },
      new Date(time),
    );
    this.#rollout = rollout;
    this.#moves.push(...moves);
    return true;
  }

  /** Tells clusters what main says, as far as they may change; whether any does. */
  private deliver(time: number): boolean {
    const world = this.worldAt(time);
    const { rollout, held } = rolloutBatch(this.#rollout, world);
    this.#rollout = rollout;
    if (this.input.unhindered) held.andNot(this.input.unhindered);
    let changed = false;
    const { delivered } = this.#fleet;
    for (const [name, clusters] of this.input.clusters) {
      const own = clusters.clone().andNot(world.held);
      if (this.#reached.get(name) === rollout.release) {
        const coming = own.andNot(delivered).andNot(held);
        if (coming.isEmpty()) continue;
        this.#fleet.deliver(coming, time);
        this.arrivals.note(coming, time);
        this.noteEverywhere(name, [clusters], world.now);
      } else {
        const going = own.and(delivered);
        if (going.isEmpty()) continue;
        this.#fleet.takeBack(going);
        this.arrivals.forget(going);
      }
      changed = true;
    }
    if (changed)
      this.noteEverywhere(undefined, this.input.clusters.values(), world.now);
    return changed;
  }

  private noteEverywhere(
    ring: string | undefined,
    rings: Iterable<Bitmap>,
    now: Date,
  ): void {
    if (this.#everywhere.has(ring)) return;
    for (const clusters of rings)
      if (!clusters.clone().andNot(this.#fleet.delivered).isEmpty()) return;
    this.#everywhere.set(ring, now.toISOString());
  }

  /** Whether nothing but a person can change anything. */
  private isAtRest(): boolean {
    const { phase, release } = this.#rollout;
    if (phase === 'running' || phase === 'rolling-back') return false;
    if (phase !== 'done') return true;
    return [...this.input.clusters].every(
      ([name, clusters]) =>
        this.#reached.get(name) !== release ||
        clusters.clone().andNot(this.#fleet.delivered).isEmpty(),
    );
  }

  /** When something can happen next: a report, a window, or a length of time that is over. */
  private nextEvent(time: number): number {
    const { policy, holds, assumptions } = this.input;
    const due = [holds.steadyUntil, this.#fleet.nextReport];
    for (const spec of policy.rings) {
      const ring = this.#rollout.rings.find(({ name }) => name === spec.name);
      if (!ring) continue;
      const { shortestSoak, batchDelay, deferAfter } = ringLimits(spec);
      if (ring.phase === 'soaking')
        due.push(Date.parse(ring.since) + shortestSoak);
      // A store that opens soon enough is waited for, and was not before.
      for (const { at } of isBegun(ring) ? holds.openings(time) : [])
        due.push(at.getTime() - deferAfter);
      if (ring.lastBatch) due.push(Date.parse(ring.lastBatch) + batchDelay);
    }
    for (const since of this.#asked.values())
      due.push(since + (assumptions.approveAfter ?? Infinity));
    return Math.min(...due.filter(at => at > time));
  }
}

/** What gates will say nobody knows: they are assumed to pass all the time. */
function passingGate(time: number): GateReading {
  const at = new Date(time).toISOString();
  const since = new Date(0).toISOString();
  return { state: 'passing', message: 'It is assumed to pass', since, at };
}

function isBegun({ phase }: Rollout['rings'][number]): boolean {
  return phase === 'rolling' || phase === 'soaking';
}
