import { PermissionCriteria } from '@backstage/plugin-permission-common';

/** What becomes of the leaves and branches of criteria. @internal */
export interface CriteriaVisitor<Leaf, Result> {
  leaf(leaf: Leaf): Result;
  allOf(results: Result[]): Result;
  anyOf(results: Result[]): Result;
  not(result: Result): Result;
}

/** Evaluates nested criteria from the leaves up. @internal */
export function evaluateCriteria<Leaf, Result>(
  criteria: PermissionCriteria<Leaf>,
  visitor: CriteriaVisitor<Leaf, Result>,
): Result {
  const evaluate = (part: PermissionCriteria<Leaf>) =>
    evaluateCriteria(part, visitor);
  if (isBranch(criteria, 'allOf')) {
    return visitor.allOf(criteria.allOf.map(evaluate));
  }
  if (isBranch(criteria, 'anyOf')) {
    return visitor.anyOf(criteria.anyOf.map(evaluate));
  }
  if (isBranch(criteria, 'not')) {
    return visitor.not(evaluate(criteria.not));
  }
  return visitor.leaf(criteria as Leaf);
}

type Branches<Leaf> = {
  allOf: PermissionCriteria<Leaf>[];
  anyOf: PermissionCriteria<Leaf>[];
  not: PermissionCriteria<Leaf>;
};

function isBranch<Leaf, Key extends keyof Branches<Leaf>>(
  criteria: PermissionCriteria<Leaf>,
  key: Key,
): criteria is PermissionCriteria<Leaf> & Pick<Branches<Leaf>, Key> {
  return Object.hasOwn(criteria as object, key);
}
