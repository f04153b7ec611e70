import { InputError } from '@backstage/errors';

/** A selector that cannot be evaluated, with the place in it. @public */
export class SelectorError extends InputError {
  /** Offset of the character, from 0, in the string that `field` names. */
  readonly position?: number;
  /** Path within the selector, such as `groups[1]`; left out where the selector is a string. */
  readonly field?: string;

  constructor(
    message: string,
    place: { position?: number; field?: string } = {},
  ) {
    super(message);
    this.position = place.position;
    this.field = place.field;
  }
}
