import {
  EntityRow,
  OperationQuery,
  ResEdgeApi,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Call } from '../commands/Command';

const PAGE = 1000;

/** Which entities, in the words of the API. @internal */
export type EntityQuery = Omit<
  OperationQuery<'listEntities'>,
  'limit' | 'cursor'
>;

/** What `get` and others find: the entities, and how many there are. @internal */
export interface FoundEntities {
  readonly items: readonly EntityRow[];
  readonly total: number;
}

/** All entities that a query finds, page by page, or the first of them. @internal */
export async function listAll(
  api: ResEdgeApi,
  query: EntityQuery,
  { progress, options }: Pick<Call, 'progress' | 'options'>,
): Promise<FoundEntities> {
  const { limit = Infinity } = options;
  const items: EntityRow[] = [];
  let cursor: string | undefined;
  let total = 0;
  progress.start('Reading');
  do {
    const page = await api.listEntities({
      ...query,
      limit: Math.min(PAGE, limit - items.length),
      cursor,
    });
    for (const item of page.items) items.push(item);
    ({ total, nextCursor: cursor } = page);
    progress.advance(items.length, Math.min(total, limit));
  } while (cursor !== undefined && items.length < limit);
  progress.clear();
  return { items, total };
}
