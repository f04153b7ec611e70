import {
  capturedNeeds,
  Decisions,
  deliveredVersions,
  FollowingHold,
  holdChanges,
  Holds,
  HoldSchedule,
  Snapshot,
  VersionNeeds,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { MainState } from './MainBranch';
import { PlannedMain } from './PlannedMain';

/** What waits of a plan, and by which rules. @internal */
export interface HeldPlan {
  readonly holds: Holds;
  readonly following: readonly FollowingHold[];
  readonly schedule: HoldSchedule;
  readonly now: Date;
}

/** Asks windows, freezes and overrides what of a plan has to wait; reads them anew only where they changed. @internal */
export class Holding {
  #schedule?: {
    snapshot: Snapshot;
    decisions: Decisions;
    schedule: HoldSchedule;
  };
  #needs?: {
    main: MainState;
    of: (application: string, version: string) => VersionNeeds | undefined;
  };

  private constructor() {}

  static create(): Holding {
    return new Holding();
  }

  /**
   * What waits at the time of the plan.
   *
   * @param guarded - what waits for a person's sign-off
   */
  of(
    { main, plan, input, delivered }: Omit<PlannedMain, 'registration'>,
    guarded?: Holds,
  ): HeldPlan {
    const { snapshot, decisions, baseline, now } = input;
    const schedule = this.schedule(snapshot, decisions);
    if (this.#needs?.main !== main) {
      this.#needs = { main, of: capturedNeeds(main.files) };
    }
    const needsOf = this.#needs.of;
    const { holds, following } = holdChanges({
      ...{ schedule, now, plan, decisions, baseline, needsOf },
      also: guarded,
      versions: () => deliveredVersions(delivered, snapshot),
    });
    return { holds, following, schedule, now };
  }

  private schedule(snapshot: Snapshot, decisions: Decisions): HoldSchedule {
    const known = this.#schedule;
    if (known?.snapshot === snapshot && known.decisions === decisions) {
      return known.schedule;
    }
    const schedule = HoldSchedule.create(snapshot, decisions);
    this.#schedule = { snapshot, decisions, schedule };
    return schedule;
  }
}
