import { JsonObject } from '@backstage/types';
import {
  AuditOperation,
  EdgeEntity,
  EdgeKind,
} from '@res-edge/backstage-plugin-res-edge-common';
import { PageRequest } from '../util/cursor';

/** Who did something, and why it is known. @internal */
export interface AuditSource {
  /** Reference of a user, or the name of a service or plugin. */
  readonly actor: string;
  /** The id of the request. */
  readonly request?: string;
  readonly operation: AuditOperation;
}

/** What the audit log says of one thing. @internal */
export interface AuditEntry extends AuditSource {
  /** A kind of the inventory, or `Guard` or `Plan`. */
  readonly kind: string;
  readonly name: string;
  /** Undefined where it is new. */
  readonly before?: JsonObject;
  /** Undefined where it is gone. */
  readonly after?: JsonObject;
}

/** An entry as it is kept. @internal */
export interface StoredAuditEntry extends AuditEntry {
  /** Grows with each entry. */
  readonly sequence: number;
  /** When, in ISO 8601. */
  readonly at: string;
  /** The inventory's revision; undefined for what is not of the inventory. */
  readonly revision?: number;
  /** Who owns the record: `catalog`, `api` or `provider`; undefined for what is not of the inventory. */
  readonly origin?: string;
}

/** Which entries; each part given must hold. @internal */
export interface AuditQuery {
  readonly kind?: string;
  readonly name?: string;
  readonly actor?: string;
  readonly operation?: AuditOperation;
  /** In ISO 8601; inclusive. */
  readonly from?: string;
  /** In ISO 8601; exclusive. */
  readonly to?: string;
}

/** What changed of a record. @internal */
export interface InventoryChangeNote {
  readonly sequence: number;
  readonly revision: number;
  readonly action: 'created' | 'updated' | 'deleted';
  readonly kind: EdgeKind;
  readonly name: string;
  /** What it says, where that was asked for. */
  readonly before?: EdgeEntity;
  readonly after?: EdgeEntity;
}

/**
 * Every change, append-only: who made what of what. Changes of the inventory are written with them, in their transaction;
 * they are what others follow too.
 *
 * @internal
 */
export interface AuditLog {
  /** Notes what is not a record of the inventory, such as a merge. */
  append(entries: readonly AuditEntry[]): Promise<void>;

  /** The newest first. */
  list(
    query: AuditQuery,
    page: PageRequest,
  ): Promise<{ items: StoredAuditEntry[]; nextCursor?: string }>;

  /**
   * The changes of the inventory after a revision, the oldest first.
   *
   * @param after - `sequence`: goes on after this entry, within the revisions
   * @param withEntities - gives what the records say, too
   * @returns undefined where entries after that revision are not kept any more
   */
  changesSince(
    after: { revision: number; sequence?: number },
    limit: number,
    withEntities?: boolean,
  ): Promise<InventoryChangeNote[] | undefined>;

  /** Lets go what is older; says how many. */
  prune(before: Date): Promise<number>;
}
