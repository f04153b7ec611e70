import {
  countEntities,
  getEntity,
  listEntities,
  listProblems,
} from '../queries';
import { pageRequest } from './pageRequest';
import { AreaOperations } from './Operations';

/** Entities and their problems. @internal */
export function entityOperations(): AreaOperations<
  'listEntities' | 'countEntities' | 'getEntity' | 'listProblems'
> {
  return {
    async listEntities({ query, access }) {
      return listEntities(access.fleet(), query, pageRequest(query));
    },
    async countEntities({ query, access }) {
      return countEntities(access.fleet(), query);
    },
    async getEntity({ path, access }) {
      return getEntity(access.fleet(), path.kind, path.name);
    },
    async listProblems({ query, access }) {
      return listProblems(access.fleet(), query, pageRequest(query));
    },
  };
}
