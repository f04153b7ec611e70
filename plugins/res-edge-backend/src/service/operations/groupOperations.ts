import { getGroup, listRootGroups } from '../queries';
import { OperationContext } from './OperationContext';
import { AreaOperations } from './Operations';

/** The business hierarchies. @internal */
export function groupOperations({
  view,
}: OperationContext): AreaOperations<'listRootGroups' | 'getGroup'> {
  return {
    async listRootGroups() {
      return listRootGroups(view());
    },
    async getGroup({ path }) {
      return getGroup(view(), path.name);
    },
  };
}
