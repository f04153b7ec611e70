/** How much delivery branches keep; `resEdge.delivery` configures it. @internal */
export interface DeliveryRetention {
  /** How many commits a branch may have before the next begins a new history. */
  readonly history: number;
  /**
   * How long revisions stay that no bill names any more, histories that were archived, and artifacts that were
   * replaced, in milliseconds: for pins and for going back.
   */
  readonly retention: number;
}

/** What is kept where nothing is configured. @internal */
export const DEFAULT_RETENTION: DeliveryRetention = {
  history: 100,
  retention: 90 * 24 * 60 * 60 * 1000,
};
