import { ActionOptions } from './ActionOptions';
import { registerExplainAction } from './registerExplainAction';
import { registerListChangeRequestsAction } from './registerListChangeRequestsAction';
import { registerPreviewSelectorAction } from './registerPreviewSelectorAction';
import { registerStatusAction } from './registerStatusAction';
import { registerWhatIfAction } from './registerWhatIfAction';

/**
 * Operations that only read, as registered actions: tools for assistants over MCP, and steps of templates.
 *
 * @internal
 */
export function registerActions(options: ActionOptions): void {
  registerExplainAction(options);
  registerPreviewSelectorAction(options);
  registerListChangeRequestsAction(options);
  registerStatusAction(options);
  registerWhatIfAction(options);
}
