import { JsonObject } from '@backstage/types';
import {
  AuditOperation,
  EdgeEntity,
  EdgeKind,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  InventoryDifference,
  InventoryOrigin,
  InventoryRecord,
} from './InventoryStore';

/**
 * One write that somebody asks for.
 *
 * - `create`: the record must be new; an equal one is no change, another one is a conflict.
 * - `replace`: the record must be there.
 * - `apply`: creates or replaces.
 * - `patch`: a JSON merge patch (RFC 7396) of a record that must be there.
 * - `delete`: takes the record away; it must be there.
 *
 * @internal
 */
export type Mutation = {
  readonly kind: EdgeKind;
  readonly name: string;
  /** Etags of which one must be the record's, as `"12"`; `*`: any, so that it must be there. */
  readonly ifMatch?: readonly string[];
  /** Etags of which none may be the record's; `*`: any, so that it must not be there. */
  readonly ifNoneMatch?: readonly string[];
} & (
  | {
      readonly action: 'create' | 'replace' | 'apply';
      /** As it comes from outside: it is validated when it is written. */
      readonly entity: unknown;
    }
  | { readonly action: 'patch'; readonly patch: JsonObject }
  | { readonly action: 'delete' }
);

/** What became of one mutation. @internal */
export interface MutationResult {
  /** Which mutation of the batch, from 0. */
  readonly index: number;
  readonly kind: EdgeKind;
  readonly name: string;
  readonly status: 'created' | 'updated' | 'deleted' | 'unchanged' | 'failed';
  /** At which the record was last written; undefined where there is none now, and where nothing was stored. */
  readonly revision?: number;
  /** The record as it is, or would be. */
  readonly record?: InventoryRecord;
  /** Why it failed. */
  readonly error?: Error;
}

/** Who writes, and how. @internal */
export interface ApplyOptions {
  /** Reference of a user, or the name of a service. */
  readonly actor: string;
  /** Of records that are new; records of another origin are not written. */
  readonly origin: InventoryOrigin;
  /** The id of the request, for the audit log. */
  readonly request?: string;
  /** What the audit log says; each mutation's own action where left out. */
  readonly operation?: AuditOperation;
  /** All or nothing. Otherwise what can be written is written. */
  readonly atomic?: boolean;
  /** Says what would happen, and writes nothing. */
  readonly dryRun?: boolean;
  /** Whether a dry run may change records of other origins, too. */
  readonly anyOrigin?: boolean;
  /**
   * Whether the caller may make these changes; asked once, within the transaction, with one for each mutation.
   *
   * @returns for each what stands against it: the result of the mutation then, whatever else is wrong with it
   */
  readonly review?: (
    changes: readonly ProposedChange[],
  ) => Promise<readonly (Error | undefined)[]>;
}

/** What a mutation would make of one record. @internal */
export interface ProposedChange {
  readonly action: 'create' | 'update' | 'delete';
  readonly kind: EdgeKind;
  readonly name: string;
  /** As it is; left out where there is none. */
  readonly before?: EdgeEntity;
  /** As it would be; left out where it goes, and where it cannot be. */
  readonly after?: EdgeEntity;
}

/** What became of a batch. @internal */
export interface ApplyResult {
  /** The inventory's revision afterwards. */
  readonly revision: number;
  /** False for a dry run, and for an atomic batch of which one mutation failed. */
  readonly applied: boolean;
  /** One for each mutation, in their order. */
  readonly results: readonly MutationResult[];
  /** What they change all in all, or would change. */
  readonly difference: Omit<InventoryDifference, 'revision'>;
}
