import { InputError } from '@backstage/errors';
import { ErrorDetails } from '@res-edge/backstage-plugin-res-edge-common';
import { SelectorError } from '@res-edge/backstage-plugin-res-edge-engine';
import { Request } from 'express';
import { fieldPointer } from '../util/fieldPointer';

type Details = NonNullable<ErrorDetails['details']>;

/** What is asked of a request to find the place of an error in it. */
type Place = Pick<Request, 'method' | 'query'>;

/** What the validator calls the parts of a request. */
const PREFIXES: Readonly<Record<string, string>> = {
  query: 'query:',
  params: 'path:',
  headers: 'header:',
};

/**
 * Adds to an error about a request where in it that is, in the one documented form; the whole body where nothing says
 * more.
 *
 * @internal
 */
export function withPlaces(error: unknown, request: Place): unknown {
  if (!isAboutRequest(error) || 'details' in error) return error;
  return Object.assign(error, { details: placesOf(error, request) });
}

function isAboutRequest(
  error: unknown,
): error is Error & { field?: unknown; status?: unknown } {
  return (
    error instanceof Error &&
    (error instanceof InputError ||
      error.name === 'InputError' ||
      (error as { status?: unknown }).status === 400)
  );
}

function placesOf(
  error: Error & { field?: unknown },
  { method, query }: Place,
): Details {
  const { field, message } = error;
  if (error instanceof SelectorError) {
    return [
      { pointer: `/selector${fieldPointer(error.field ?? '')}`, message },
    ];
  }
  if (typeof field === 'string') {
    const isParameter = method === 'GET' || Object.hasOwn(query, field);
    const pointer = isParameter ? `query:${field}` : fieldPointer(field);
    return [{ pointer, message }];
  }
  return validatorPlaces(message) ?? [{ pointer: '', message }];
}

/** The validator says several things in one text, such as `request/query/limit must be integer, request/body …`. */
function validatorPlaces(text: string): Details | undefined {
  const unknown = /^Unknown query parameter '(.*)'$/s.exec(text);
  if (unknown) return [{ pointer: `query:${unknown[1]}`, message: text }];
  if (!text.startsWith('request/')) return undefined;
  return text.split(/, (?=request\/)/).map(part => {
    const [, place, path = '', message] =
      /^request\/(\w+)(\/\S*)? (.*)$/s.exec(part) ?? [];
    if (message === undefined) return { pointer: '', message: part };
    const prefix = PREFIXES[place];
    if (prefix === undefined) return { pointer: path, message };
    const missing = /^must have required property '(.*)'$/s.exec(message);
    return { pointer: `${prefix}${missing?.[1] ?? path.slice(1)}`, message };
  });
}
