import { getGroup, listRootGroups } from '../queries';
import { AreaOperations } from './Operations';

/** The business hierarchies. @internal */
export function groupOperations(): AreaOperations<
  'listRootGroups' | 'getGroup'
> {
  return {
    async listRootGroups({ access }) {
      return listRootGroups(access.fleet());
    },
    async getGroup({ path, access }) {
      return getGroup(access.fleet(), path.name);
    },
  };
}
