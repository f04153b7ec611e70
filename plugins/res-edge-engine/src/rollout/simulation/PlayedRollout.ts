import { Bitmap } from '../../bitmap';
import { AdvancedRollout } from '../advanceRollout';
import { commandRollout } from '../commandRollout';
import { subjectContent } from '../contentSubject';
import { GateReading } from '../GateReading';
import { ringLimits } from '../ringLimits';
import { Rollout, RolloutMove } from '../Rollout';
import { rolloutBatch } from '../rolloutBatch';
import { RolloutWorld } from '../RolloutWorld';
import { Arrivals } from './Arrivals';
import { AssumedFleet } from './AssumedFleet';
import { RolloutSimulationInput } from './SimulatedRollout';

/** Who says yes in a simulation. */
const PERSON = 'user:default/simulated';

/** One rollout of a simulation, as far as it was played. @internal */
export class PlayedRollout {
  /** When each cluster is told to run the release. */
  readonly arrivals: Arrivals;
  readonly fleet: AssumedFleet;
  /** When the last cluster of each ring got the release; of all under no name. */
  readonly everywhere = new Map<string | undefined, string>();
  /** Since when a person is asked, by ring. */
  readonly asked = new Map<string, number>();
  readonly #reached: Map<string, string | undefined>;
  readonly #moves: RolloutMove[] = [];
  #rollout: Rollout;

  constructor(private readonly input: RolloutSimulationInput) {
    this.arrivals = new Arrivals(input.delivered.size, input.from);
    this.fleet = new AssumedFleet(input);
    this.#reached = new Map(input.reached);
    this.#rollout = input.rollout;
  }

  get rollout(): Rollout {
    return this.#rollout;
  }

  get moves(): readonly RolloutMove[] {
    return this.#moves;
  }

  /** What something else than the rollout keeps from changing then. */
  heldAt(time: number): Bitmap {
    const { holds, unhindered } = this.input;
    const held = holds.at(time);
    return unhindered ? held.clone().andNot(unhindered) : held;
  }

  worldAt(time: number): RolloutWorld {
    const { policy, clusters } = this.input;
    return {
      now: new Date(time),
      ...{ policy, clusters, reached: this.#reached },
      delivered: this.fleet.delivered,
      held: this.heldAt(time),
      openings: () => this.input.holds.openings(time),
      reported: this.fleet.reported,
      undeliverable: this.input.undeliverable,
      gate: () => passingGate(time),
    };
  }

  /** Goes on so far, with the yes of people where it is given by then; whether main is another one now, or a person said yes. */
  take({ rollout, moves, wishes }: AdvancedRollout, time: number): boolean {
    this.#rollout = rollout;
    this.#moves.push(...moves);
    let changed = false;
    for (const { ring, release, approval } of wishes) {
      if (approval && !this.isApproved(ring, time)) continue;
      if (!approval) this.#reached.set(ring, release);
      changed = true;
    }
    return changed;
  }

  /** Asks for a yes, and gives it where it is due. */
  private isApproved(ring: string, time: number): boolean {
    const { approveAfter } = this.input.assumptions;
    const since = this.asked.get(ring) ?? time;
    this.asked.set(ring, since);
    if (approveAfter === undefined || since + approveAfter > time) return false;
    this.asked.delete(ring);
    const { rollout, moves } = commandRollout(
      this.#rollout,
      { command: 'promote', ring, actor: PERSON },
      new Date(time),
    );
    this.#rollout = rollout;
    this.#moves.push(...moves);
    return true;
  }

  /**
   * Tells clusters what main says, as far as they may change; whether any does.
   *
   * @param waiting - clusters that wait for others that are promoted together with it
   */
  deliver(time: number, waiting: Bitmap): boolean {
    const world = this.worldAt(time);
    const { rollout, held } = rolloutBatch(this.#rollout, world);
    this.#rollout = rollout;
    held.or(waiting);
    if (this.input.unhindered) held.andNot(this.input.unhindered);
    let changed = false;
    const { undeliverable } = this.input;
    const { delivered } = this.fleet;
    for (const [name, clusters] of this.input.clusters) {
      const own = clusters.clone().andNot(world.held);
      if (this.#reached.get(name) === rollout.release) {
        const coming = own.andNot(delivered).andNot(held);
        if (undeliverable) coming.andNot(undeliverable);
        if (coming.isEmpty()) continue;
        this.fleet.deliver(coming, time);
        this.arrivals.note(coming, time);
        this.noteEverywhere(name, [clusters], world.now);
      } else if (this.goesBack()) {
        const going = own.and(delivered);
        if (undeliverable) going.andNot(undeliverable);
        if (going.isEmpty()) continue;
        this.fleet.takeBack(going);
        this.arrivals.forget(going);
      } else continue;
      changed = true;
    }
    if (changed)
      this.noteEverywhere(undefined, this.input.clusters.values(), world.now);
    return changed;
  }

  /** Content stands on main once for all rings: who has it before its ring keeps it, as long as main does not go back. */
  private goesBack(): boolean {
    const { application, phase } = this.#rollout;
    const isContent = subjectContent(application) !== undefined;
    return !isContent || phase === 'rolling-back' || phase === 'rolled-back';
  }

  private noteEverywhere(
    ring: string | undefined,
    rings: Iterable<Bitmap>,
    now: Date,
  ): void {
    if (this.everywhere.has(ring)) return;
    for (const clusters of rings)
      if (!clusters.clone().andNot(this.fleet.delivered).isEmpty()) return;
    this.everywhere.set(ring, now.toISOString());
  }

  /** Whether nothing but a person can change anything. */
  isAtRest(): boolean {
    const { phase, release } = this.#rollout;
    if (phase === 'running' || phase === 'rolling-back') return false;
    if (phase !== 'done') return true;
    return [...this.input.clusters].every(([name, clusters]) => {
      const missing = clusters.clone().andNot(this.fleet.delivered);
      if (this.input.undeliverable) missing.andNot(this.input.undeliverable);
      return this.#reached.get(name) !== release || missing.isEmpty();
    });
  }

  /** When something can happen next: a report, a window, or a length of time that is over. */
  nextEvent(time: number): number {
    const { policy, holds, assumptions } = this.input;
    const due = [holds.steadyUntil, this.fleet.nextReport];
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
    for (const since of this.asked.values())
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
