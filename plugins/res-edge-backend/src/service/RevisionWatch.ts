import { InventoryStore } from '../database';

const POLL_MILLISECONDS = 500;

/** Waits until the inventory has another revision: one question at a time to the database, however many wait. @internal */
export class RevisionWatch {
  private asking?: Promise<number>;

  private constructor(
    private readonly inventory: Pick<InventoryStore, 'revision'>,
  ) {}

  static create(inventory: Pick<InventoryStore, 'revision'>): RevisionWatch {
    return new RevisionWatch(inventory);
  }

  /**
   * The revision, once it is higher than `since`, or the time is over, or nobody listens any more.
   *
   * @param wait - in milliseconds
   */
  async after(
    since: number,
    wait: number,
    signal?: AbortSignal,
  ): Promise<number> {
    const end = Date.now() + wait;
    let revision = await this.inventory.revision();
    while (revision <= since && Date.now() < end && !signal?.aborted) {
      revision = await this.next();
    }
    return revision;
  }

  private next(): Promise<number> {
    this.asking ??= new Promise<void>(resolve => {
      setTimeout(resolve, POLL_MILLISECONDS);
    }).then(() => {
      this.asking = undefined;
      return this.inventory.revision();
    });
    return this.asking;
  }
}
