import { LoggerService } from '@backstage/backend-plugin-api';
import {
  OperationBody,
  OperationPath,
  OperationQuery,
  OperationResult,
  ResEdgeOperationId,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ChangeRequestStore, InventoryStore, PlanStore } from '../../database';
import { InventorySync } from '../../inventory';
import { Access } from '../../permissions';
import { Fleet } from '../FleetView';

/** A call that is valid by the document, of somebody who has one of the operation's permissions. @internal */
export interface OperationRequest<Id extends ResEdgeOperationId> {
  readonly path: OperationPath<Id>;
  readonly query: OperationQuery<Id>;
  readonly body: OperationBody<Id>;
  /** Who calls, and what he may see and do. */
  readonly access: Access;
}

/** What answers each operation of the document. @internal */
export type Operations = {
  [Id in ResEdgeOperationId]: (
    request: OperationRequest<Id>,
  ) => Promise<OperationResult<Id>>;
};

/** What the operations read and ask. @internal */
export interface OperationOptions {
  readonly fleet: Fleet;
  readonly plans: PlanStore;
  readonly changeRequests: ChangeRequestStore;
  readonly inventory: Pick<InventoryStore, 'load' | 'changedSince'>;
  readonly inventorySync: Pick<InventorySync, 'sync'>;
  readonly logger: LoggerService;
}

/** What the operations of one area answer. @internal */
export type AreaOperations<Id extends ResEdgeOperationId> = Pick<
  Operations,
  Id
>;
