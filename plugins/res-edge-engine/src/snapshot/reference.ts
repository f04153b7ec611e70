import { EdgeKind, Problem } from '@res-edge/backstage-plugin-res-edge-common';

/**
 * The reference of an entity as problems and rules name it: `edgecluster:default/central-tx-atx-2301`,
 * with the field behind a `#` where one is meant.
 *
 * @public
 */
export function edgeReference(
  kind: EdgeKind,
  name: string,
  field?: string,
): string {
  const reference = `${kind.toLowerCase()}:default/${name.toLowerCase()}`;
  return field ? `${reference}#${field}` : reference;
}

/** Orders by code unit, the order of everything that the engine gives. @public */
export function compareNames(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Orders by entity, field and message. @internal */
export function compareProblems(a: Problem, b: Problem): number {
  return (
    compareNames(a.entity, b.entity) ||
    compareNames(a.field, b.field) ||
    compareNames(a.message, b.message)
  );
}
