import { Bitmap } from '../bitmap';
import { ApplicationRule } from './ApplicationRule';

/**
 * Where a pinned application goes although nobody asked: a prohibition takes away something that runs there and that it
 * needs, directly or through others. By the index in `dependsOn` through which it is reached.
 *
 * @internal
 */
export function pinnedRefusals(
  applications: readonly ApplicationRule[],
  baseline: (name: string) => Bitmap | undefined,
): ReadonlyMap<
  number,
  readonly { readonly dependency: number; readonly clusters: Bitmap }[]
> {
  const gone = applications.map(({ name, prohibited }) => {
    if (prohibited.length === 0) return undefined;
    const had = baseline(name);
    return prohibited.reduce<Bitmap | undefined>((sum, { clusters }) => {
      const taken = had && clusters.clone().and(had);
      return sum && taken ? sum.or(taken) : taken;
    }, undefined);
  });
  const result = new Map<number, { dependency: number; clusters: Bitmap }[]>();
  // Each round reaches one step further; the sets only grow, so that it ends.
  for (let changed = true; changed; ) {
    changed = false;
    for (const { index, dependsOn, pinned } of applications) {
      for (const [dependency, needed] of dependsOn.entries()) {
        const lost = gone[needed]?.clone().and(pinned);
        if (!lost) continue;
        const before = gone[index];
        if (before) lost.andNot(before);
        if (lost.isEmpty()) continue;
        gone[index] = before ? before.or(lost) : lost.clone();
        const list = result.get(index) ?? [];
        list.push({ dependency, clusters: lost });
        result.set(index, list);
        changed = true;
      }
    }
  }
  return result;
}
