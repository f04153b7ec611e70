import { createConditionExports } from '@backstage/plugin-permission-node';
import { edgeEntityResourceRef } from './edgeEntityResource';
import { edgeEntityRules } from './edgeEntityRules';

const exported = createConditionExports({
  resourceRef: edgeEntityResourceRef,
  rules: edgeEntityRules,
});

/**
 * What authors of policies build conditions from:
 * `edgeEntityConditions.inGroup({ groups: ['franchise.north'] })`.
 *
 * @public
 */
export const edgeEntityConditions = exported.conditions;

/** The decision of a policy that allows what the conditions hold for. @public */
export const createEdgeEntityConditionalDecision =
  exported.createConditionalDecision;
