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
import { describeOrigin } from './describeOrigin';
import { isSameOrigin } from './inventoryRows';
import { InventoryRecord } from './InventoryStore';
import {
  ApplyOptions,
  ApplyResult,
  Mutation,
  MutationResult,
  ProposedChange,
} from './Mutation';
import { PreparedMutation, prepareEntity } from './prepareMutation';

/** A {@link RecordChange} that is no text yet. */
type EntityChange = Omit<RecordChange, 'before' | 'after'> &
  Pick<ProposedChange, 'before' | 'after'>;

/**
 * What mutations make of the records that they are about, one after another, in memory. Nothing of it is stored here.
 *
 * @internal
 */
export class MutationRun {
  readonly results: MutationResult[] = [];
  readonly changes: EntityChange[] = [];
  /** What each mutation would do, for those who decide whether it may. */
  readonly proposals: ProposedChange[] = [];
  private readonly refused = new Set<string>();

  private constructor(
    /** By reference, as they stand now. */
    readonly records: Map<string, InventoryRecord>,
    private readonly options: ApplyOptions,
    private readonly next: { readonly revision: number; readonly at: string },
  ) {}

  /**
   * Runs the mutations, and once more without those that the caller may not make.
   *
   * @param options - `next`: the revision that the changes will be, and when
   */
  static async make(options: {
    mutations: readonly PreparedMutation[];
    records: ReadonlyMap<string, InventoryRecord>;
    apply: ApplyOptions;
    next: { revision: number; at: string };
  }): Promise<MutationRun> {
    const { mutations, records, apply, next } = options;
    const run = (refusals: readonly (Error | undefined)[]) => {
      const made = new MutationRun(new Map(records), apply, next);
      mutations.forEach((mutation, index) =>
        made.add(mutation, refusals[index]),
      );
      return made;
    };
    const all = run([]);
    const refusals = (await apply.review?.(all.proposals)) ?? [];
    return refusals.some(error => error !== undefined) ? run(refusals) : all;
  }

  /** What the mutations change all in all: the last word on each record. */
  get difference(): ApplyResult['difference'] {
    const last = new Map(
      this.changes.map(({ kind, name }) => [
        entityRefOf(kind, name),
        { kind, name },
      ]),
    );
    const refs = [...last.keys()];
    return {
      written: refs.flatMap(ref => this.records.get(ref) ?? []),
      deleted: refs
        .filter(ref => !this.records.has(ref))
        .map(ref => last.get(ref)!),
    };
  }

  /** One for each change, made when it is asked for. */
  *recordChanges(): Generator<RecordChange> {
    for (const { before, after, ...change } of this.changes) {
      yield {
        ...change,
        before: before && JSON.stringify(before),
        after: after && JSON.stringify(after),
      };
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

  private add(
    { mutation, entity, error }: PreparedMutation,
    refusal: Error | undefined,
  ): void {
    const { kind, name } = mutation;
    const index = this.results.length;
    const ref = entityRefOf(kind, name);
    const known = this.records.get(ref);
    let proposal = proposalOf(mutation, known);
    try {
      if (refusal) {
        this.refused.add(ref);
        throw refusal;
      }
      // What it would make of the record was not asked for.
      if (this.refused.has(ref)) {
        throw new ConflictError(
          'An earlier write of this record, in the same request, was refused',
        );
      }
      if (error) throw error;
      const after = entityAfter(mutation, known, entity);
      proposal = { ...proposal, after };
      this.results.push({
        index,
        kind,
        name,
        ...this.make(mutation, known, after),
      });
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
    this.proposals.push(proposal);
  }

  private make(
    mutation: Mutation,
    known: InventoryRecord | undefined,
    after: EdgeEntity | undefined,
  ): Pick<MutationResult, 'status' | 'revision' | 'record'> {
    if (known) {
      checkName(mutation, known);
      checkOrigin(known, this.options);
    }
    checkEtags(mutation, known?.revision);
    if (known && isDeepStrictEqual(known.entity, after)) {
      return { status: 'unchanged', record: known, revision: known.revision };
    }
    if (known && mutation.action === 'create') {
      throw new ConflictError(
        `${mutation.kind} '${mutation.name}' exists already, and is another one; replace it, if that is meant`,
      );
    }
    const record = this.write(mutation, known, after);
    if (!record) return { status: 'deleted' };
    const { revision } = record;
    return { status: known ? 'updated' : 'created', record, revision };
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
    this.changes.push({
      actor,
      request,
      operation,
      origin,
      kind,
      name,
      before: known?.entity,
      after: entity,
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

/** As far as it can be said before the entity is looked at. */
function proposalOf(
  { action, kind, name }: Mutation,
  known: InventoryRecord | undefined,
): ProposedChange {
  const isNew = action === 'create' || (action === 'apply' && !known);
  const change = action === 'delete' ? 'delete' : 'update';
  return {
    action: isNew ? 'create' : change,
    kind,
    name,
    before: known?.entity,
  };
}

/** @throws NotFoundError where the mutation needs a record, EdgeEntityError where a patch makes something wrong of it */
function entityAfter(
  mutation: Mutation,
  known: InventoryRecord | undefined,
  entity: EdgeEntity | undefined,
): EdgeEntity | undefined {
  const { action, kind, name } = mutation;
  if (action === 'create' || action === 'apply') return entity;
  if (!known) throw new NotFoundError(`No ${kind} '${name}' is registered`);
  if (action === 'patch') {
    const before = known.entity as unknown as JsonObject;
    return prepareEntity(mutation, mergePatch(before, mutation.patch));
  }
  return entity;
}

/** Names are one where they differ in case alone, because references do not. */
function checkName({ kind, name }: Mutation, { entity }: InventoryRecord) {
  if (entity.metadata.name !== name) {
    throw new ConflictError(
      `${kind} '${name}' differs from '${entity.metadata.name}', which is registered, in case alone`,
    );
  }
}

function checkOrigin({ entity, origin }: InventoryRecord, by: ApplyOptions) {
  if (by.dryRun && by.anyOrigin) return;
  if (!isSameOrigin(origin, by.origin)) {
    throw new ConflictError(
      `${entity.kind} '${entity.metadata.name}' ${describeOrigin(origin)}`,
    );
  }
}
