/** Why a change waits. @public */
export interface HoldReason {
  /** Entity reference of what holds it back. */
  readonly rule: string;
  readonly reason: string;
  /** Until when, as far as it is known. */
  readonly until?: Date;
}
