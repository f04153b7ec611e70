import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { Config, readDurationFromConfig } from '@backstage/config';
import { stringifyError } from '@backstage/errors';
import { InventoryProvider } from './InventoryProvider';

const KEY = 'catalog.providers.resEdge.frequency';
const DEFAULT_FREQUENCY = { seconds: 10 };

/**
 * Refreshes a provider from time to time, on one replica at once. A data service that is not up yet is nothing to shout
 * about: the same failure is told once.
 *
 * @internal
 */
export async function scheduleRefresh(options: {
  provider: Pick<InventoryProvider, 'refresh'>;
  config: Config;
  scheduler: SchedulerService;
  logger: LoggerService;
}): Promise<void> {
  const { provider, config, scheduler, logger } = options;
  const frequency = config.has(KEY)
    ? readDurationFromConfig(config, { key: KEY })
    : DEFAULT_FREQUENCY;
  let told: string | undefined;
  await scheduler.scheduleTask({
    id: 'res-edge-inventory',
    frequency,
    // The data service answers when every plugin is up.
    initialDelay: { seconds: 5 },
    timeout: { minutes: 10 },
    scope: 'global',
    fn: async signal => {
      try {
        await provider.refresh(signal);
        told = undefined;
      } catch (error) {
        const message = stringifyError(error);
        if (message !== told) {
          logger.warn(`The inventory cannot be read; trying again: ${message}`);
        }
        told = message;
      }
    },
  });
}
