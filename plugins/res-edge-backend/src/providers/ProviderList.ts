import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { ClusterInventoryProvider } from '@res-edge/backstage-plugin-res-edge-node';
import { InventoryStore, RegistrationProblemStore } from '../database';
import { ProviderSync } from './ProviderSync';

const DEFAULT_FREQUENCY = { minutes: 10 };
/** It becomes a part of the origin, of problems and of the task's id. */
const NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Takes providers in, each name once. @internal */
export class ProviderList {
  private readonly providers = new Map<string, ClusterInventoryProvider>();

  static create(): ProviderList {
    return new ProviderList();
  }

  private constructor() {}

  /** @throws InputError where the name is none, or is taken */
  add(provider: ClusterInventoryProvider): void {
    const name = provider.getProviderName();
    if (!NAME.test(name)) {
      throw new InputError(
        `'${name}' is no name of a provider: at most 63 of a-z, 0-9 and '-', a letter or digit first and last`,
      );
    }
    if (this.providers.has(name)) {
      throw new InputError(`There are two providers '${name}'`);
    }
    this.providers.set(name, provider);
  }

  /** Reads each of them from time to time, on one replica. */
  async schedule(options: {
    scheduler: SchedulerService;
    inventory: InventoryStore;
    problems: RegistrationProblemStore;
    logger: LoggerService;
    onChange: (reason: string) => void;
  }): Promise<void> {
    for (const [name, provider] of this.providers) {
      const sync = ProviderSync.create({
        ...options,
        provider,
        onChange: revision =>
          options.onChange(`inventory revision ${revision}`),
      });
      await options.scheduler.scheduleTask({
        id: `provider-${name}`,
        frequency: provider.frequency ?? DEFAULT_FREQUENCY,
        initialDelay: { seconds: 5 },
        timeout: { minutes: 30 },
        scope: 'global',
        fn: async signal => {
          await sync.sync(signal);
        },
      });
    }
  }
}
