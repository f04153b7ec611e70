import type { ApplicationSelector, Selector } from './types';

/** What an override pins. @public */
export type ReleasePinSpec = {
  /** A version of the application that main holds. */
  version: string;
};

/** Lifts windows and freezes, or pins a version, for a while; it reaches main by a change request that a person merges, never directly. @public */
export type OverrideSpec = {
  type: 'override';
  owner?: string;
  /** Names of the windows and freezes that do not hold. */
  lifts?: string[];
  /** What the applications run on the clusters; either this, or `lifts`. */
  pins?: ReleasePinSpec;
  /** All that is delivered where left out; pins need it. */
  applications?: ApplicationSelector;
  clusters: Selector;
  /** From its merge on where left out. */
  start?: string;
  end: string;
  timeZone?: string;
  reason: string;
};
