import { Bill } from '../../model';
import { parseBill } from './bill';

type BillOfAny = Omit<Bill, 'cluster'>;

/**
 * Reads bills of a fleet. Many clusters are told to run the same: their bills are read once, and share what was read.
 *
 * @public
 */
export class BillReader {
  readonly #known = new Map<string, BillOfAny>();
  /** By their JSON: a fleet has some thousand different ones, and each bill a hundred. */
  readonly #lines = new Map<string, unknown>();

  private constructor() {}

  static create(): BillReader {
    return new BillReader();
  }

  /** What a bill says: what {@link parseBill} gives. */
  read(cluster: string, text: string): Bill {
    const key = withoutName(cluster, text);
    let known = this.#known.get(key);
    if (!known) {
      known = this.shared(parseBill(cluster, text));
      this.#known.set(key, known);
    }
    return { cluster, ...known };
  }

  private shared(bill: Bill): BillOfAny {
    const share = <T>(line: T): T => {
      const key = JSON.stringify(line);
      // Made anew: what is cut out of a text keeps all of it in memory.
      if (!this.#lines.has(key)) this.#lines.set(key, JSON.parse(key));
      return this.#lines.get(key) as T;
    };
    return {
      ...(bill.engine && { engine: bill.engine }),
      namespaces: bill.namespaces.map(share),
      ...(bill.moving && { moving: bill.moving }),
      applications: bill.applications.map(share),
      groups: bill.groups.map(share),
      components: bill.components.map(share),
    };
  }
}

/** The text without the name of the cluster where a bill has it: nothing is read of that. */
function withoutName(cluster: string, text: string): string {
  const first = `# The bill of ${cluster}:`;
  const values = `/clusters/${cluster}/values\n`;
  const end = text.indexOf(values);
  if (!text.startsWith(first) || end < 0) return text;
  const before = text.slice(first.length, end);
  return `${before}\0${text.slice(end + values.length)}`;
}
