import { AuditorService } from '@backstage/backend-plugin-api';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { AccessFactory } from '../permissions';
import { Operations } from '../service';

/** What the actions ask. @internal */
export interface ActionOptions {
  readonly actionsRegistry: ActionsRegistryService;
  readonly accessFactory: AccessFactory;
  readonly auditor: AuditorService;
  readonly operations: Operations;
}

/** Of an action that only reads. @internal */
export const reading = { readOnly: true, destructive: false, idempotent: true };

/** Of an action that adds something, or finds it there already. @internal */
export const adding = { readOnly: false, destructive: false, idempotent: true };

/** Of an action that changes or takes away what is there; the same again changes nothing more. @internal */
export const replacing = {
  readOnly: false,
  destructive: true,
  idempotent: true,
};
