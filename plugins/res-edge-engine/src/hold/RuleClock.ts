import { Bitmap } from '../bitmap';
import { CalendarClass } from './calendarClasses';
import { HoldRule } from './HoldRule';

/** When a rule or an override is in force. @internal */
export type RuleTimes = Pick<HoldRule, 'heldUntil' | 'steadyUntil'>;

/**
 * The clusters whose clocks are within the time of a rule, asked at times that only grow: only those are looked at again for
 * which it begins or ends.
 *
 * @internal
 */
export class RuleClock {
  readonly #during: Bitmap;
  /** By class of calendars. */
  readonly #steadyUntil: number[];
  #next = -Infinity;

  constructor(
    private readonly times: RuleTimes,
    private readonly classes: readonly CalendarClass[],
    size: number,
  ) {
    this.#during = Bitmap.empty(size);
    this.#steadyUntil = classes.map(() => -Infinity);
  }

  /** When it begins or ends next on any cluster. */
  get steadyUntil(): number {
    return this.#next;
  }

  /** Not to be changed. */
  at(time: number): Bitmap {
    if (time < this.#next) return this.#during;
    this.#next = Infinity;
    this.classes.forEach(({ calendar, clusters }, i) => {
      if (time >= this.#steadyUntil[i]) {
        this.#steadyUntil[i] = this.times.steadyUntil(calendar, time);
        if (this.times.heldUntil(calendar, time) === undefined)
          this.#during.andNot(clusters);
        else this.#during.or(clusters);
      }
      this.#next = Math.min(this.#next, this.#steadyUntil[i]);
    });
    return this.#during;
  }
}
