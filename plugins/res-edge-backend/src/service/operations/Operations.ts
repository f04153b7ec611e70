import { LoggerService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  OperationBody,
  OperationPath,
  OperationQuery,
  OperationResult,
  ResEdgeOperationId,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Approvals } from '../../automation/Approvals';
import {
  AuditLog,
  ChangeRequestStore,
  InventoryStore,
  PlanStore,
  RolloutHistory,
  RolloutStore,
  SourcePollStore,
  SourceStore,
} from '../../database';
import { InventorySync } from '../../inventory';
import { Access } from '../../permissions';
import { Limits } from '../../readOptions';
import { PullOptions } from '../../readPullOptions';
import { Fleet } from '../FleetView';
import { FleetStatus } from '../../status';
import { InventoryWriter } from '../InventoryWriter';
import { Reply } from './Reply';

/** A call that is valid by the document, of somebody who has one of the operation's permissions. @internal */
export interface OperationRequest<Id extends ResEdgeOperationId> {
  readonly path: OperationPath<Id>;
  readonly query: OperationQuery<Id>;
  readonly body: OperationBody<Id>;
  /** Who calls, and what he may see and do. */
  readonly access: Access;
  /** What HTTP says beside the parameters; calls that do not come by HTTP have none. */
  readonly http?: {
    /** From If-Match and If-None-Match. */
    readonly conditions?: {
      readonly ifMatch?: readonly string[];
      readonly ifNoneMatch?: readonly string[];
    };
    readonly requestId?: string;
    /** Whether the answer is asked for as NDJSON. */
    readonly wantsLines?: boolean;
    /** Aborted when nobody waits for the answer any more. */
    readonly signal?: AbortSignal;
  };
}

/** The operations that answer with more than a body. */
type ReplyingOperationId =
  | 'listEntities'
  | 'getEntity'
  | 'createEntity'
  | 'applyEntity'
  | 'patchEntity'
  | 'deleteEntity'
  | 'writeEntities';

/** What answers each operation of the document. @internal */
export type Operations = {
  [Id in ResEdgeOperationId]: (
    request: OperationRequest<Id>,
  ) => Promise<
    Id extends ReplyingOperationId
      ? Reply<OperationResult<Id>>
      : OperationResult<Id>
  >;
};

/** What the operations read and ask. @internal */
export interface OperationOptions {
  readonly fleet: Fleet;
  readonly status: FleetStatus;
  readonly plans: PlanStore;
  readonly changeRequests: ChangeRequestStore;
  readonly approvals: Approvals;
  readonly rollouts: Omit<RolloutStore, 'save'> & RolloutHistory;
  readonly inventory: Pick<
    InventoryStore,
    'get' | 'load' | 'changedSince' | 'revision'
  >;
  readonly audit: Pick<AuditLog, 'append' | 'list' | 'changesSince'>;
  readonly sources: Pick<SourceStore, 'put'>;
  /** What polling found; left out where nothing is polled. */
  readonly polls?: Pick<SourcePollStore, 'list'>;
  readonly writer: InventoryWriter;
  readonly limits: Limits;
  readonly pull: PullOptions;
  readonly catalog: Pick<CatalogService, 'streamEntities'>;
  readonly inventorySync: Pick<InventorySync, 'sync'>;
  readonly logger: LoggerService;
}

/** What the operations of one area answer. @internal */
export type AreaOperations<Id extends ResEdgeOperationId> = Pick<
  Operations,
  Id
>;
