import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { EdgeClusterEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { HumanDuration } from '@backstage/types';

/** A cluster as a provider knows it. Fields that change all the time, such as when it was last seen, do not belong here. @public */
export interface ProvidedCluster {
  readonly metadata: {
    readonly name: string;
    readonly title?: string;
    readonly description?: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
    readonly tags?: string[];
  };
  readonly spec: EdgeClusterEntity['spec'];
}

/** Knows clusters from elsewhere, such as a cloud's inventory. @public */
export interface ClusterInventoryProvider {
  /** Unique and stable, such as `azure-arc`: its clusters are known to come from `provider:azure-arc`, and only it changes them. */
  getProviderName(): string;

  /** How often to read; every 10 minutes where left out. */
  readonly frequency?: HumanDuration;

  /**
   * Every cluster that there is now. What is not among them is taken away, so that a part must never pass for the whole:
   * where not all can be read, this throws.
   */
  readClusters(options: {
    signal: AbortSignal;
  }): AsyncIterable<ProvidedCluster>;
}

/** Where backend modules add inventories of clusters. @public */
export interface ClusterInventoryExtensionPoint {
  /** @throws where the name is taken */
  addProvider(provider: ClusterInventoryProvider): void;
}

/** @public */
export const clusterInventoryExtensionPoint =
  createExtensionPoint<ClusterInventoryExtensionPoint>({
    id: 'res-edge.cluster-inventory',
  });
