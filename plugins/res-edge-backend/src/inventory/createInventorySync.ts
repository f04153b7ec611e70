import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { RES_EDGE_CATALOG_TOPIC } from '@res-edge/backstage-plugin-res-edge-common';
import { InventoryStore, RegistrationProblemStore } from '../database';
import { AdmittedCatalog } from './AdmittedCatalog';
import {
  CATALOG_CONFLICTS_TOPIC,
  CATALOG_ERRORS_TOPIC,
  CatalogErrors,
} from './CatalogErrors';
import { CatalogInventory } from './CatalogInventory';
import { InventorySync } from './InventorySync';
import { RegistrationRules } from './RegistrationRules';

/**
 * What keeps the inventory equal to what the catalog may define, told by events of the catalog.
 *
 * @param options - `delay`: how many milliseconds events are gathered for; `onChange`: called with a reason when the
 * inventory, or what is wrong with registrations, changed
 * @internal
 */
export async function createInventorySync(options: {
  config: Config;
  catalog: CatalogService;
  auth: AuthService;
  events: EventsService;
  logger: LoggerService;
  inventory: InventoryStore;
  problems: RegistrationProblemStore;
  delay: number;
  onChange: (reason: string) => void;
}): Promise<InventorySync> {
  const { catalog, auth, events, logger, inventory, problems } = options;
  const rules = RegistrationRules.fromConfig(options.config);
  const errors = CatalogErrors.create({
    catalog,
    auth,
    store: problems,
    inventory,
    isOurs: location => rules.names(location),
  });
  const onProblems = () => options.onChange('problems of registrations');
  const sync = InventorySync.create({
    catalog: AdmittedCatalog.create({
      catalog: CatalogInventory.create({ catalog, auth, logger }),
      errors,
      rules,
      inventory,
      problems,
      onProblems,
    }),
    store: inventory,
    logger,
    delay: options.delay,
    onChange: ({ revision }) =>
      options.onChange(`inventory revision ${revision}`),
  });
  await events.subscribe({
    id: 'res-edge',
    topics: [RES_EDGE_CATALOG_TOPIC],
    onEvent: async () => sync.trigger(),
  });
  await events.subscribe({
    id: 'res-edge-catalog-errors',
    topics: [CATALOG_ERRORS_TOPIC, CATALOG_CONFLICTS_TOPIC],
    onEvent: async ({ topic, eventPayload }) => {
      const isNew =
        topic === CATALOG_CONFLICTS_TOPIC
          ? await errors.noteConflict(eventPayload)
          : await errors.note(eventPayload);
      if (isNew) onProblems();
    },
  });
  return sync;
}
