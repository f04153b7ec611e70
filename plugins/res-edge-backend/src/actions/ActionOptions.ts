import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { AccessFactory } from '../permissions';
import { Operations } from '../service';

/** What the actions ask. @internal */
export interface ActionOptions {
  readonly actionsRegistry: ActionsRegistryService;
  readonly accessFactory: AccessFactory;
  readonly operations: Operations;
}

/** All of them only read. @internal */
export const attributes = {
  readOnly: true,
  destructive: false,
  idempotent: true,
};
