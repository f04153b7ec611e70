import { Bill, BillEntry } from '@res-edge/backstage-plugin-res-edge-engine';
import { PlannedMain } from './PlannedMain';

type Lines = Bill['applications'];

/**
 * The bills of the clusters of a plan, by number, for those who ask for many of them: each is looked for once. Clusters that are told to
 * run the same share their lines: few lists, however many clusters.
 *
 * @internal
 */
export class DeliveredBills {
  readonly #lists: Lines[] = [];
  /** By cluster: which of the lists, or none. */
  #listOf?: Int32Array;

  private constructor(
    private readonly planned: Pick<PlannedMain, 'plan' | 'main' | 'delivered'>,
  ) {}

  static create(
    planned: Pick<PlannedMain, 'plan' | 'main' | 'delivered'>,
  ): DeliveredBills {
    return new DeliveredBills(planned);
  }

  /** Undefined where nothing is delivered. */
  of(cluster: number): Bill | undefined {
    const { plan, main, delivered } = this.planned;
    const { name } = plan.snapshot.clusters[cluster].metadata;
    const shard = delivered.get(main.shards.get(name) ?? '');
    return shard?.clusters.get(name)?.bill;
  }

  /** The line of an application in the bill of a cluster; undefined where it has none. */
  lines(application: string): (cluster: number) => BillEntry | undefined {
    this.#listOf ??= this.readLists();
    const listOf = this.#listOf;
    const lines = this.#lists.map(list =>
      list.find(({ name }) => name === application),
    );
    return cluster => lines[listOf[cluster]];
  }

  private readLists(): Int32Array {
    const { size } = this.planned.plan.snapshot;
    const known = new Map<Lines, number>();
    return Int32Array.from({ length: size }, (_, cluster) => {
      const list = this.of(cluster)?.applications;
      if (!list) return -1;
      const index = known.get(list) ?? this.#lists.push(list) - 1;
      known.set(list, index);
      return index;
    });
  }
}
