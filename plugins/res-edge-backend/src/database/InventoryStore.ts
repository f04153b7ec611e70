import { EdgeEntity } from '@res-edge/backstage-plugin-res-edge-common';

/** Who may change a record, and where it comes from. @internal */
export interface InventoryOrigin {
  /** `catalog`: registered YAML; `api`: the REST API and what calls it; `provider`: a cloud's inventory. */
  readonly type: 'catalog' | 'api' | 'provider';
  /** `catalog`: where it is registered, such as `url:https://…/clusters.yaml`; `provider`: its name. */
  readonly location?: string;
}

/** An entity as the inventory holds it. @internal */
export interface InventoryRecord {
  readonly entity: EdgeEntity;
  readonly origin: InventoryOrigin;
}

/** What a replacement changed. @internal */
export interface InventoryChange {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** The inventory's revision afterwards. */
  readonly revision: number;
}

/** The inventory: the authority on what is registered, with a revision that grows with each change. @internal */
export interface InventoryStore {
  /**
   * Makes the records of the catalog exactly these; writes only what differs.
   *
   * @throws ConflictError where clusters are known and none of them is left: an inventory that reads empty is an error
   */
  replaceFromCatalog(
    entities: readonly { entity: EdgeEntity; location?: string }[],
  ): Promise<InventoryChange>;

  /** All that is registered, ordered by kind and name. */
  load(): Promise<{
    revision: number;
    entities: readonly InventoryRecord[];
  }>;

  /** The revision alone: a cheap way to see whether to load again. */
  revision(): Promise<number>;
}
