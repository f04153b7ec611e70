import { NotAllowedError } from '@backstage/errors';
import { RecordPage } from '@res-edge/backstage-plugin-res-edge-common';
import { InventoryRecord, InventoryStore } from '../../database';
import { PageRequest } from '../../util/cursor';
import { GoneError } from '../../util/GoneError';
import { pageOf } from '../../util/pageOf';
import { AreaOperations, OperationOptions } from './Operations';
import { pageRequest } from './pageRequest';

/** More changes than this are read with everything else, page by page. */
const MAX_CHANGES = 10_000;

type IsAsked = (record: InventoryRecord) => boolean;

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
      const isAsked: IsAsked = record =>
        origin === undefined || origin.includes(record.origin.type);
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
    records.filter(isAsked),
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
  const { revision, written, deleted } = changes;
  const moved = written.filter(record => !isAsked(record));
  return {
    revision,
    records: written.filter(isAsked).map(toRecord),
    deleted: [
      ...deleted,
      // Of another origin by now, or always: whoever copies some origins alone does not have it.
      ...moved.map(({ entity }) => ({
        kind: entity.kind,
        name: entity.metadata.name,
      })),
    ],
  };
}

function toRecord({ entity, origin, revision }: InventoryRecord) {
  return { entity: { ...entity }, origin: { ...origin }, revision };
}
