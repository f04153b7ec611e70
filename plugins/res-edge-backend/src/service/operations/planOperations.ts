import { pageRequest } from './pageRequest';
import { AreaOperations, OperationOptions } from './Operations';
import { VisiblePlans } from './VisiblePlans';

/** Plans. @internal */
export function planOperations(
  options: OperationOptions,
): AreaOperations<'listPlans' | 'runPlan' | 'getPlan'> {
  const { fleet, inventorySync, logger } = options;
  return {
    async listPlans({ query, access }) {
      return VisiblePlans.of(options, access).listPlans(pageRequest(query));
    },
    async runPlan({ access: { actor } }) {
      await inventorySync.sync();
      fleet.requestRun(`request of ${actor}`, actor).catch(error => {
        logger.error(`The run that ${actor} asked for failed`, error);
      });
      return { requested: true };
    },
    async getPlan({ path, access }) {
      return VisiblePlans.of(options, access).getPlan(path.id);
    },
  };
}
