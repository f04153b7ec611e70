import { pageRequest } from './pageRequest';
import { OperationContext } from './OperationContext';
import { AreaOperations } from './Operations';

/** Plans. @internal */
export function planOperations({
  plans,
  fleet,
  inventorySync,
  logger,
}: OperationContext): AreaOperations<'listPlans' | 'runPlan' | 'getPlan'> {
  return {
    async listPlans({ query }) {
      return plans.list(pageRequest(query));
    },
    async runPlan({ actor }) {
      await inventorySync.sync();
      fleet.requestRun(`request of ${actor}`, actor).catch(error => {
        logger.error(`The run that ${actor} asked for failed`, error);
      });
      return { requested: true };
    },
    async getPlan({ path }) {
      const { inventoryRevision, ...plan } = await plans.get(path.id);
      return plan;
    },
  };
}
