import {
  RingPhase,
  Rollout,
  RolloutMove,
  RolloutPhase,
  RolloutRingState,
} from './Rollout';

/** A rollout while it moves, which writes down each step. @internal */
export class RolloutRecorder {
  readonly #moves: RolloutMove[] = [];
  #rollout: Rollout;

  constructor(
    rollout: Rollout,
    private readonly now: Date,
    private readonly actor?: string,
  ) {
    this.#rollout = rollout;
  }

  get phase(): RolloutPhase {
    return this.#rollout.phase;
  }

  /** When the phase began. */
  get since(): string {
    return this.#rollout.since;
  }

  get release(): string {
    return this.#rollout.release;
  }

  get rings(): readonly RolloutRingState[] {
    return this.#rollout.rings;
  }

  ring(name: string): RolloutRingState {
    return this.rings.find(ring => ring.name === name)!;
  }

  setRings(rings: readonly RolloutRingState[]): void {
    const same =
      rings.length === this.rings.length &&
      rings.every((ring, i) => ring === this.rings[i]);
    if (!same) this.#rollout = { ...this.#rollout, rings };
  }

  /** Says more about a ring, which stays where it is. */
  note(name: string, facts: Pick<RolloutRingState, 'approved' | 'lastBatch'>) {
    this.setRings(
      this.rings.map(ring =>
        ring.name === name ? { ...ring, ...facts } : ring,
      ),
    );
  }

  moveRing(name: string, to: RingPhase, cause: string): void {
    const { phase } = this.ring(name);
    this.write(phase, to, cause, name);
    const since = this.now.toISOString();
    this.setRings(
      this.rings.map(ring =>
        ring.name === name ? { ...ring, phase: to, since } : ring,
      ),
    );
  }

  moveAll(to: RolloutPhase, cause: string): void {
    this.write(this.phase, to, cause);
    const since = this.now.toISOString();
    this.#rollout = { ...this.#rollout, phase: to, since };
  }

  result(): { rollout: Rollout; moves: readonly RolloutMove[] } {
    return { rollout: this.#rollout, moves: this.#moves };
  }

  private write(
    from: RolloutMove['from'],
    to: RolloutMove['to'],
    cause: string,
    ring?: string,
  ): void {
    this.#moves.push({
      at: this.now.toISOString(),
      ...(ring !== undefined && { ring }),
      ...{ from, to, cause },
      ...(this.actor !== undefined && { actor: this.actor }),
    });
  }
}
