/**
 * The backend of the portal: it chooses plugins and holds no logic.
 *
 * @packageDocumentation
 */

import { createBackend } from '@backstage/backend-defaults';
import { databaseServiceFactory } from './databaseServiceFactory';

const backend = createBackend();

backend.add(databaseServiceFactory);

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(import('@backstage/plugin-auth-backend-module-github-provider'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(
  import('@res-edge/backstage-plugin-permission-backend-module-res-edge'),
);

backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-events-backend-module-github'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-search-backend-module-pg'));

backend.add(import('@backstage/plugin-scaffolder-backend'));

backend.add(
  import('@res-edge/backstage-plugin-catalog-backend-module-res-edge'),
);
backend.add(
  import('@res-edge/backstage-plugin-scaffolder-backend-module-res-edge'),
);
backend.add(import('@res-edge/backstage-plugin-res-edge-backend'));

backend.start();
