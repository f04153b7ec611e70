import { isDeepStrictEqual } from 'node:util';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import {
  EdgeEntity,
  entityRefOf,
} from '@res-edge/backstage-plugin-res-edge-common';
import { checkEtags } from '../util/etag';
import { mergePatch } from '../util/mergePatch';
import { RecordChange } from './changeRows';
import { isSameOrigin } from './inventoryRows';
import { InventoryRecord } from './InventoryStore';
import { ApplyOptions, Mutation, MutationResult } from './Mutation';
import { describeOrigin } from './describeOrigin';
import { PreparedMutation, prepareEntity } from './prepareMutation';

/**
 * What mutations make of the records that they are about, one after another, in memory. Nothing of it is stored here.
 *
 * @internal
 */
export class MutationRun {
  readonly results: MutationResult[] = [];
  readonly changes: RecordChange[] = [];
  /** The references of what changed. */
  readonly touched = new Set<string>();

  private constructor(
    /** By reference, as they stand now. */
    readonly records: Map<string, InventoryRecord>,
    private readonly options: ApplyOptions,
    private readonly next: { readonly revision: number; readonly at: string },
  ) {}

  /**
   * @param next - the revision that the changes will be, and when
   */
  static create(options: {
    records: Map<string, InventoryRecord>;
    apply: ApplyOptions;
    next: { revision: number; at: string };
  }): MutationRun {
    return new MutationRun(options.records, options.apply, options.next);
  }

  add({ mutation, entity, error }: PreparedMutation): void {
    const { kind, name } = mutation;
    const index = this.results.length;
    try {
      if (error) throw error;
      this.results.push({ index, kind, name, ...this.make(mutation, entity) });
    } catch (failure) {
      if (!(failure instanceof Error)) throw failure;
      this.results.push({
        index,
        kind,
        name,
        status: 'failed',
        error: failure,
      });
    }
  }

  get failed(): boolean {
    return this.results.some(({ status }) => status === 'failed');
  }

  /** The results where nothing of it is stored: what would be new has no revision. */
  get unstored(): MutationResult[] {
    const { revision } = this.next;
    return this.results.map(result =>
      result.revision === revision
        ? { ...result, revision: undefined }
        : result,
    );
  }

  private make(
    mutation: Mutation,
    entity: EdgeEntity | undefined,
  ): Pick<MutationResult, 'status' | 'revision' | 'entity'> {
    const { kind, name } = mutation;
    const known = this.records.get(entityRefOf(kind, name));
    if (mutation.action === 'create') {
      return known
        ? this.createAgain(mutation, known, entity!)
        : this.create(mutation, entity!);
    }
    if (!known) {
      if (mutation.action === 'apply') return this.create(mutation, entity!);
      throw new NotFoundError(`No ${kind} '${name}' is registered`);
    }
    const { check, origin } = this.options;
    const action = mutation.action === 'delete' ? 'delete' : 'update';
    check?.(action, kind, known.entity, undefined);
    checkName(mutation, known);
    if (!isSameOrigin(known.origin, origin)) throw otherOrigin(known);
    checkEtags(mutation, known.revision);
    if (mutation.action === 'delete') {
      this.write(mutation, known, undefined);
      return { status: 'deleted' };
    }
    const after = entity ?? patched(known.entity, mutation);
    check?.('update', kind, known.entity, after);
    if (isDeepStrictEqual(known.entity, after)) return unchanged(known);
    const record = this.write(mutation, known, after)!;
    return { status: 'updated', ...resultOf(record) };
  }

  private create(mutation: Mutation, entity: EdgeEntity) {
    this.options.check?.('create', mutation.kind, undefined, entity);
    checkEtags(mutation, undefined);
    const record = this.write(mutation, undefined, entity)!;
    return { status: 'created' as const, ...resultOf(record) };
  }

  /** By the same name: no change where it is the same, so that a request can be repeated. */
  private createAgain(
    mutation: Mutation,
    known: InventoryRecord,
    entity: EdgeEntity,
  ) {
    const { kind, name } = mutation;
    const { check, origin } = this.options;
    check?.('create', kind, undefined, entity);
    if (!this.isVisible(known)) {
      throw new ConflictError(`The name '${name}' is taken`);
    }
    checkName(mutation, known);
    if (!isSameOrigin(known.origin, origin)) throw otherOrigin(known);
    checkEtags(mutation, known.revision);
    if (!isDeepStrictEqual(known.entity, entity)) {
      throw new ConflictError(
        `${kind} '${name}' exists already, and is another one; replace it, if that is meant`,
      );
    }
    return unchanged(known);
  }

  private isVisible({ entity }: InventoryRecord): boolean {
    try {
      this.options.check?.('update', entity.kind, entity, undefined);
      return true;
    } catch (error) {
      return (error as Error).name !== 'NotFoundError';
    }
  }

  private write(
    { kind, name, action }: Mutation,
    known: InventoryRecord | undefined,
    entity: EdgeEntity | undefined,
  ): InventoryRecord | undefined {
    const { actor, request, operation = action } = this.options;
    const { revision, at } = this.next;
    const ref = entityRefOf(kind, name);
    const origin = known?.origin ?? this.options.origin;
    this.touched.add(ref);
    this.changes.push({
      actor,
      request,
      operation,
      origin,
      kind,
      name,
      before: known && JSON.stringify(known.entity),
      after: entity && JSON.stringify(entity),
    });
    if (!entity) {
      this.records.delete(ref);
      return undefined;
    }
    const record = {
      entity,
      origin,
      revision,
      createdAt: known?.createdAt ?? at,
      updatedAt: at,
      alsoAt: known?.alsoAt ?? [],
    };
    this.records.set(ref, record);
    return record;
  }
}

function patched(entity: EdgeEntity, mutation: Mutation): EdgeEntity {
  const patch = (mutation as { patch: JsonObject }).patch;
  return prepareEntity(
    mutation,
    mergePatch(entity as unknown as JsonObject, patch),
  );
}

function unchanged(record: InventoryRecord) {
  return { status: 'unchanged' as const, ...resultOf(record) };
}

function resultOf({ entity, revision }: InventoryRecord) {
  return { entity, revision };
}

/** Names are one where they differ in case alone, because references do not. */
function checkName({ kind, name }: Mutation, { entity }: InventoryRecord) {
  if (entity.metadata.name !== name) {
    throw new ConflictError(
      `${kind} '${name}' differs from '${entity.metadata.name}', which is registered, in case alone`,
    );
  }
}

function otherOrigin({ entity, origin }: InventoryRecord): ConflictError {
  return new ConflictError(
    `${entity.kind} '${entity.metadata.name}' ${describeOrigin(origin)}`,
  );
}
