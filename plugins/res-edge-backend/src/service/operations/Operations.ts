import { LoggerService } from '@backstage/backend-plugin-api';
import {
  OperationBody,
  OperationPath,
  OperationQuery,
  OperationResult,
  ResEdgeOperationId,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ChangeRequestStore, PlanStore } from '../../database';
import { InventorySync } from '../../inventory';
import { Fleet } from '../FleetView';

/** A call that is valid by the document and allowed. @internal */
export interface OperationRequest<Id extends ResEdgeOperationId> {
  readonly path: OperationPath<Id>;
  readonly query: OperationQuery<Id>;
  readonly body: OperationBody<Id>;
  /** Who calls: the reference of a user, or the name of a service. */
  readonly actor: string;
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
  readonly inventorySync: Pick<InventorySync, 'sync'>;
  readonly logger: LoggerService;
}

/** What the operations of one area answer. @internal */
export type AreaOperations<Id extends ResEdgeOperationId> = Pick<
  Operations,
  Id
>;
