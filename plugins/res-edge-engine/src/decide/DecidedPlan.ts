import { Bitmap } from '../bitmap';
import { DecideInput, Plan } from '../model';
import type { Rules } from './applicationRules';
import { Bounds } from './Limits';

/** A plan with what led to it, from which the next one is decided. @internal */
export interface DecidedPlan {
  readonly input: DecideInput;
  readonly plan: Plan;
  readonly rules: Rules;
  readonly bounds: Bounds;
  /** The clusters on which not all fits. */
  readonly tight: Bitmap;
}

const decided = new WeakMap<Plan, DecidedPlan>();

/** @internal */
export function rememberDecided(plan: DecidedPlan): DecidedPlan {
  decided.set(plan.plan, plan);
  return plan;
}

/** `undefined` for a plan that was not decided here. @internal */
export function decidedPlan(plan: Plan): DecidedPlan | undefined {
  return decided.get(plan);
}
