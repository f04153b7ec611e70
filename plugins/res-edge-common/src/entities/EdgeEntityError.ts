import { InputError } from '@backstage/errors';

/**
 * An entity that is not what its schema asks for.
 *
 * @public
 */
export class EdgeEntityError extends InputError {
  /** Path of the field, such as `spec.groups[1]`; empty where the whole entity is meant. */
  readonly field: string;

  /** What is wrong with it, without the field. */
  readonly detail: string;

  constructor(field: string, detail: string) {
    super(field === '' ? detail : `${field}: ${detail}`);
    this.name = 'InputError';
    this.field = field;
    this.detail = detail;
  }
}
