import { EdgeEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { compareStrings } from '../../util/compareStrings';
import { fieldOf, fullPath } from './entityField';
import { fieldError } from './fieldError';

/** A field to sort by. @internal */
export interface SortField {
  readonly path: string;
  readonly descending: boolean;
}

const MAX_FIELDS = 5;

// A key has the rank of each value before it, so that keys of one sort compare part by part.
const NUMBER = 0;
const TEXT = 1;
const MISSING = 2;

/**
 * Reads a `sort` parameter: paths of fields with commas between them, each with a `-` before it where the greatest comes first.
 *
 * @throws InputError
 * @internal
 */
export function parseSort(text: string): SortField[] {
  const fields = text.split(',').map(part => {
    const trimmed = part.trim();
    const descending = trimmed.startsWith('-');
    return {
      path: fullPath(descending ? trimmed.slice(1) : trimmed, 'sort'),
      descending,
    };
  });
  if (fields.length > MAX_FIELDS) {
    throw fieldError('sort', `at most ${MAX_FIELDS} fields are allowed`);
  }
  return fields;
}

/** What an entity is sorted by: numbers before texts, and what is missing after all. @internal */
export type SortKey = readonly (string | number)[];

/** The key of an entity: its fields, and then kind and name, so that no two are equal. @internal */
export function sortKeyOf(
  fields: readonly SortField[],
  entity: EdgeEntity,
): SortKey {
  return [
    ...fields.flatMap(({ path }) => {
      const value = fieldOf(entity, path);
      if (value === undefined) {
        return [MISSING, ''];
      }
      return typeof value === 'number'
        ? [NUMBER, value]
        : [TEXT, Array.isArray(value) ? value.join(',') : String(value)];
    }),
    entity.kind,
    entity.metadata.name,
  ];
}

/** Orders keys. @internal */
export function compareSortKeys(
  fields: readonly SortField[],
  a: SortKey,
  b: SortKey,
): number {
  for (let index = 0; index < a.length; index++) {
    const order = compareParts(a[index], b[index]);
    if (order !== 0) {
      // What is missing comes last in either direction; kind and name always ascend.
      const isValue = index < fields.length * 2 && index % 2 === 1;
      const isRank = index < fields.length * 2 && index % 2 === 0;
      const missing = isRank && (a[index] === MISSING || b[index] === MISSING);
      const descending =
        (isValue || isRank) &&
        !missing &&
        fields[Math.floor(index / 2)].descending;
      return descending ? -order : order;
    }
  }
  return 0;
}

function compareParts(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number'
    ? a - b
    : compareStrings(String(a), String(b));
}
