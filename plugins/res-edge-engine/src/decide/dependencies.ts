import { ApplicationRule, byApplication, canMeet } from './ApplicationRule';

/** For each rule the rules that it may need: of the applications that it depends on, those that can meet it. @internal */
export function neededRules(
  rules: readonly ApplicationRule[],
): readonly (readonly number[])[] {
  const indexes = byApplication(
    rules.map(({ application }, index) => ({ application, index })),
  );
  return rules.map(rule =>
    rule.dependsOn.flatMap(needed =>
      (indexes[needed] ?? [])
        .map(({ index }) => index)
        .filter(index => canMeet(rule, rules[index])),
    ),
  );
}

/**
 * Rules, each after all that it needs. Those in a circle are pinned where they run: their order means nothing.
 *
 * @internal
 */
export function dependencyOrder(
  needed: readonly (readonly number[])[],
): number[] {
  const order: number[] = [];
  const started = new Set<number>();
  const finished = new Set<number>();
  for (const index of needed.keys()) {
    const stack = [index];
    while (stack.length > 0) {
      const next = stack[stack.length - 1];
      if (!started.has(next)) {
        started.add(next);
        stack.push(...needed[next].filter(other => !started.has(other)));
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
 * The priority of each rule where these are present: its own, or that of one present that needs it, directly or through
 * others that are present; -Infinity for those that are not.
 *
 * @internal
 */
export function effectivePriorities(
  rules: readonly ApplicationRule[],
  present: readonly number[],
  needed: readonly (readonly number[])[],
  order: readonly number[],
): readonly number[] {
  const priority: number[] = new Array(rules.length).fill(-Infinity);
  for (const index of present) priority[index] = rules[index].priority;
  for (let changed = true; changed; ) {
    changed = false;
    // Rules before what they need: only a circle makes a second round change anything.
    for (let i = order.length - 1; i >= 0; i--) {
      const own = priority[order[i]];
      for (const other of needed[order[i]]) {
        if (priority[other] === -Infinity || priority[other] >= own) continue;
        priority[other] = own;
        changed = true;
      }
    }
  }
  return priority;
}
