import { InputError } from '@backstage/errors';

/** Where a page ended: the key of its last item, part by part. @internal */
export type CursorKey = readonly (string | number)[];

/** A page of a list that stands in memory or in the database. @internal */
export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string;
}

/** Hides a key, so that nobody builds cursors by hand. @internal */
export function encodeCursor(key: CursorKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * The key in a cursor, checked: it comes from outside.
 *
 * @param types - the type of each part, such as `['string', 'number']`
 * @internal
 */
export function decodeCursor<Key extends CursorKey>(
  cursor: string | undefined,
  types: {
    [Index in keyof Key]: Key[Index] extends number ? 'number' : 'string';
  },
): Key | undefined {
  if (cursor === undefined) {
    return undefined;
  }
  let key: unknown;
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    key = undefined;
  }
  const parts = types as readonly string[];
  if (
    !Array.isArray(key) ||
    key.length !== parts.length ||
    !parts.every((type, index) => typeof key[index] === type)
  ) {
    throw Object.assign(
      new InputError(
        `cursor: '${cursor}' is none; give the nextCursor of the page before`,
      ),
      { field: 'cursor' },
    );
  }
  return key as unknown as Key;
}
