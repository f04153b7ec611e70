import { Bitmap } from '../bitmap';
import { ApplicationRule } from './ApplicationRule';

/**
 * Where a pinned application goes although nobody asked: a prohibition takes away something that runs there and that it
 * needs, directly or through others. By the index of the rule, and the index in `dependsOn` through which it is reached.
 *
 * @internal
 */
export function pinnedRefusals(
  rules: readonly ApplicationRule[],
  baseline: (name: string) => Bitmap | undefined,
): ReadonlyMap<
  number,
  readonly { readonly dependency: number; readonly clusters: Bitmap }[]
> {
  /** By application. */
  const gone: (Bitmap | undefined)[] = [];
  for (const { application, name, prohibited } of rules) {
    const had = prohibited.length > 0 ? baseline(name) : undefined;
    if (!had) continue;
    for (const { clusters } of prohibited) {
      const taken = clusters.clone().and(had);
      gone[application] = gone[application]?.or(taken) ?? taken;
    }
  }
  const result = new Map<number, { dependency: number; clusters: Bitmap }[]>();
  // Each round reaches one step further; the sets only grow, so that it ends.
  for (let changed = true; changed; ) {
    changed = false;
    for (const [index, rule] of rules.entries()) {
      const { application, dependsOn, pinned } = rule;
      for (const [dependency, needed] of dependsOn.entries()) {
        const lost = gone[needed]?.clone().and(pinned);
        if (!lost) continue;
        const before = gone[application];
        if (before) lost.andNot(before);
        if (lost.isEmpty()) continue;
        gone[application] = before ? before.or(lost) : lost.clone();
        const list = result.get(index) ?? [];
        list.push({ dependency, clusters: lost });
        result.set(index, list);
        changed = true;
      }
    }
  }
  return result;
}
