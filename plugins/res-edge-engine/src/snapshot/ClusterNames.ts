import { EdgeClusterEntity } from '@res-edge/backstage-plugin-res-edge-common';

/** The names of clusters with their numbers. @internal */
export class ClusterNames {
  private constructor(
    private readonly numbers: ReadonlyMap<string, number>,
    /** Of the whole fleet, where these are a part of it or stand beside it. */
    private readonly all: ReadonlyMap<string, number>,
  ) {}

  static create(clusters: readonly EdgeClusterEntity[]): ClusterNames {
    const numbers = numbersOf(clusters);
    return new ClusterNames(numbers, numbers);
  }

  part(clusters: readonly EdgeClusterEntity[]): ClusterNames {
    return new ClusterNames(numbersOf(clusters), this.all);
  }

  numberOf(name: string): number | undefined {
    return this.numbers.get(name);
  }

  hasCluster(name: string): boolean {
    return this.all.has(name) || this.numbers.has(name);
  }
}

function numbersOf(
  clusters: readonly EdgeClusterEntity[],
): ReadonlyMap<string, number> {
  return new Map(clusters.map(({ metadata }, i) => [metadata.name, i]));
}
