import { ApplicationRule } from './ApplicationRule';
import { dependencyOrder, effectivePriorities } from './dependencies';
import { Limits } from './Limits';
import { Room, RoomVerdict } from './Room';

/** Why an application that could be placed is not. @internal */
export type Verdict =
  | RoomVerdict
  | { readonly step: 'depend'; readonly dependency: number };

/** What is asked about all clusters that have the same candidates, pins and bounds. @internal */
export interface FitQuestion {
  /** Numbers of applications to place, ascending. */
  readonly candidates: readonly number[];
  /** Numbers of applications that stay without being asked, ascending. */
  readonly pinned: readonly number[];
  /** Index of the capacity. */
  readonly capacity: number;
}

/** @internal */
export interface FitAnswer {
  /** Numbers of applications placed: pinned ones too. */
  readonly placed: readonly number[];
  readonly refused: readonly (readonly [application: number, why: Verdict])[];
}

/** How far an application has come for the class that is being decided. */
const NOT_ASKED = 0;
const ASKED = 1;
const STARTED = 2;
const REFUSED = 3;
const PLACED = 4;

/**
 * Step 3 for one cluster, or for all that are alike.
 *
 * @internal
 */
export class FitSolver {
  /** Applications that need others, each after all that it needs. */
  private readonly needyLast: readonly number[];
  private readonly order: readonly number[];
  private readonly room: Room;
  private readonly state: Uint8Array;

  constructor(
    private readonly applications: readonly ApplicationRule[],
    limits: Limits,
  ) {
    this.order = dependencyOrder(applications);
    this.needyLast = this.order.filter(
      index => applications[index].dependsOn.length > 0,
    );
    this.room = new Room(limits);
    this.state = new Uint8Array(applications.length);
  }

  /** Whether all fit together: then no order matters, and only dependencies can refuse. */
  fitsAll({ candidates, pinned, capacity }: FitQuestion): boolean {
    this.room.reset(capacity);
    return this.takeAll(pinned) && this.takeAll(candidates);
  }

  /** The answer where all fit together. */
  dependOnly({ candidates, pinned }: FitQuestion): FitAnswer {
    const { state } = this;
    state.fill(NOT_ASKED);
    for (const application of pinned) state[application] = PLACED;
    for (const application of candidates) {
      const { dependsOn } = this.applications[application];
      state[application] = dependsOn.length > 0 ? ASKED : PLACED;
    }
    const refused: [number, Verdict][] = [];
    for (const application of this.needyLast) {
      if (state[application] !== ASKED) continue;
      const missing = this.missing(application);
      if (missing) refused.push([application, missing]);
      state[application] = missing ? REFUSED : PLACED;
    }
    return { placed: this.placed(), refused };
  }

  /** The answer by taking one application after another; `baseline` are those that run there already. */
  inOrder(question: FitQuestion, baseline: readonly number[]): FitAnswer {
    const { candidates, pinned, capacity } = question;
    const { state, room } = this;
    room.reset(capacity);
    state.fill(NOT_ASKED);
    for (const application of candidates) state[application] = ASKED;
    for (const application of pinned) {
      state[application] = PLACED;
      room.take(application);
    }
    const refused: [number, Verdict][] = [];
    const compare = this.comparison(question, baseline);
    const stack: number[] = [];
    for (const first of [...candidates].sort(compare)) {
      // What an application needs is taken before it: a stack of its own, as chains may be long.
      stack.push(first);
      while (stack.length > 0) {
        const application = stack[stack.length - 1];
        if (state[application] === ASKED) {
          state[application] = STARTED;
          const { dependsOn } = this.applications[application];
          if (dependsOn.length === 0) continue;
          const needs = dependsOn.filter(needed => state[needed] === ASKED);
          stack.push(...needs.sort(compare).reverse());
          continue;
        }
        stack.pop();
        if (state[application] !== STARTED) continue;
        const refusal = this.missing(application) ?? room.refusal(application);
        if (refusal) {
          refused.push([application, refusal]);
          state[application] = REFUSED;
        } else {
          room.take(application);
          state[application] = PLACED;
        }
      }
    }
    return { placed: this.placed(), refused };
  }

  /** Priority, what others here need counting as at least as high as they do; then what runs here; then the name. */
  private comparison(
    { candidates, pinned }: FitQuestion,
    baseline: readonly number[],
  ): (a: number, b: number) => number {
    const priority = effectivePriorities(
      this.applications,
      [...candidates, ...pinned],
      this.order,
    );
    const had = new Uint8Array(this.applications.length);
    for (const application of baseline) had[application] = 1;
    return (a, b) => priority[b] - priority[a] || had[b] - had[a] || a - b;
  }

  private takeAll(applications: readonly number[]): boolean {
    for (const application of applications) {
      if (this.room.refusal(application)) return false;
      this.room.take(application);
    }
    return true;
  }

  private missing(application: number): Verdict | undefined {
    const { dependsOn } = this.applications[application];
    for (let i = 0; i < dependsOn.length; i++) {
      if (this.state[dependsOn[i]] !== PLACED) {
        return { step: 'depend', dependency: i };
      }
    }
    return undefined;
  }

  private placed(): number[] {
    const placed: number[] = [];
    for (let i = 0; i < this.state.length; i++) {
      if (this.state[i] === PLACED) placed.push(i);
    }
    return placed;
  }
}
