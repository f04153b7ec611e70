import { LoggerService } from '@backstage/backend-plugin-api';
import {
  EdgeEntity,
  entityRefOf,
  Problem,
  RES_EDGE_API_VERSION,
} from '@res-edge/backstage-plugin-res-edge-common';
import { ClusterInventoryProvider } from '@res-edge/backstage-plugin-res-edge-node';
import {
  InventoryChange,
  InventoryStore,
  RegistrationProblemStore,
} from '../database';
import { checkRecords, ImportRecord, RawRecord } from '../imports';

/** More clusters than any fleet has: a provider that never ends does. */
const MAX_CLUSTERS = 1_000_000;

/**
 * Keeps the clusters of one provider in the inventory. A cluster that is wrong is a problem and left out; a provider that
 * cannot be read, or reads empty, changes nothing.
 *
 * @internal
 */
export class ProviderSync {
  readonly name: string;

  /** @param options - `onChange` is called after each sync that changed something, or found other problems */
  static create(options: {
    provider: ClusterInventoryProvider;
    inventory: Pick<InventoryStore, 'replaceFromOrigin'>;
    problems: Pick<RegistrationProblemStore, 'replace'>;
    logger: LoggerService;
    onChange: (revision: number) => void;
  }): ProviderSync {
    return new ProviderSync(options);
  }

  private constructor(
    private readonly options: Parameters<typeof ProviderSync.create>[0],
  ) {
    this.name = options.provider.getProviderName();
  }

  /** @throws what the provider or the store throws; then nothing was changed */
  async sync(signal: AbortSignal): Promise<InventoryChange> {
    const { provider, inventory, problems, logger, onChange } = this.options;
    const records = await checkRecords(
      rawRecords(provider.readClusters({ signal })),
      { maxRecords: MAX_CLUSTERS },
    );
    const source = `provider:${this.name}`;
    const found = await problems.replace(
      source,
      records.flatMap(record => problemOf(record, this.name)),
    );
    const change = await inventory.replaceFromOrigin(
      { type: 'provider', location: this.name },
      records.flatMap(({ entity }) => (entity ? [{ entity }] : [])),
      { actor: source, operation: 'sync' },
    );
    const { added, changed, removed, revision } = change;
    if (added + changed + removed > 0) {
      logger.info(
        `Inventory revision ${revision} from ${source}: ${added} added, ${changed} changed, ${removed} removed`,
      );
      onChange(revision);
    } else if (found) {
      onChange(revision);
    }
    return change;
  }
}

async function* rawRecords(
  clusters: AsyncIterable<{ metadata: object; spec: object }>,
): AsyncGenerator<RawRecord> {
  for await (const { metadata, spec } of clusters) {
    yield {
      value: {
        apiVersion: RES_EDGE_API_VERSION,
        kind: 'EdgeCluster' satisfies EdgeEntity['kind'],
        metadata,
        spec,
      },
    };
  }
}

function problemOf(
  { number, name, problem }: ImportRecord,
  provider: string,
): Problem[] {
  if (!problem) return [];
  return [
    {
      entity: entityRefOf('EdgeCluster', name ?? `cluster-${number}`),
      field: problem.field ?? '',
      message: `has no effect: the provider '${provider}' gives it so: ${problem.message}`,
    },
  ];
}
