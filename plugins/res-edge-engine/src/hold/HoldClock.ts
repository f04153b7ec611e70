import { Bitmap } from '../bitmap';

/** What holds a subject back, asked at times that only grow. @public */
export interface HoldClock {
  /** Clusters that may not change at a time, in milliseconds since 1970; not to be changed. */
  at(time: number): Bitmap;
  /** Until when that stays so; `Infinity` where it always does. */
  readonly steadyUntil: number;
  /** When those of them may change of which that is known. */
  openings(time: number): readonly Opening[];
}

/** When clusters may change that may not now. @public */
export interface Opening {
  readonly at: Date;
  readonly clusters: Bitmap;
}
