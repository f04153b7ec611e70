import { ArtifactStore } from '../database';
import {
  ArtifactPusher,
  ArtifactRemover,
  formatRegistryAddress,
  RegistryClient,
  RegistryOptions,
} from '../oci';
import { ArtifactOptions } from '../readArtifactOptions';
import { ArtifactDelivery } from './ArtifactDelivery';
import { ArtifactRetention } from './ArtifactRetention';
import { DeliveryRetention } from './DeliveryRetention';

/** What pushes to the registry that the configuration names, and deletes there what is old. @internal */
export function createArtifactDelivery(
  options: Omit<
    Parameters<typeof ArtifactDelivery.create>[0],
    'pusher' | 'retention' | 'store' | 'per' | 'concurrency'
  > & {
    retention: DeliveryRetention;
    /** What was pushed, by the registry's address. */
    artifactStoreOf: (registry: string) => ArtifactStore;
  },
  registry: RegistryOptions & Pick<ArtifactOptions, 'per' | 'concurrency'>,
): ArtifactDelivery {
  const { logger, now } = options;
  const { concurrency, per } = registry;
  const store = options.artifactStoreOf(
    formatRegistryAddress(registry.address),
  );
  return ArtifactDelivery.create({
    ...options,
    ...{ store, per, concurrency },
    pusher: ArtifactPusher.create({
      registry: RegistryClient.create(registry),
    }),
    retention: ArtifactRetention.create({
      ...{ store, concurrency, logger, now },
      remover: ArtifactRemover.create(registry),
      retention: options.retention.retention,
    }),
  });
}
