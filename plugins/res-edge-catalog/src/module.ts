import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { EdgeEntitiesProcessor } from './processor';
import {
  ClientInventoryReader,
  InventoryProvider,
  ResEdgeApiProvider,
  scheduleRefresh,
} from './provider';

/**
 * Makes the catalog know EdgeCluster, EdgeGroup, EdgeNamespace, EdgeApplication and EdgePolicy, the API of the data service, and
 * what its inventory has from elsewhere.
 *
 * @public
 */
export const catalogModuleResEdge = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'res-edge',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
      },
      async init({
        auth,
        catalog,
        config,
        discovery,
        events,
        logger,
        scheduler,
      }) {
        catalog.addProcessor(EdgeEntitiesProcessor.create({ events, logger }));
        catalog.addEntityProvider(ResEdgeApiProvider.create());
        const inventory = InventoryProvider.create({
          reader: ClientInventoryReader.create({ auth, discovery }),
          logger,
        });
        catalog.addEntityProvider(inventory);
        await scheduleRefresh({
          provider: inventory,
          config,
          scheduler,
          logger,
        });
      },
    });
  },
});
