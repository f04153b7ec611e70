import { Guard } from './Guard';
import { LostClusters } from './Losses';

/**
 * Guards without those that hold nothing which one before them does not hold already: a person is asked once, about what
 * is named most closely.
 *
 * @public
 */
export function distinctGuards(guards: readonly Guard[]): Guard[] {
  const held = new Map<string, LostClusters>();
  return guards.filter(({ losses }) => {
    let more = false;
    for (const kind of ['applications', 'namespaces'] as const) {
      for (const [name, lost] of losses[kind]) {
        const key = `${kind} ${name}`;
        const known = held.get(key);
        if (!known) {
          held.set(key, lost);
          more = true;
          continue;
        }
        const clusters = known.clusters.clone().or(lost.clusters);
        const gone = [...new Set([...known.gone, ...lost.gone])].sort();
        const same =
          clusters.equals(known.clusters) && gone.length === known.gone.length;
        if (same) continue;
        held.set(key, { clusters, gone });
        more = true;
      }
    }
    return more;
  });
}
