import { entityRefOf } from '@res-edge/backstage-plugin-res-edge-common';
import { InventoryRecord, InventoryState, InventoryStore } from '../database';
import { compareStrings } from '../util/compareStrings';

/** What a follower reads of the store. @internal */
export type FollowedStore = Pick<
  InventoryStore,
  'revision' | 'load' | 'changedSince'
>;

/**
 * All records in memory, brought up to date by what changed: other replicas write too, and 60,000 records are not read
 * again for one. A record that did not change is the same object as before.
 *
 * @internal
 */
export class FollowingInventory implements Pick<InventoryStore, 'load'> {
  private state?: InventoryState;
  private reading?: Promise<InventoryState>;

  static create(options: { store: FollowedStore }): FollowingInventory {
    return new FollowingInventory(options.store);
  }

  private constructor(private readonly store: FollowedStore) {}

  /** The store's revision, which may be ahead of what is in memory. */
  async revision(): Promise<number> {
    return this.store.revision();
  }

  /** Everything as it is now. */
  async load(): Promise<InventoryState> {
    // Who asks while somebody reads may know of a later change: his turn comes after that one.
    const before = this.reading ?? Promise.resolve();
    const reading = before.then(
      () => this.read(),
      () => this.read(),
    );
    this.reading = reading;
    return reading;
  }

  private async read(): Promise<InventoryState> {
    const known = this.state;
    if (known && (await this.store.revision()) === known.revision) {
      return known;
    }
    const difference = known && (await this.store.changedSince(known.revision));
    if (!known || !difference) {
      return (this.state = await this.store.load());
    }
    const { revision, written, deleted } = difference;
    const gone = new Set([
      ...written.map(refOf),
      ...deleted.map(({ kind, name }) => entityRefOf(kind, name)),
    ]);
    const kept = known.records.filter(record => !gone.has(refOf(record)));
    return (this.state = { revision, records: merge(kept, written) });
  }
}

function refOf({ entity }: InventoryRecord): string {
  return entityRefOf(entity.kind, entity.metadata.name);
}

/** Both are in order, and so is what they become. */
function merge(
  a: readonly InventoryRecord[],
  b: readonly InventoryRecord[],
): InventoryRecord[] {
  const merged: InventoryRecord[] = [];
  let next = 0;
  for (const record of a) {
    while (next < b.length && compare(b[next], record) < 0) {
      merged.push(b[next++]);
    }
    merged.push(record);
  }
  return merged.concat(b.slice(next));
}

function compare(a: InventoryRecord, b: InventoryRecord): number {
  return (
    compareStrings(a.entity.kind, b.entity.kind) ||
    compareStrings(a.entity.metadata.name, b.entity.metadata.name)
  );
}
