import {
  EdgeEntity,
  EdgeKind,
} from '@res-edge/backstage-plugin-res-edge-common';
import { AuditSource } from './AuditLog';
import { ApplyOptions, ApplyResult, Mutation } from './Mutation';

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
  /** The inventory's revision at which it was last written. */
  readonly revision: number;
  /** In ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The other origins that register the same name; they have no effect. */
  readonly alsoAt: readonly InventoryOrigin[];
}

/** An entity as an origin registers it. @internal */
export interface RegisteredEntity {
  readonly entity: EdgeEntity;
  /** Where, for the catalog. */
  readonly location?: string;
}

/** Whose records a replacement is about: all of the catalog, or all of one provider. @internal */
export type InventorySource =
  | { readonly type: 'catalog' }
  | { readonly type: 'provider'; readonly location: string };

/** A name that another origin registered first. @internal */
export interface OriginConflict {
  readonly kind: EdgeKind;
  readonly name: string;
  /** Whose record it is. */
  readonly origin: InventoryOrigin;
  /** Who registers it too, without effect. */
  readonly also: InventoryOrigin;
}

/** What a replacement changed. @internal */
export interface InventoryChange {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** What was left out, because another origin has the name. */
  readonly conflicts: readonly OriginConflict[];
  /** The inventory's revision afterwards. */
  readonly revision: number;
}

/** All that is registered. @internal */
export interface InventoryState {
  readonly revision: number;
  /** Ordered by kind and name. */
  readonly records: readonly InventoryRecord[];
}

/** What is other than at an earlier revision. @internal */
export interface InventoryDifference {
  readonly revision: number;
  /** New or changed. */
  readonly written: readonly InventoryRecord[];
  readonly deleted: readonly {
    readonly kind: EdgeKind;
    readonly name: string;
  }[];
}

/** What is other than at an earlier revision, also for who follows some origins alone. @internal */
export interface InventoryDifferenceByOrigin extends InventoryDifference {
  /** What an origin had and has no more, also where another one has the name by now. */
  readonly left: readonly {
    readonly kind: EdgeKind;
    readonly name: string;
    readonly origin: InventoryOrigin['type'];
  }[];
}

/**
 * The inventory: the authority on what is registered. Its revision grows by one with each transaction that changes
 * something, in one line over all replicas.
 *
 * @internal
 */
export interface InventoryStore {
  /**
   * Makes these writes, in their order, in one transaction that is one revision. What a mutation asks for in vain is
   * its result, not an error.
   */
  apply(
    mutations: readonly Mutation[],
    options: ApplyOptions,
  ): Promise<ApplyResult>;

  /**
   * Makes the records of one origin exactly these; writes only what differs. The first origin of a name keeps it.
   *
   * @throws ConflictError where the source has clusters and none of them is left: an inventory that reads empty is an error
   */
  replaceFromOrigin(
    source: InventorySource,
    entities: readonly RegisteredEntity[],
    by: AuditSource,
  ): Promise<InventoryChange>;

  load(): Promise<InventoryState>;

  /** One record as it is now. */
  get(kind: EdgeKind, name: string): Promise<InventoryRecord | undefined>;

  /**
   * What changed after a revision, so that who has that one need not load everything.
   *
   * @returns undefined where changes are not kept for so long
   */
  changedSince(
    revision: number,
  ): Promise<InventoryDifferenceByOrigin | undefined>;

  /** The revision alone: a cheap way to see whether to read again. */
  revision(): Promise<number>;
}
