import { ApplicationRule } from './ApplicationRule';

/**
 * Applications, each after all that it needs. Those in a circle are pinned where they run: their order means nothing.
 *
 * @internal
 */
export function dependencyOrder(
  applications: readonly ApplicationRule[],
): number[] {
  const order: number[] = [];
  const started = new Set<number>();
  const finished = new Set<number>();
  for (const { index } of applications) {
    const stack = [index];
    while (stack.length > 0) {
      const next = stack[stack.length - 1];
      if (!started.has(next)) {
        started.add(next);
        stack.push(
          ...applications[next].dependsOn.filter(
            needed => needed >= 0 && !started.has(needed),
          ),
        );
        continue;
      }
      stack.pop();
      if (!finished.has(next)) {
        finished.add(next);
        order.push(next);
      }
    }
  }
  return order;
}

/**
 * The priority of each application where these are present: its own, or that of one that needs it, directly or through
 * others; -Infinity where nothing present asks for it.
 *
 * @internal
 */
export function effectivePriorities(
  applications: readonly ApplicationRule[],
  present: readonly number[],
  order: readonly number[],
): readonly number[] {
  const priority: number[] = new Array(applications.length).fill(-Infinity);
  for (const index of present) priority[index] = applications[index].priority;
  for (let changed = true; changed; ) {
    changed = false;
    // Applications before what they need: only a circle makes a second round change anything.
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
