import { createHash } from 'node:crypto';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import { EdgeEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { Knex } from 'knex';
import {
  InventoryChange,
  InventoryRecord,
  InventoryStore,
} from './InventoryStore';
import { compareStrings } from '../util/compareStrings';
import { EntityRecordRow } from './tables';

// Rows per statement: below the limit of variables of every database with the columns that `entities` has.
const CHUNK = 400;

/** {@link InventoryStore} in the plugin's database. @internal */
export class DatabaseInventoryStore implements InventoryStore {
  /**
   * @param options - `allowEmpty`: the operator said that an inventory without clusters is meant
   */
  static create(options: { knex: Knex; allowEmpty?: boolean }): InventoryStore {
    return new DatabaseInventoryStore(
      options.knex,
      options.allowEmpty ?? false,
    );
  }

  private constructor(
    private readonly knex: Knex,
    private readonly allowEmpty: boolean,
  ) {}

  async replaceFromCatalog(
    entities: readonly { entity: EdgeEntity; location?: string }[],
  ): Promise<InventoryChange> {
    const wanted = new Map(
      entities
        .map(({ entity, location }) => toRow(entity, location))
        .map(row => [row.ref, row] as const),
    );
    return this.knex.transaction(async tx => {
      // Two replicas may read the catalog at once: the second waits here, and then finds nothing to do.
      const revision = await readRevision(tx, 'update');
      const known = new Map(
        (
          await tx<EntityRecordRow>('entities')
            .where({ origin: 'catalog' })
            .select('ref', 'kind', 'digest')
        ).map(row => [row.ref, row] as const),
      );

      const removed = [...known.keys()].filter(ref => !wanted.has(ref));
      const written = [...wanted.values()].filter(
        row => known.get(row.ref)?.digest !== row.digest,
      );
      const added = written.filter(row => !known.has(row.ref)).length;
      if (removed.length + written.length === 0) {
        return { added: 0, changed: 0, removed: 0, revision };
      }
      if (
        !this.allowEmpty &&
        hasCluster(known.values()) &&
        !hasCluster(wanted.values())
      ) {
        throw new ConflictError(
          `The catalog has no EdgeCluster, but the inventory has; nothing was changed. If the fleet is meant to be empty, set resEdge.inventory.allowEmpty`,
        );
      }

      for (const refs of chunks(removed)) {
        await tx<EntityRecordRow>('entities').whereIn('ref', refs).delete();
      }
      for (const rows of chunks(written)) {
        await tx<EntityRecordRow>('entities')
          .insert(rows)
          .onConflict('ref')
          .merge();
      }
      await tx('revisions')
        .where({ name: 'inventory' })
        .update({ revision: revision + 1 });
      return {
        added,
        changed: written.length - added,
        removed: removed.length,
        revision: revision + 1,
      };
    });
  }

  async load(): Promise<{
    revision: number;
    entities: readonly InventoryRecord[];
  }> {
    return this.knex.transaction(async tx => {
      const revision = await readRevision(tx, 'share');
      const rows = await tx<EntityRecordRow>('entities').select(
        'kind',
        'name',
        'location',
        'entity',
      );
      return {
        revision,
        // Not by the database, whose collation is not ours.
        entities: rows
          .sort(
            (a, b) =>
              compareStrings(a.kind, b.kind) || compareStrings(a.name, b.name),
          )
          .map(({ entity, location }) => ({
            entity: JSON.parse(entity),
            origin: { type: 'catalog', location: location ?? undefined },
          })),
      };
    });
  }

  async revision(): Promise<number> {
    return readRevision(this.knex);
  }
}

async function readRevision(
  knex: Knex,
  lock?: 'update' | 'share',
): Promise<number> {
  const query = knex<{ name: string; revision: number }>('revisions')
    .where({ name: 'inventory' })
    .first('revision');
  if (lock === 'update') {
    query.forUpdate();
  } else if (lock === 'share') {
    query.forShare();
  }
  return (await query)?.revision ?? 0;
}

function toRow(entity: EdgeEntity, location?: string): EntityRecordRow {
  const json = JSON.stringify(entity);
  return {
    ref: stringifyEntityRef(entity),
    kind: entity.kind,
    name: entity.metadata.name,
    origin: 'catalog',
    location: location ?? null,
    digest: createHash('sha256')
      .update(JSON.stringify([json, location]))
      .digest('hex'),
    entity: json,
    updated_at: new Date().toISOString(),
  };
}

function hasCluster(rows: Iterable<{ kind: string }>): boolean {
  return [...rows].some(({ kind }) => kind === 'EdgeCluster');
}

function* chunks<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += CHUNK) {
    yield items.slice(start, start + CHUNK);
  }
}
