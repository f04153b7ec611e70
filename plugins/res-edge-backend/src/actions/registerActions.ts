import { ActionOptions } from './ActionOptions';
import { registerApprovalActions } from './registerApprovalActions';
import { registerApplicationActions } from './registerApplicationActions';
import { registerDriftActions } from './registerDriftActions';
import { registerEntityActions } from './registerEntityActions';
import { registerExplainAction } from './registerExplainAction';
import { registerGuardActions } from './registerGuardActions';
import { registerImportAction } from './registerImportAction';
import { registerListChangeRequestsAction } from './registerListChangeRequestsAction';
import { registerPreviewSelectorAction } from './registerPreviewSelectorAction';
import { registerRolloutActions } from './registerRolloutActions';
import { registerStatusAction } from './registerStatusAction';
import { registerWhatIfAction } from './registerWhatIfAction';

/**
 * What people do over the API, as registered actions: tools for assistants over MCP, and steps of templates.
 *
 * @internal
 */
export function registerActions(options: ActionOptions): void {
  registerExplainAction(options);
  registerPreviewSelectorAction(options);
  registerListChangeRequestsAction(options);
  registerStatusAction(options);
  registerWhatIfAction(options);
  registerEntityActions(options);
  registerApplicationActions(options);
  registerImportAction(options);
  registerDriftActions(options);
  registerGuardActions(options);
  registerRolloutActions(options);
  registerApprovalActions(options);
}
