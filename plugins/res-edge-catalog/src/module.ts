import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { EdgeEntitiesProcessor } from './processor';
import { ResEdgeApiProvider } from './provider';

/**
 * Makes the catalog know EdgeCluster, EdgeGroup, EdgeNamespace, EdgeApplication and EdgePolicy, and the API of the data service.
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
        catalog.addEntityProvider(ResEdgeApiProvider.create());
      },
    });
  },
});
