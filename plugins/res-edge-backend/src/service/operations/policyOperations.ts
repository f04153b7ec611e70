import { getPolicyCalendar, listPolicies } from '../queries';
import { AreaOperations, OperationOptions } from './Operations';
import { VisiblePlans } from './VisiblePlans';

/** What is forbidden, and when changes may come. @internal */
export function policyOperations(
  options: OperationOptions,
): AreaOperations<'listPolicies' | 'getPolicyCalendar'> {
  return {
    async listPolicies({ access }) {
      return listPolicies(
        access.fleet(),
        await VisiblePlans.of(options, access).openIntents(),
      );
    },
    async getPolicyCalendar({ access }) {
      return getPolicyCalendar(access.fleet());
    },
  };
}
