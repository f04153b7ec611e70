import { StatusStore } from '../database';

/** Since when clusters are told what to run that never reported anything: known after a restart, and to all replicas. @internal */
export class AwaitedClusters {
  #since: ReadonlyMap<string, number> = new Map();

  constructor(
    private readonly store: Pick<StatusStore, 'readAwaited' | 'writeAwaited'>,
  ) {}

  /** In milliseconds; undefined where it is told nothing, or nobody wrote it down yet. */
  since(cluster: string): number | undefined {
    return this.#since.get(cluster);
  }

  /** Reads what is stored. */
  async load(): Promise<void> {
    this.#since = await this.store.readAwaited();
  }

  /** Writes down those that are new. */
  async add(clusters: Iterable<string>, now: number): Promise<void> {
    const unknown: string[] = [];
    for (const cluster of clusters)
      if (!this.#since.has(cluster)) unknown.push(cluster);
    if (unknown.length === 0) return;
    await this.store.writeAwaited(unknown, now);
    // Another replica may have been first.
    await this.load();
  }
}
