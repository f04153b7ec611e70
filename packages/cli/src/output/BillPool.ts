import {
  Bill,
  BillEntry,
  DeliveredShard,
} from '@res-edge/backstage-plugin-res-edge-engine';

/**
 * Lets bills share their entries: a fleet has some hundreds of revisions, and millions of lines that name them. What
 * was cut out of a bill's text would keep all of it in memory, too.
 *
 * @internal
 */
export class BillPool {
  private readonly entries = new Map<string, BillEntry>();

  /** The same shard, of shared entries. */
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
    const share = (entry: BillEntry) => this.shareEntry(entry);
    return {
      ...bill,
      namespaces: bill.namespaces.map(share),
      applications: bill.applications.map(share),
      groups: bill.groups.map(share),
    };
  }

  private shareEntry(entry: BillEntry): BillEntry {
    const key = `${entry.name} ${entry.revision} ${entry.version ?? ''} ${
      entry.leavesAfter ?? ''
    }`;
    const known = this.entries.get(key);
    if (known) return known;
    this.entries.set(key, entry);
    return entry;
  }
}
