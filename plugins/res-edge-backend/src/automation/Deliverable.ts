import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import {
  Bitmap,
  DeliveredShard,
  DeliveryComparison,
  HeldChanges,
  Holds,
  Plan,
  ShardChange,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { MainState } from './MainBranch';

/** What is to be delivered. @internal */
export interface Deliverable {
  readonly main: Pick<MainState, 'files' | 'decisions' | 'shards'>;
  readonly plan: Plan;
  readonly holds?: Holds;
  readonly kept?: ReadonlySet<string>;
}

/** What a delivery did. @internal */
export interface DeliveryResult {
  readonly before: ReadonlyMap<string, DeliveredShard>;
  readonly after: ReadonlyMap<string, DeliveredShard>;
  /** Only shards that changed. */
  readonly renderings: readonly ShardChange[];
  /** What the plan wants, and holds keep back. */
  readonly held: HeldChanges;
  /** What the plan wants and could not be made, whatever holds say. */
  readonly undeliverable: HeldChanges;
  readonly problems: readonly Problem[];
}

/** How one delivery would differ from another one. @internal */
export interface ComparedDelivery {
  /** To be run. */
  compare(only?: { before: Bitmap; after: Bitmap }): DeliveryComparison;
  /** What does not build. */
  readonly problems: {
    readonly before: readonly Problem[];
    readonly after: readonly Problem[];
  };
}
