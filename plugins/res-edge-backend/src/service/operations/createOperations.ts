import { approvalOperations } from './approvalOperations';
import { auditOperations } from './auditOperations';
import { changeOperations } from './changeOperations';
import { bootstrapOperations } from './bootstrapOperations';
import { changeRequestOperations } from './changeRequestOperations';
import { driftOperations } from './driftOperations';
import { entityOperations } from './entityOperations';
import { entityWriteOperations } from './entityWriteOperations';
import { fleetOperations } from './fleetOperations';
import { guardOperations } from './guardOperations';
import { groupOperations } from './groupOperations';
import { importOperations } from './importOperations';
import { placementOperations } from './placementOperations';
import { planOperations } from './planOperations';
import { policyOperations } from './policyOperations';
import { recordOperations } from './recordOperations';
import { rolloutOperations } from './rolloutOperations';
import { rolloutSimulationOperations } from './rolloutSimulationOperations';
import { selectorOperations } from './selectorOperations';
import { sourceOperations } from './sourceOperations';
import { statusOperations } from './statusOperations';
import { OperationOptions, Operations } from './Operations';

/** The operations of the API, over the latest view of the fleet and the stores: those of each area together. @internal */
export function createOperations(options: OperationOptions): Operations {
  return {
    ...auditOperations(options),
    ...changeOperations(options),
    ...bootstrapOperations(options),
    ...fleetOperations(options),
    ...entityOperations(options),
    ...entityWriteOperations(options),
    ...groupOperations(),
    ...importOperations(options),
    ...placementOperations(options),
    ...policyOperations(options),
    ...recordOperations(options),
    ...rolloutOperations(options),
    ...rolloutSimulationOperations(options),
    ...selectorOperations(),
    ...statusOperations(options),
    ...sourceOperations(options),
    ...planOperations(options),
    ...changeRequestOperations(options),
    ...approvalOperations(options),
    ...driftOperations(options),
    ...guardOperations(options),
  };
}
