import {
  holdsNothing,
  together,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { GuardedPlan } from './Guards';
import { HeldPlan, Holding } from './Holding';
import { PlannedMain } from './PlannedMain';
import { Rollouts } from './Rollouts';

/** What windows, freezes, guards and rollouts keep back of a plan that is about to be delivered. @internal */
export async function heldNow(
  { holding, rollouts }: { holding: Holding; rollouts: Rollouts },
  planned: PlannedMain,
  guarded: GuardedPlan,
): Promise<HeldPlan> {
  const held = holding.of(planned, guarded.holds);
  const waits = await rollouts.holds(planned, held);
  return holdsNothing(waits)
    ? held
    : holding.of(planned, together(guarded.holds, waits));
}
