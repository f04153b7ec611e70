import {
  Bitmap,
  SimulatedHour,
  SimulatedRollout,
  Snapshot,
} from '@res-edge/backstage-plugin-res-edge-engine';
import { ApplyResult } from '../database';

/** What a simulation of a rollout is asked. @internal */
export interface RolloutQuestion {
  readonly application: string;
  /** A release that is not there yet; what is under way where left out, or else the next one. */
  readonly version?: string;
  /** Changes of the inventory to play it with. */
  readonly difference?: ApplyResult['difference'];
  /** The time of the plan where left out. */
  readonly from?: Date;
  readonly days: number;
  /** Ends it as soon as the rollout is done, wherever clusters still wait for a window. */
  readonly untilDone?: boolean;
  readonly assume: {
    /** In minutes. */
    readonly reportAfter: number;
    /** Shares of each ring, from 0 to 1. */
    readonly failed: number;
    /** Who is unreachable now, where left out. */
    readonly unreachable?: number;
    /** In minutes; nobody says yes where left out. */
    readonly approveAfter?: number;
  };
  /** The clusters to count; all where left out. */
  readonly shown?: (snapshot: Snapshot) => Bitmap;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
}

/** What would become of a rollout, hour by hour. @internal */
export interface ForeseenRollout extends SimulatedRollout {
  /** As ISO 8601. */
  readonly from: string;
  readonly hours: readonly SimulatedHour[];
  /** When a cluster is told to run the release; undefined where it is not, or was before. */
  readonly arrivalOn: (cluster: string) => Date | undefined;
}
