import { Bitmap } from '../bitmap';
import { HoldSubject } from './HoldRule';

/** From the first to the last of several times; an end that is missing is not known. @public */
export interface TimeRange {
  readonly first?: Date;
  readonly last?: Date;
}

/** What a window, a freeze or an override does at a time. @public */
export interface PolicyEffect {
  /** The clusters that it is about, whatever the time; not to be changed. */
  readonly scope: Bitmap;
  /**
   * Where it holds changes of a subject back at that time, or, of an override, where it lifts what it names. Without a
   * subject: of anything.
   */
  clusters(subject?: HoldSubject): Bitmap;
  /** When it ends on the first and on the last of these clusters, as it is at that time. */
  ends(clusters: Bitmap): TimeRange;
  /** Of a freeze or an override: from the first start to the last end on these clusters, whatever the time. */
  period(clusters: Bitmap): TimeRange | undefined;
}
