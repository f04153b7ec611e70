import { InventoryChangeNote } from '../../database';
import { Access } from '../../permissions';
import { decodeCursor, encodeCursor } from '../../util/cursor';
import { GoneError } from '../../util/GoneError';
import { RevisionWatch } from '../RevisionWatch';
import { AreaOperations, OperationOptions } from './Operations';
import { pageRequest } from './pageRequest';

/** What changes in the inventory, for those who follow it. @internal */
export function changeOperations({
  inventory,
  audit,
}: OperationOptions): AreaOperations<'listChanges'> {
  const watch = RevisionWatch.create(inventory);
  return {
    async listChanges({ query, access, http = {} }) {
      const { since, wait = 0 } = query;
      const { limit, cursor } = pageRequest(query);
      const [sequence] = decodeCursor<[number]>(cursor, ['number']) ?? [];
      if (since === undefined) {
        return { revision: await inventory.revision(), changes: [] };
      }
      const revision = await watch.after(since, wait * 1000, http.signal);
      const notes = await audit.changesSince(
        { revision: since, sequence },
        limit,
        !access.seesEverything,
      );
      if (!notes) {
        throw new GoneError(
          `The changes since revision ${since} are not kept any more; read everything`,
        );
      }
      // What came after the revision was read comes with the next one.
      const known = notes.filter(note => note.revision <= revision);
      const isWhole = notes.length < limit || known.length < notes.length;
      return {
        revision,
        changes: seenBy(access, known),
        ...(!isWhole && {
          nextCursor: encodeCursor([known[known.length - 1].sequence]),
        }),
      };
    },
  };
}

/** What comes into somebody's sight is created for him, what leaves it is deleted. */
function seenBy(access: Access, notes: readonly InventoryChangeNote[]) {
  const seen = (side: 'before' | 'after') => {
    const entities = notes.map(note => note[side]);
    const readable = access
      .canRead(entities.filter(each => !!each))
      [Symbol.iterator]();
    return entities.map(entity => !!entity && readable.next().value === true);
  };
  if (access.seesEverything) {
    return notes.map(({ revision, action, kind, name }) => ({
      ...{ revision, action, kind, name },
    }));
  }
  const [before, after] = [seen('before'), seen('after')];
  return notes.flatMap(({ revision, kind, name }, index) => {
    if (!before[index] && !after[index]) return [];
    const came = before[index] ? ('updated' as const) : ('created' as const);
    const action = after[index] ? came : ('deleted' as const);
    return [{ revision, action, kind, name }];
  });
}
