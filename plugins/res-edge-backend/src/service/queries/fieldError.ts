import { InputError } from '@backstage/errors';

/** An InputError that tells which parameter is wrong. @internal */
export function fieldError(field: string, message: string): InputError {
  return Object.assign(new InputError(`${field}: ${message}`), { field });
}
