import { pageRequest } from './pageRequest';
import { noteDecision } from './noteDecision';
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
    async runPlan({ access, http }) {
      const { actor } = access;
      await inventorySync.sync();
      fleet.requestRun(`request of ${actor}`, actor).catch(error => {
        logger.error(`The run that ${actor} asked for failed`, error);
      });
      await noteDecision(
        options,
        { access, http },
        {
          ...{ operation: 'run', kind: 'Plan', name: 'run' },
          after: { requested: true },
        },
      );
      return { requested: true };
    },
    async getPlan({ path, access }) {
      return VisiblePlans.of(options, access).getPlan(path.id);
    },
  };
}
