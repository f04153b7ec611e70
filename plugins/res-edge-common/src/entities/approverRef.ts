import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/**
 * A group or user as an approval names it, in full and in lower case: `legal` is `group:default/legal`.
 *
 * @throws where it is no reference
 * @public
 */
export function approverRef(ref: string): string {
  return stringifyEntityRef(
    parseEntityRef(ref, { defaultKind: 'group', defaultNamespace: 'default' }),
  );
}
