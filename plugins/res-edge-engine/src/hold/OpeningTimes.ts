import { Bitmap } from '../bitmap';
import { Opening } from './HoldClock';

/**
 * When clusters may change, asked of one of those that are alike. At times that only grow it is asked again when that time has come:
 * until then it stays the same.
 *
 * @internal
 */
export class OpeningTimes {
  /** By number of a cluster: which of the sets it is in. */
  readonly #kind: Uint32Array;
  readonly #known: (Date | undefined)[] = [];

  /** @param alike - sets of clusters to which the same rules apply, by the same clock; all of them together */
  constructor(
    alike: readonly Bitmap[],
    private readonly size: number,
    private readonly nextChange: (
      cluster: number,
      time: number,
    ) => Date | undefined,
  ) {
    this.#kind = new Uint32Array(size);
    alike.forEach((clusters, i) => {
      for (const cluster of clusters) this.#kind[cluster] = i;
    });
  }

  /** One for each time, in no order; clusters of which no time is known are left out. */
  of(clusters: Bitmap, time: number): Opening[] {
    const found = new Map<number, Opening>();
    const byKind: (Opening | undefined)[] = [];
    for (const cluster of clusters) {
      const kind = this.#kind[cluster];
      if (!(kind in byKind)) {
        const at = this.openingOf(kind, cluster, time);
        byKind[kind] = at && this.openingAt(at, found);
      }
      byKind[kind]?.clusters.add(cluster);
    }
    return [...found.values()];
  }

  private openingAt(at: Date, found: Map<number, Opening>): Opening {
    const time = at.getTime();
    const known = found.get(time);
    if (known) return known;
    const opening = { at, clusters: Bitmap.empty(this.size) };
    found.set(time, opening);
    return opening;
  }

  private openingOf(kind: number, one: number, time: number): Date | undefined {
    const known = this.#known[kind];
    if (kind in this.#known && (!known || known.getTime() > time)) return known;
    const at = this.nextChange(one, time);
    this.#known[kind] = at;
    return at;
  }
}
