import {
  Bill,
  DeliveredShard,
} from '@res-edge/backstage-plugin-res-edge-engine';

/**
 * Lets bills share their lines: a fleet has some hundreds of revisions, and millions of lines that name them. What
 * was cut out of a bill's text would keep all of it in memory, too.
 *
 * @internal
 */
export class BillPool {
  private readonly lines = new Map<string, unknown>();

  /** The same shard, of shared lines. */
  share({ shard, revisions, clusters }: DeliveredShard): DeliveredShard {
    return {
      shard,
      revisions,
      clusters: new Map(
        [...clusters].map(([name, delivered]) => [
          name,
          { ...delivered, bill: this.shareBill(delivered.bill) },
        ]),
      ),
    };
  }

  private shareBill(bill: Bill): Bill {
    const share = <T>(line: T) => this.shareLine(line);
    return {
      cluster: bill.cluster,
      namespaces: bill.namespaces.map(share),
      applications: bill.applications.map(share),
      moving: bill.moving,
      groups: bill.groups.map(share),
      components: bill.components.map(share),
    };
  }

  private shareLine<T>(line: T): T {
    const key = JSON.stringify(line);
    if (!this.lines.has(key)) this.lines.set(key, line);
    return this.lines.get(key) as T;
  }
}
