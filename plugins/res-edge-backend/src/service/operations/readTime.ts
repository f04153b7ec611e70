import { fieldError } from '../queries/fieldError';

/**
 * A point in time of a request's body.
 *
 * @throws InputError that names the field
 * @internal
 */
export function readTime(
  field: string,
  text: string | undefined,
): Date | undefined {
  if (text === undefined) return undefined;
  const time = new Date(text);
  if (Number.isNaN(time.getTime()))
    throw fieldError(
      field,
      `'${text}' is no time; allowed is one such as 2026-11-26T20:00:00Z`,
    );
  return time;
}
