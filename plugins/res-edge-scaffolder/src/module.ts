import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  createApplicationOnboardAction,
  createApplicationReleaseAction,
  createApplicationRetireAction,
  createApplicationWriteAction,
  createChangeRequestWaitAction,
  createClusterRegisterAction,
  createNamespaceCreateAction,
  createOverlaysPublishAction,
  createPlanPreviewAction,
  createRecordsImportAction,
  createRolloutStartAction,
  createSelectorPreviewAction,
  createTargetChangeAction,
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
        const options = { auth, discovery };
        scaffolder.addActions(
          createApplicationOnboardAction(options),
          createApplicationReleaseAction(options),
          createApplicationRetireAction(options),
          createApplicationWriteAction(),
          createChangeRequestWaitAction(options),
          createClusterRegisterAction(options),
          createNamespaceCreateAction(options),
          createOverlaysPublishAction(options),
          createPlanPreviewAction(options),
          createRecordsImportAction(options),
          createRolloutStartAction(options),
          createSelectorPreviewAction(options),
          createTargetChangeAction(options),
        );
      },
    });
  },
});
