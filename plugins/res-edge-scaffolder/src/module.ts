import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  createApplicationWriteAction,
  createChangeRequestWaitAction,
  createSelectorPreviewAction,
} from './actions';

/**
 * Adds the actions of Res-Edge to the scaffolder.
 *
 * @public
 */
export const scaffolderModuleResEdge = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'res-edge',
  register(reg) {
    reg.registerInit({
      deps: {
        scaffolder: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        discovery: coreServices.discovery,
      },
      async init({ scaffolder, auth, discovery }) {
        scaffolder.addActions(
          createApplicationWriteAction(),
          createChangeRequestWaitAction({ auth, discovery }),
          createSelectorPreviewAction({ auth, discovery }),
        );
      },
    });
  },
});
