import {
  Bitmap,
  Decisions,
  HeldChanges,
  Snapshot,
  waitingChange,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { HoldingView } from '../service/FleetView';
import { HeldPlan } from './Holding';

/** What waits, for those who ask. @internal */
export function createHoldingView(options: {
  snapshot: Snapshot;
  decisions: Decisions;
  plan: HeldPlan;
  /** What the last delivery kept back. */
  held: HeldChanges;
}): HoldingView {
  const { snapshot, decisions, plan, held } = options;
  const bitmaps = new Map<string, Bitmap>();
  return {
    clusters(application) {
      let found = bitmaps.get(application);
      if (!found) {
        found = Bitmap.of(
          snapshot.size,
          (held.applications.get(application) ?? []).flatMap(
            cluster => snapshot.numberOf(cluster) ?? [],
          ),
        );
        bitmaps.set(application, found);
      }
      return found;
    },
    waiting(application, cluster) {
      const decision = decisions.applications.get(application);
      return decision && waitingChange(plan, decision.entity, cluster);
    },
    effect: policy => plan.schedule.effect(policy, plan.now),
    now: plan.now,
  };
}
