import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import {
  Rollout,
  RolloutWish,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { approvalsFor } from './Approvals';
import { Intent } from './Intent';
import { PlannedMain } from './PlannedMain';

/** References of entities that are not promoted now. @internal */
export interface BusyEntities {
  /** Something else is asked for; what is taken back does not wait for that. */
  readonly asked: ReadonlySet<string>;
  /** Somebody changed them by hand on main, and nobody has settled it. */
  readonly held: ReadonlySet<string>;
}

/** Lines of release.yaml that are due: by themselves, or by a person who merges them. @internal */
export interface Promotions {
  readonly direct: readonly Intent[];
  readonly requests: readonly Intent[];
  readonly problems: readonly Problem[];
}

/** Whether rings get back what they had. @internal */
export function takesBack(
  { release }: Rollout,
  wishes: readonly RolloutWish[],
) {
  return wishes.every(wish => wish.release !== release);
}

/** What is taken back was agreed to once: it waits for nobody. @internal */
export function needsPerson(
  intent: Intent,
  rollout: Rollout,
  wishes: readonly RolloutWish[],
  { main }: PlannedMain,
): boolean {
  return (
    wishes.some(wish => wish.approval) ||
    (!takesBack(rollout, wishes) &&
      (main.adopted.has(intent.ref) || approvalsFor(intent, main).length > 0))
  );
}
