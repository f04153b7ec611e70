import { ApplicationRule } from './ApplicationRule';
import {
  dependencyOrder,
  effectivePriorities,
  neededRules,
} from './dependencies';
import { Limits } from './Limits';
import { Room, RoomVerdict } from './Room';

/** Why an application that could be placed is not. @internal */
export type Verdict =
  | RoomVerdict
  | { readonly step: 'depend'; readonly dependency: number };

/** What is asked about all clusters that have the same candidates, pins and bounds. @internal */
export interface FitQuestion {
  /** Rules by their index, ascending: of those to place. */
  readonly candidates: readonly number[];
  /** Of those that stay without being asked, ascending. No application is here by two rules. */
  readonly pinned: readonly number[];
  /** Index of the capacity. */
  readonly capacity: number;
}

/** @internal */
export interface FitAnswer {
  /** Rules that are placed: pinned ones too. */
  readonly placed: readonly number[];
  readonly refused: readonly (readonly [rule: number, why: Verdict])[];
}

/** How far a rule has come for the class that is being decided. */
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
  private readonly needed: readonly (readonly number[])[];
  private readonly order: readonly number[];
  /** Rules that need others, each after all that it needs. */
  private readonly needyLast: readonly number[];
  private readonly room: Room;
  private readonly state: Uint8Array;
  /** By application, the rule by which it is a candidate or pinned; -1 where it is neither. */
  private readonly here: Int32Array;

  constructor(
    private readonly rules: readonly ApplicationRule[],
    limits: Limits,
  ) {
    this.needed = neededRules(rules);
    this.order = dependencyOrder(this.needed);
    this.needyLast = this.order.filter(
      index => rules[index].dependsOn.length > 0,
    );
    this.room = new Room(limits);
    this.state = new Uint8Array(rules.length);
    this.here = new Int32Array((rules.at(-1)?.application ?? -1) + 1);
  }

  /** Whether all fit together: then no order matters, and only dependencies can refuse. */
  fitsAll({ candidates, pinned, capacity }: FitQuestion): boolean {
    this.room.reset(capacity);
    return this.takeAll(pinned) && this.takeAll(candidates);
  }

  /** The answer where all fit together. */
  dependOnly(question: FitQuestion): FitAnswer {
    const { state, rules } = this;
    this.begin(question);
    for (const rule of question.candidates) {
      if (rules[rule].dependsOn.length === 0) state[rule] = PLACED;
    }
    const refused: [number, Verdict][] = [];
    for (const rule of this.needyLast) {
      if (state[rule] !== ASKED) continue;
      const missing = this.missing(rule);
      if (missing) refused.push([rule, missing]);
      state[rule] = missing ? REFUSED : PLACED;
    }
    return { placed: this.placed(), refused };
  }

  /** The answer by taking one after another; `baseline` are rules of applications that run there already. */
  inOrder(question: FitQuestion, baseline: readonly number[]): FitAnswer {
    const { candidates, pinned, capacity } = question;
    const { state, room, rules, here } = this;
    room.reset(capacity);
    this.begin(question);
    for (const rule of pinned) room.take(rule);
    const refused: [number, Verdict][] = [];
    const compare = this.comparison(question, baseline);
    const stack: number[] = [];
    for (const first of [...candidates].sort(compare)) {
      // What an application needs is taken before it: a stack of its own, as chains may be long.
      stack.push(first);
      while (stack.length > 0) {
        const rule = stack[stack.length - 1];
        if (state[rule] === ASKED) {
          state[rule] = STARTED;
          const { dependsOn } = rules[rule];
          if (dependsOn.length === 0) continue;
          const needs = dependsOn
            .map(needed => here[needed])
            .filter(needed => state[needed] === ASKED);
          stack.push(...needs.sort(compare).reverse());
          continue;
        }
        stack.pop();
        if (state[rule] !== STARTED) continue;
        const refusal = this.missing(rule) ?? room.refusal(rule);
        if (refusal) {
          refused.push([rule, refusal]);
          state[rule] = REFUSED;
        } else {
          room.take(rule);
          state[rule] = PLACED;
        }
      }
    }
    return { placed: this.placed(), refused };
  }

  private begin({ candidates, pinned }: FitQuestion): void {
    const { state, rules, here } = this;
    state.fill(NOT_ASKED);
    here.fill(-1);
    for (const rule of pinned) {
      state[rule] = PLACED;
      here[rules[rule].application] = rule;
    }
    for (const rule of candidates) {
      state[rule] = ASKED;
      here[rules[rule].application] = rule;
    }
  }

  /** Priority, what others here need counting as at least as high as they do; then what runs here; then the name. */
  private comparison(
    { candidates, pinned }: FitQuestion,
    baseline: readonly number[],
  ): (a: number, b: number) => number {
    const priority = effectivePriorities(
      this.rules,
      [...candidates, ...pinned],
      this.needed,
      this.order,
    );
    const had = new Uint8Array(this.rules.length);
    for (const rule of baseline) had[rule] = 1;
    return (a, b) => priority[b] - priority[a] || had[b] - had[a] || a - b;
  }

  private takeAll(rules: readonly number[]): boolean {
    for (const rule of rules) {
      if (this.room.refusal(rule)) return false;
      this.room.take(rule);
    }
    return true;
  }

  private missing(rule: number): Verdict | undefined {
    const { dependsOn } = this.rules[rule];
    for (let i = 0; i < dependsOn.length; i++) {
      // Where it is not here at all this is undefined.
      if (this.state[this.here[dependsOn[i]]] !== PLACED) {
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
