import { RegistryRule } from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../../bitmap';
import { Snapshot } from '../../snapshot';

/**
 * Which clusters are of which environment: a revision is for those that pull from the same registries.
 *
 * @internal
 */
export class EnvironmentClusters {
  #numbers?: ReadonlyMap<string, readonly number[]>;

  private constructor(private readonly snapshot: Snapshot) {}

  static create(snapshot: Snapshot): EnvironmentClusters {
    return new EnvironmentClusters(snapshot);
  }

  /** The clusters for which different rules hold, with those; where there are none, what holds in no environment. */
  split(
    clusters: Bitmap,
    rules: readonly RegistryRule[] = [],
  ): [readonly RegistryRule[], Bitmap][] {
    const named = new Set(
      rules.flatMap(({ environments = [] }) => environments),
    );
    const general = rules.filter(({ environments }) => !environments);
    // The very same set, which is how a rendering knows that nothing has changed.
    if (named.size === 0) return [[general, clusters]];
    const parts = new Map<string, [readonly RegistryRule[], Bitmap]>();
    const rest = clusters.clone();
    for (const environment of [...named].sort()) {
      const its = clusters.clone().and(this.of(environment));
      rest.andNot(its);
      const holds = rules.filter(
        ({ environments }) => environments?.includes(environment) ?? true,
      );
      add(holds, its);
    }
    add(general, rest);
    function add(holds: readonly RegistryRule[], its: Bitmap) {
      if (its.isEmpty()) return;
      const key = JSON.stringify(holds.map(({ from, to }) => [from, to]));
      const known = parts.get(key);
      if (known) known[1].or(its);
      else parts.set(key, [holds, its]);
    }
    if (parts.size === 0) return [[general, clusters]];
    const found = [...parts.values()];
    return found.length === 1 ? [[found[0][0], clusters]] : found;
  }

  private of(environment: string): Bitmap {
    this.#numbers ??= this.numbersByEnvironment();
    return Bitmap.of(this.snapshot.size, this.#numbers.get(environment) ?? []);
  }

  private numbersByEnvironment(): Map<string, number[]> {
    const numbers = new Map<string, number[]>();
    this.snapshot.clusters.forEach(({ spec: { environment } }, number) => {
      if (environment === undefined) return;
      const known = numbers.get(environment);
      if (known) known.push(number);
      else numbers.set(environment, [number]);
    });
    return numbers;
  }
}
