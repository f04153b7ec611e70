import { getEntity, listEntities, listProblems } from '../queries';
import { pageRequest } from './pageRequest';
import { OperationContext } from './OperationContext';
import { AreaOperations } from './Operations';

/** Entities and their problems. @internal */
export function entityOperations({
  view,
}: OperationContext): AreaOperations<
  'listEntities' | 'getEntity' | 'listProblems'
> {
  return {
    async listEntities({ query }) {
      return listEntities(view(), query, pageRequest(query));
    },
    async getEntity({ path }) {
      return getEntity(view(), path.kind, path.name);
    },
    async listProblems({ query }) {
      return listProblems(view(), query, pageRequest(query));
    },
  };
}
