import { NotFoundError } from '@backstage/errors';
import {
  countEntities,
  listEntities,
  listProblems,
  problemsOfEntity,
  streamEntities,
} from '../queries';
import { entityRecord } from './entityRecord';
import { pageRequest } from './pageRequest';
import { AreaOperations, OperationOptions } from './Operations';
import { Reply } from './Reply';

/** Entities and their problems. @internal */
export function entityOperations({
  inventory,
}: OperationOptions): AreaOperations<
  'listEntities' | 'countEntities' | 'getEntity' | 'listProblems'
> {
  return {
    async listEntities({ query, access, http = {} }) {
      const fleet = access.fleet();
      return http.wantsLines
        ? new Reply<never>(undefined, { lines: streamEntities(fleet, query) })
        : new Reply(listEntities(fleet, query, pageRequest(query)));
    },
    async countEntities({ query, access }) {
      return countEntities(access.fleet(), query);
    },
    async getEntity({ path: { kind, name }, access }) {
      // From the database: who wrote it through another replica reads what he wrote.
      const record = await inventory.get(kind, name);
      if (!record || !access.canRead([record.entity])[0]) {
        throw new NotFoundError(`No ${kind} '${name}' is registered`);
      }
      const shown = entityRecord(record);
      const problems = problemsOfEntity(access.fleet(), kind, name);
      // Express compares If-None-Match, and answers 304.
      return new Reply(
        { ...shown, problems },
        { headers: { ETag: shown.etag } },
      );
    },
    async listProblems({ query, access }) {
      return listProblems(access.fleet(), query, pageRequest(query));
    },
  };
}
