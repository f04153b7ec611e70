import { EdgeEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { VisibleFleet } from '../../permissions';
import { compareStrings } from '../../util/compareStrings';
import { decodeCursor, encodeCursor, PageRequest } from '../../util/cursor';
import { Page } from '../../util/pageOf';
import { EntityMatches, EntityQuery, findEntities } from './findEntities';
import { fieldError } from './fieldError';
import { KINDS_IN_ORDER } from './FleetIndex';
import {
  compareSortKeys,
  parseSort,
  SortField,
  SortKey,
  sortKeyOf,
} from './sortEntities';

/** Sorted lists are kept for the pages that follow. */
const MAX_SORTED = 10;

interface Sorted {
  readonly entities: readonly EdgeEntity[];
  readonly keys: readonly SortKey[];
}

const sortedLists = new WeakMap<VisibleFleet, Map<string, Sorted>>();

/** What a list is asked for. @internal */
export interface EntityListQuery extends EntityQuery {
  /** See {@link parseSort}. */
  readonly sort?: string;
  /** See {@link parseDetail}. */
  readonly fields?: string;
  /** See {@link parseDetail}. */
  readonly expand?: string;
}

/** Entities that a query finds, in an order that does not change from page to page. @internal */
export interface EntityList extends Iterable<EdgeEntity> {
  readonly total: number;
  page(request: PageRequest): Page<EdgeEntity>;
}

/** Reads no more of the clusters than a page needs. */
class ListByName implements EntityList {
  readonly total: number;

  constructor(
    private readonly fleet: VisibleFleet,
    private readonly matches: EntityMatches,
  ) {
    this.total = matches.clusters.count() + matches.others.length;
  }

  [Symbol.iterator](): Iterator<EdgeEntity> {
    return this.after(undefined);
  }

  page({ limit, cursor }: PageRequest): Page<EdgeEntity> {
    const last = decodeCursor<readonly [string, string]>(cursor, [
      'string',
      'string',
    ]);
    const items: EdgeEntity[] = [];
    for (const entity of this.after(last)) {
      if (items.length === limit) {
        const { kind, metadata } = items[limit - 1];
        return {
          items,
          total: this.total,
          nextCursor: encodeCursor([kind, metadata.name]),
        };
      }
      items.push(entity);
    }
    return { items, total: this.total };
  }

  private *after(
    last: readonly [string, string] | undefined,
  ): Generator<EdgeEntity> {
    const [lastKind, lastName] = last ?? ['', ''];
    const { clusters } = this.fleet.view.snapshot;
    for (const kind of KINDS_IN_ORDER.filter(known => known >= lastKind)) {
      const name = kind === lastKind ? lastName : '';
      if (kind !== 'EdgeCluster') {
        yield* this.matches.others.filter(
          entity =>
            entity.kind === kind &&
            compareStrings(entity.metadata.name, name) > 0,
        );
      } else {
        const start = firstAfter(clusters, name);
        for (let number = start; number < clusters.length; number++) {
          if (this.matches.clusters.has(number)) {
            yield clusters[number];
          }
        }
      }
    }
  }
}

/** Clusters are numbered by their names. */
function firstAfter(clusters: readonly EdgeEntity[], name: string): number {
  let low = 0;
  let high = clusters.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (compareStrings(clusters[middle].metadata.name, name) > 0) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

class SortedList implements EntityList {
  private readonly fields: readonly SortField[];
  private readonly sorted: Sorted;

  constructor(
    fleet: VisibleFleet,
    matches: EntityMatches,
    private readonly sort: string,
    key: string,
  ) {
    this.fields = parseSort(sort);
    this.sorted = remember(fleet, key, () =>
      this.inOrder([
        ...Array.from(
          matches.clusters,
          number => fleet.view.snapshot.clusters[number],
        ),
        ...matches.others,
      ]),
    );
  }

  get total(): number {
    return this.sorted.entities.length;
  }

  [Symbol.iterator](): Iterator<EdgeEntity> {
    return this.sorted.entities[Symbol.iterator]();
  }

  page({ limit, cursor }: PageRequest): Page<EdgeEntity> {
    const { entities, keys } = this.sorted;
    const start = cursor === undefined ? 0 : this.positionAfter(cursor);
    const end = Math.min(start + limit, entities.length);
    return {
      items: entities.slice(start, end),
      total: this.total,
      nextCursor:
        end < entities.length && end > start
          ? encodeCursor([this.sort, JSON.stringify(keys[end - 1])])
          : undefined,
    };
  }

  private positionAfter(cursor: string): number {
    const [sort, text] = decodeCursor<readonly [string, string]>(cursor, [
      'string',
      'string',
    ])!;
    const last = sort === this.sort ? parseKey(text) : undefined;
    if (last?.length !== this.fields.length * 2 + 2) {
      throw fieldError('cursor', 'is of a list in another order');
    }
    const { keys } = this.sorted;
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (compareSortKeys(this.fields, keys[middle], last) > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private inOrder(entities: readonly EdgeEntity[]): Sorted {
    const rows = entities
      .map(entity => ({ entity, key: sortKeyOf(this.fields, entity) }))
      .sort((a, b) => compareSortKeys(this.fields, a.key, b.key));
    return {
      entities: rows.map(({ entity }) => entity),
      keys: rows.map(({ key }) => key),
    };
  }
}

/** It comes from outside. */
function parseKey(text: string): SortKey | undefined {
  let key: unknown;
  try {
    key = JSON.parse(text);
  } catch {
    return undefined;
  }
  return Array.isArray(key) &&
    key.every(part => typeof part === 'string' || typeof part === 'number')
    ? key
    : undefined;
}

function remember(
  fleet: VisibleFleet,
  key: string,
  create: () => Sorted,
): Sorted {
  let lists = sortedLists.get(fleet);
  if (!lists) {
    sortedLists.set(fleet, (lists = new Map()));
  }
  let sorted = lists.get(key);
  if (!sorted) {
    if (lists.size >= MAX_SORTED) {
      lists.clear();
    }
    lists.set(key, (sorted = create()));
  }
  return sorted;
}

/**
 * The entities that a query finds, by kind and name, or as `sort` says (see {@link parseSort}).
 *
 * @throws InputError
 * @internal
 */
export function createEntityList(
  fleet: VisibleFleet,
  query: EntityListQuery,
): EntityList {
  const matches = findEntities(fleet, query);
  return query.sort === undefined
    ? new ListByName(fleet, matches)
    : new SortedList(
        fleet,
        matches,
        query.sort,
        JSON.stringify({ ...query, fields: undefined, expand: undefined }),
      );
}
