import { Bill, BillEntry } from '@res-edge/backstage-plugin-res-edge-engine';
import { PlannedMain } from './PlannedMain';

/** The bills of the clusters of a plan, by number, for those who ask for many of them: each is looked for once. @internal */
export class DeliveredBills {
  readonly #bills: (Bill | undefined)[] = [];

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
    if (!(cluster in this.#bills)) this.#bills[cluster] = this.read(cluster);
    return this.#bills[cluster];
  }

  /** The line of an application; clusters that are told to run the same share their lines, which are read once. */
  lines(application: string): (cluster: number) => BillEntry | undefined {
    const known = new Map<Bill['applications'], BillEntry | undefined>();
    return cluster => {
      const lines = this.of(cluster)?.applications;
      if (!lines) return undefined;
      let line = known.get(lines);
      if (!line && !known.has(lines)) {
        line = lines.find(({ name }) => name === application);
        known.set(lines, line);
      }
      return line;
    };
  }

  private read(cluster: number): Bill | undefined {
    const { plan, main, delivered } = this.planned;
    const { name } = plan.snapshot.clusters[cluster].metadata;
    const shard = delivered.get(main.shards.get(name) ?? '');
    return shard?.clusters.get(name)?.bill;
  }
}
