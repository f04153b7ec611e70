import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import {
  EdgeKind,
  InventoryRecord,
  RecordPage,
  ResEdgeApi,
  ResEdgeApiError,
  ResEdgeClient,
} from '@res-edge/backstage-plugin-res-edge-common';

/** The largest page that the data service gives. */
const PAGE = 1_000;

/** What the inventory holds, or what changed of it. @internal */
export interface InventoryChanges {
  readonly revision: number;
  readonly records: readonly InventoryRecord[];
  readonly deleted: readonly { kind: EdgeKind; name: string }[];
}

/** Reads what does not come from the catalog. @internal */
export interface InventoryReader {
  /** What there is, with a revision from which changes can be asked for. */
  readAll(signal?: AbortSignal): Promise<InventoryChanges>;

  /** What changed since a revision; undefined where everything has to be read. */
  changesSince(
    revision: number,
    signal?: AbortSignal,
  ): Promise<InventoryChanges | undefined>;
}

/** Asks the data service, wherever it runs, in the name of the catalog. @internal */
export class ClientInventoryReader implements InventoryReader {
  static create(options: {
    auth: AuthService;
    discovery: DiscoveryService;
  }): InventoryReader {
    const api = new ResEdgeClient({ discoveryApi: options.discovery });
    return new ClientInventoryReader(options.auth, api);
  }

  private constructor(
    private readonly auth: AuthService,
    private readonly api: Pick<ResEdgeApi, 'listRecords'>,
  ) {}

  async readAll(signal?: AbortSignal): Promise<InventoryChanges> {
    const records: InventoryRecord[] = [];
    let first: RecordPage | undefined;
    let cursor: string | undefined;
    do {
      const page = await this.page({ limit: PAGE, cursor }, signal);
      first ??= page;
      records.push(...page.records);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    // What changes while the pages are read comes again with the changes since the first one.
    return { revision: first.revision, records, deleted: [] };
  }

  async changesSince(
    revision: number,
    signal?: AbortSignal,
  ): Promise<InventoryChanges | undefined> {
    try {
      return await this.page({ since: revision }, signal);
    } catch (error) {
      if (error instanceof ResEdgeApiError && error.statusCode === 410) {
        return undefined;
      }
      throw error;
    }
  }

  private async page(
    query: { limit?: number; cursor?: string; since?: number },
    signal?: AbortSignal,
  ): Promise<RecordPage> {
    // For one call: tokens are short-lived.
    const { token } = await this.auth.getPluginRequestToken({
      onBehalfOf: await this.auth.getOwnServiceCredentials(),
      targetPluginId: 'res-edge',
    });
    return this.api.listRecords(
      { ...query, origin: ['api', 'provider'] },
      { token, signal },
    );
  }
}
