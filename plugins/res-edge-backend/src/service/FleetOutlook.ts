import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import {
  Bitmap,
  Decisions,
  DeliveryComparison,
  Plan,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { FleetView } from './FleetView';

/** Something that people would be asked to merge, or that would be merged by itself. @internal */
export interface ForeseenIntent {
  /** Of the entity. */
  readonly ref: string;
  readonly title: string;
  /** Merged without a change request. */
  readonly direct: boolean;
}

/** A file of main that would be another one. @internal */
export interface ForeseenFile {
  readonly path: string;
  readonly status: 'added' | 'changed' | 'removed';
}

/** One of the two plans of an outlook. @internal */
export interface OutlookSide {
  readonly plan: Plan;
  readonly decisions: Decisions;
  /** Without those of guards and of the delivery. */
  readonly problems: readonly Problem[];
  /** What waits for a sign-off, with counts of the whole fleet. */
  readonly guardProblems: readonly Problem[];
}

/** What a change of the inventory would cause, once all that it asks for is merged; beside what is. @internal */
export interface FleetOutlook {
  /** The view that it starts from. */
  readonly view: FleetView;
  readonly before: OutlookSide;
  readonly after: OutlookSide;
  readonly intents: readonly ForeseenIntent[];
  readonly files: readonly ForeseenFile[];
  /** What of the delivery does not build, on either side. */
  readonly buildProblems: {
    readonly before: readonly Problem[];
    readonly after: readonly Problem[];
  };
  /** @param only - looks at no other clusters; to be run */
  compareDeliveries(only?: {
    before: Bitmap;
    after: Bitmap;
  }): DeliveryComparison;
}
