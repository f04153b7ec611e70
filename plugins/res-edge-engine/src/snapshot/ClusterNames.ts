import { EdgeClusterEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { Renumbering } from '../bitmap/Renumbering';

const GONE = -1;

/**
 * The names of clusters with their numbers.
 *
 * Each name has a slot that it keeps while numbers change: snapshots that follow one another share the slots, and only add.
 *
 * @internal
 */
export class ClusterNames {
  private constructor(
    private readonly slots: Map<string, number>,
    /** By slot; slots that came later have none. */
    private readonly numbers: Int32Array,
    /** Of the whole fleet, where these are a part of it or stand beside it. */
    private readonly all?: ClusterNames,
  ) {}

  static create(clusters: readonly EdgeClusterEntity[]): ClusterNames {
    return new ClusterNames(
      new Map(clusters.map(({ metadata }, i) => [metadata.name, i])),
      Int32Array.from(clusters.keys()),
    );
  }

  /** The same once clusters came, by their numbers, and went; `undefined` where too many names are of the past. */
  with(
    renumbering: Renumbering,
    upserted: ReadonlyMap<number, EdgeClusterEntity>,
  ): ClusterNames | undefined {
    if (renumbering.isNone) return this;
    const { slots } = this;
    const slotOf = (number: number) => {
      const { name } = upserted.get(number)!.metadata;
      if (!slots.has(name)) slots.set(name, slots.size);
      return slots.get(name)!;
    };
    const added = renumbering.added.map(slotOf);
    if (slots.size > 2 * (renumbering.size + 1_000)) return undefined;
    const numbers = new Int32Array(slots.size).fill(GONE);
    for (let slot = 0; slot < this.numbers.length; slot++)
      if (this.numbers[slot] !== GONE)
        numbers[slot] = renumbering.numberOf(this.numbers[slot]);
    added.forEach((slot, i) => {
      numbers[slot] = renumbering.added[i];
    });
    return new ClusterNames(slots, numbers, this.all);
  }

  /** Some of the clusters alone, numbered anew. */
  part(clusters: readonly EdgeClusterEntity[]): ClusterNames {
    const { slots, numbers } = ClusterNames.create(clusters);
    return new ClusterNames(slots, numbers, this);
  }

  numberOf(name: string): number | undefined {
    const slot = this.slots.get(name);
    const number = slot === undefined ? undefined : this.numbers[slot];
    return number === GONE ? undefined : number;
  }

  hasCluster(name: string): boolean {
    return (this.numberOf(name) ?? this.all?.numberOf(name)) !== undefined;
  }
}
