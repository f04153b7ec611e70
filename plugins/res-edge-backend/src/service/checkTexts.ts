import { InputError } from '@backstage/errors';
import { toPointer } from '../util/fieldPointer';

const NOT_STORED = '\u0000';

/**
 * Refuses what no database stores: PostgreSQL takes texts without U+0000 alone, and would fail half-way.
 *
 * @param request - what is not too deep
 * @throws InputError with the place
 * @internal
 */
export function checkTexts({
  path,
  query,
  body,
}: {
  readonly path: object;
  readonly query: object;
  readonly body: unknown;
}): void {
  for (const [where, parameters] of Object.entries({ path, query }))
    for (const [name, value] of Object.entries(parameters))
      if (hasIt(value) || hasIt(name)) throw refusal(`${where}:${name}`, name);
  const place: string[] = [];
  const visit = (value: unknown) => {
    if (typeof value === 'string' && hasIt(value)) {
      const pointer = toPointer(place);
      throw refusal(pointer, pointer);
    }
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      place.push(key);
      if (hasIt(key)) visit(key);
      visit(part);
      place.pop();
    }
  };
  visit(body);
}

function hasIt(value: unknown): boolean {
  return Array.isArray(value)
    ? value.some(each => typeof each === 'string' && each.includes(NOT_STORED))
    : typeof value === 'string' && value.includes(NOT_STORED);
}

function refusal(pointer: string, place: string): InputError {
  const message = 'must not hold the character U+0000, which is invisible';
  const shown = place.replaceAll(NOT_STORED, '?');
  return Object.assign(new InputError(`${shown}: ${message}`), {
    details: [{ pointer, message }],
  });
}
