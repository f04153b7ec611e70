import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { EdgeEntitiesProcessor } from './processor';

/**
 * Makes the catalog know EdgeCluster, EdgeGroup, EdgeNamespace, EdgeApplication and EdgePolicy.
 *
 * @public
 */
export const catalogModuleResEdge = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'res-edge',
  register(env) {
    env.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        events: eventsServiceRef,
        logger: coreServices.logger,
      },
      async init({ catalog, events, logger }) {
        catalog.addProcessor(EdgeEntitiesProcessor.create({ events, logger }));
      },
    });
  },
});
