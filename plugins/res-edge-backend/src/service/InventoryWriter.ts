import { AuditOperation } from '@res-edge/backstage-plugin-res-edge-common';
import {
  ApplyResult,
  InventoryStore,
  Mutation,
  MutationResult,
} from '../database';
import { Access } from '../permissions';

/** Who writes, and how. @internal */
export interface WriteOptions {
  readonly access: Access;
  readonly requestId?: string;
  /** What the audit log says; each mutation's own action where left out. */
  readonly operation?: AuditOperation;
  readonly atomic?: boolean;
  readonly dryRun?: boolean;
  /** Whether a dry run may change records of other origins, too. */
  readonly anyOrigin?: boolean;
}

/** Writes what callers of the API ask for, as far as they may, and tells of it. @internal */
export class InventoryWriter {
  /** @param options - `onWrite` is called after each write that changed something */
  static create(options: {
    inventory: Pick<InventoryStore, 'apply'>;
    onWrite: (result: ApplyResult) => void;
  }): InventoryWriter {
    return new InventoryWriter(options.inventory, options.onWrite);
  }

  private constructor(
    private readonly inventory: Pick<InventoryStore, 'apply'>,
    private readonly onWrite: (result: ApplyResult) => void,
  ) {}

  /** Makes the writes that can be made; what became of each is in the result. */
  async write(
    mutations: readonly Mutation[],
    { access, requestId, operation, ...how }: WriteOptions,
  ): Promise<ApplyResult> {
    const result = await this.inventory.apply(mutations, {
      actor: access.actor,
      origin: { type: 'api' },
      request: requestId,
      operation,
      ...how,
      review: changes => access.review(changes),
    });
    const { written, deleted } = result.difference;
    if (result.applied && written.length + deleted.length > 0) {
      this.onWrite(result);
    }
    return result;
  }

  /** @throws why it was not written */
  async writeOne(
    mutation: Mutation,
    options: WriteOptions,
  ): Promise<MutationResult> {
    const { results } = await this.write([mutation], options);
    const [result] = results;
    if (result.error) {
      throw result.error;
    }
    return result;
  }
}
