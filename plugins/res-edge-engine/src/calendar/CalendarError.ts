import { InputError } from '@backstage/errors';

/** A time, a length of time or a recurrence that cannot be read. @public */
export class CalendarError extends InputError {
  /** Path within the entity's spec, such as `allow[0].cron`. */
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}
