import { NotAllowedError } from '@backstage/errors';
import {
  entityRefOf,
  RecordPage,
} from '@res-edge/backstage-plugin-res-edge-common';
import {
  InventoryOrigin,
  InventoryRecord,
  InventoryStore,
} from '../../database';
import { PageRequest } from '../../util/cursor';
import { GoneError } from '../../util/GoneError';
import { pageOf } from '../../util/pageOf';
import { AreaOperations, OperationOptions } from './Operations';
import { pageRequest } from './pageRequest';

/** More changes than this are read with everything else, page by page. */
const MAX_CHANGES = 10_000;

type IsAsked = (origin: InventoryOrigin['type']) => boolean;

/** Records for those who keep a copy of the inventory. @internal */
export function recordOperations({
  inventory,
}: OperationOptions): AreaOperations<'listRecords'> {
  return {
    async listRecords({ query, access }) {
      if (!access.seesEverything) {
        throw new NotAllowedError(
          'A copy of the inventory needs the permissions to read all entities',
        );
      }
      const { origin, since } = query;
      const isAsked: IsAsked = type =>
        origin === undefined || origin.includes(type);
      return since === undefined
        ? listAll(inventory, isAsked, pageRequest(query))
        : listChanges(inventory, isAsked, since);
    },
  };
}

async function listAll(
  inventory: Pick<InventoryStore, 'load'>,
  isAsked: IsAsked,
  page: PageRequest,
): Promise<RecordPage> {
  const { revision, records } = await inventory.load();
  const { items, nextCursor } = pageOf(
    records.filter(record => isAsked(record.origin.type)),
    ({ entity }) => [entity.kind, entity.metadata.name],
    2,
    page,
  );
  return {
    revision,
    records: items.map(toRecord),
    deleted: [],
    nextCursor,
  };
}

async function listChanges(
  inventory: Pick<InventoryStore, 'changedSince'>,
  isAsked: IsAsked,
  since: number,
): Promise<RecordPage> {
  const changes = await inventory.changedSince(since);
  if (!changes || changes.written.length > MAX_CHANGES) {
    throw new GoneError(
      `The changes since revision ${since} are not kept, or too many; read everything`,
    );
  }
  const { revision, written, left } = changes;
  const records = written.filter(({ origin }) => isAsked(origin.type));
  const kept = new Set(
    records.map(({ entity: { kind, metadata } }) =>
      entityRefOf(kind, metadata.name),
    ),
  );
  // What origins had of which nothing is asked, nobody has a copy of.
  const gone = left
    .filter(({ origin }) => isAsked(origin))
    .map(({ kind, name }) => [entityRefOf(kind, name), { kind, name }] as const)
    .filter(([ref]) => !kept.has(ref));
  return {
    revision,
    records: records.map(toRecord),
    deleted: [...new Map(gone).values()],
  };
}

function toRecord({ entity, origin, revision }: InventoryRecord) {
  return { entity: { ...entity }, origin: { ...origin }, revision };
}
