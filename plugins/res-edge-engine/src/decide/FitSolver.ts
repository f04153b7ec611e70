import { ApplicationRule } from './ApplicationRule';
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
  readonly placed: ReadonlySet<number>;
  readonly refused: ReadonlyMap<number, Verdict>;
}

/**
 * Step 3 for one cluster, or for all that are alike.
 *
 * @internal
 */
export class FitSolver {
  /** Applications, each after all that it needs; those in a circle are pinned where they run, and their order means nothing. */
  private readonly bottomUp: readonly number[];
  private readonly needy: boolean;

  constructor(
    private readonly applications: readonly ApplicationRule[],
    private readonly limits: Limits,
  ) {
    this.bottomUp = bottomUp(applications);
    this.needy = applications.some(({ dependsOn }) => dependsOn.length > 0);
  }

  /** Whether all fit together: then no order matters, and only dependencies can refuse. */
  fitsAll({ candidates, pinned, capacity }: FitQuestion): boolean {
    const room = new Room(this.limits, capacity);
    return [...pinned, ...candidates].every(application => {
      if (room.refusal(application)) return false;
      room.take(application);
      return true;
    });
  }

  /** The answer where all fit together. */
  dependOnly({ candidates, pinned }: FitQuestion): FitAnswer {
    const placed = new Set(pinned);
    const refused = new Map<number, Verdict>();
    if (!this.needy) {
      for (const application of candidates) placed.add(application);
      return { placed, refused };
    }
    const asked = new Set(candidates);
    for (const application of this.bottomUp) {
      if (!asked.has(application)) continue;
      const missing = this.missing(application, placed);
      if (missing === undefined) placed.add(application);
      else refused.set(application, { step: 'depend', dependency: missing });
    }
    return { placed, refused };
  }

  /** The answer by taking one application after another; `isBaseline` says which run there already. */
  inOrder(
    question: FitQuestion,
    isBaseline: (application: number) => boolean,
  ): FitAnswer {
    const { candidates, pinned } = question;
    const room = new Room(this.limits, question.capacity);
    for (const application of pinned) room.take(application);
    const placed = new Set(pinned);
    const refused = new Map<number, Verdict>();
    const asked = new Set(candidates);
    const compare = this.order(question, isBaseline);
    const decide = (application: number) => {
      const missing = this.missing(application, placed);
      const refusal: Verdict | undefined =
        missing === undefined
          ? room.refusal(application)
          : { step: 'depend', dependency: missing };
      if (refusal) refused.set(application, refusal);
      else {
        room.take(application);
        placed.add(application);
      }
    };
    const started = new Set<number>();
    for (const first of [...candidates].sort(compare)) {
      // What an application needs is taken before it: a stack of its own, as chains may be long.
      const stack = [first];
      while (stack.length > 0) {
        const application = stack[stack.length - 1];
        if (started.has(application)) {
          stack.pop();
          if (!placed.has(application) && !refused.has(application))
            decide(application);
          continue;
        }
        started.add(application);
        const needs = this.applications[application].dependsOn
          .filter(needed => asked.has(needed) && !started.has(needed))
          .sort(compare);
        stack.push(...needs.reverse());
      }
    }
    return { placed, refused };
  }

  /** Priority, what others here need counting as at least as high as they do; then what runs here; then the name. */
  private order(
    { candidates, pinned }: FitQuestion,
    isBaseline: (application: number) => boolean,
  ): (a: number, b: number) => number {
    const priority = effectivePriorities(
      this.applications,
      [...candidates, ...pinned],
      this.bottomUp,
    );
    const baseline = new Set(candidates.filter(isBaseline));
    return (a, b) => {
      if (priority[a] !== priority[b]) return priority[b] - priority[a];
      if (baseline.has(a) !== baseline.has(b)) return baseline.has(a) ? -1 : 1;
      return a - b;
    };
  }

  private missing(
    application: number,
    placed: ReadonlySet<number>,
  ): number | undefined {
    const { dependsOn } = this.applications[application];
    const index = dependsOn.findIndex(needed => !placed.has(needed));
    return index < 0 ? undefined : index;
  }
}

/** @internal */
export function effectivePriorities(
  applications: readonly ApplicationRule[],
  present: readonly number[],
  order: readonly number[],
): number[] {
  const priority = applications.map(() => -Infinity);
  for (const application of present)
    priority[application] = applications[application].priority;
  for (let changed = true; changed; ) {
    changed = false;
    // Applications before what they need; only a circle asks for a second round that changes anything.
    for (let i = order.length - 1; i >= 0; i--) {
      for (const needed of applications[order[i]].dependsOn) {
        if (needed >= 0 && priority[needed] < priority[order[i]]) {
          priority[needed] = priority[order[i]];
          changed = true;
        }
      }
    }
  }
  return priority;
}

function bottomUp(applications: readonly ApplicationRule[]): number[] {
  const order: number[] = [];
  const started = new Set<number>();
  const finished = new Set<number>();
  for (const { index } of applications) {
    const stack = [index];
    while (stack.length > 0) {
      const next = stack[stack.length - 1];
      if (started.has(next)) {
        stack.pop();
        if (!finished.has(next)) {
          finished.add(next);
          order.push(next);
        }
        continue;
      }
      started.add(next);
      stack.push(
        ...applications[next].dependsOn.filter(
          needed => needed >= 0 && !started.has(needed),
        ),
      );
    }
  }
  return order;
}
