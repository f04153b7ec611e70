import {
  AuthorizeResult,
  PermissionCriteria,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { ConditionTransformer } from '@backstage/plugin-permission-node';
import { EdgeEntityCondition } from '@res-edge/backstage-plugin-res-edge-node';

/** What a caller may do by one permission: to everything, to nothing, or to what the criteria hold for. @internal */
export type Grant = 'all' | 'none' | PermissionCriteria<EdgeEntityCondition>;

/** The grant that a policy's decision means. @throws InputError where its conditions name no rule or wrong parameters @internal */
export function toGrant(
  decision: PolicyDecision,
  transform: ConditionTransformer<EdgeEntityCondition>,
): Grant {
  switch (decision.result) {
    case AuthorizeResult.ALLOW:
      return 'all';
    case AuthorizeResult.CONDITIONAL:
      return transform(decision.conditions);
    default:
      return 'none';
  }
}
