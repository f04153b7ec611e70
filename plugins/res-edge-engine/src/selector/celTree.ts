import type { Expr } from '@bufbuild/cel-spec/cel/expr/syntax_pb.js';
import type { ClusterField } from '../snapshot/clusterFacts';

/** The one variable of an expression. */
export const CLUSTER = 'cluster';

const FIELDS = ['name', 'environment', 'timeZone', 'state'] as const;
/** What `cluster.` can be followed by. */
export const CLUSTER_FIELDS = [
  ...FIELDS,
  'labels',
  'attributes',
  'groups',
  'capacity',
];
/** What `cluster.capacity.` can be followed by. */
export const CAPACITY_FIELDS = ['cpu', 'memory', 'storage', 'pods'];

/** What of a cluster an expression names. @internal */
export type ClusterPath =
  | { readonly kind: 'label' | 'attribute'; readonly key: string }
  | { readonly kind: 'field'; readonly field: ClusterField }
  | {
      readonly kind:
        | 'labels'
        | 'attributes'
        | 'capacity'
        | 'groups'
        | 'cluster';
    }
  | { readonly kind: 'unknown'; readonly name: string };

/** Reads `cluster.labels.x` and `cluster.labels["x"]`; `undefined` for anything else. @internal */
export function clusterPath(expression: Expr): ClusterPath | undefined {
  const { exprKind } = expression;
  if (exprKind.case === 'identExpr') {
    return exprKind.value.name === CLUSTER ? { kind: 'cluster' } : undefined;
  }
  const step = memberOf(expression);
  const parent = step && clusterPath(step.operand);
  if (!step || !parent) return undefined;
  const { key } = step;
  switch (parent.kind) {
    case 'cluster':
      if (
        key === 'labels' ||
        key === 'attributes' ||
        key === 'capacity' ||
        key === 'groups'
      )
        return { kind: key };
      if ((FIELDS as readonly string[]).includes(key))
        return { kind: 'field', field: key as ClusterField };
      return { kind: 'unknown', name: `cluster.${key}` };
    case 'labels':
      return { kind: 'label', key };
    case 'attributes':
      return { kind: 'attribute', key };
    case 'capacity':
      return CAPACITY_FIELDS.includes(key)
        ? { kind: 'field', field: `capacity.${key}` }
        : { kind: 'unknown', name: `cluster.capacity.${key}` };
    default:
      return undefined;
  }
}

/** `a.b` and `a["b"]`, taken apart. @internal */
function memberOf(
  expression: Expr,
): { operand: Expr; key: string } | undefined {
  const { exprKind } = expression;
  if (exprKind.case === 'selectExpr') {
    const { operand, field } = exprKind.value;
    return operand && { operand, key: field };
  }
  if (exprKind.case !== 'callExpr' || exprKind.value.function !== '_[_]')
    return undefined;
  const [operand, index] = exprKind.value.args;
  const key = stringLiteral(index);
  return key === undefined ? undefined : { operand, key };
}

/** The string that an expression is, written out. @internal */
export function stringLiteral(
  expression: Expr | undefined,
): string | undefined {
  const { exprKind } = expression ?? {};
  if (exprKind?.case !== 'constExpr') return undefined;
  const { constantKind } = exprKind.value;
  return constantKind.case === 'stringValue' ? constantKind.value : undefined;
}

/** The expressions directly in another one. @internal */
export function childrenOf(expression: Expr): Expr[] {
  const { exprKind } = expression;
  const children: (Expr | undefined)[] = [];
  switch (exprKind.case) {
    case 'selectExpr':
      children.push(exprKind.value.operand);
      break;
    case 'callExpr':
      children.push(exprKind.value.target, ...exprKind.value.args);
      break;
    case 'listExpr':
      children.push(...exprKind.value.elements);
      break;
    case 'structExpr':
      for (const entry of exprKind.value.entries) {
        if (entry.keyKind.case === 'mapKey') children.push(entry.keyKind.value);
        children.push(entry.value);
      }
      break;
    case 'comprehensionExpr': {
      const { iterRange, accuInit, loopCondition, loopStep, result } =
        exprKind.value;
      children.push(iterRange, accuInit, loopCondition, loopStep, result);
      break;
    }
    default:
  }
  return children.filter(child => child !== undefined);
}
