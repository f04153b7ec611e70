import type { Expr } from '@bufbuild/cel-spec/cel/expr/syntax_pb.js';
import { hasFunction, isTypeName } from './celFunctions';
import {
  CAPACITY_FIELDS,
  CLUSTER,
  CLUSTER_FIELDS,
  childrenOf,
  clusterPath,
} from './celTree';
import type { Positions } from './parseCel';
import { SelectorError } from './SelectorError';

/** Operators that the evaluator has itself. */
const BUILT_IN: ReadonlySet<string> = new Set([
  '_&&_',
  '_||_',
  '!_',
  '_?_:_',
  '_[_]',
  '@not_strictly_false',
  'inGroup',
]);
const COMPARISONS: ReadonlySet<string> = new Set([
  '_==_',
  '_!=_',
  '_<_',
  '_<=_',
  '_>_',
  '_>=_',
]);
/** Operators and functions whose result can be no condition. */
const NO_CONDITIONS: ReadonlySet<string> = new Set([
  '_+_',
  '_-_',
  '_*_',
  '_/_',
  '_%_',
  '-_',
  'size',
  'string',
  'int',
  'uint',
  'double',
  'bytes',
  'type',
]);
type LiteralType = 'string' | 'number' | 'boolean' | 'other';

/** Finds what can be known to be wrong without looking at any cluster. @internal */
export function checkCel(
  root: Expr,
  positionOf: Positions,
  field?: string,
): void {
  const fail = (message: string, at: Expr): never => {
    throw new SelectorError(message, { field, position: positionOf(at) });
  };
  const open: [Expr, ReadonlySet<string>][] = [[root, new Set()]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [expression, variables] = next;
    const path = clusterPath(expression);
    if (path?.kind === 'unknown') {
      fail(
        `There is no '${path.name}'; allowed are cluster.${CLUSTER_FIELDS.join(
          ', .',
        )} and cluster.capacity.${CAPACITY_FIELDS.join(', .')}`,
        expression,
      );
    }
    if (path?.kind === 'cluster') {
      fail(
        `'cluster' is not a value; one of its fields is: ${CLUSTER_FIELDS.join(
          ', ',
        )}`,
        expression,
      );
    }
    if (path) continue;
    const { exprKind } = expression;
    switch (exprKind.case) {
      case 'identExpr':
        if (
          !variables.has(exprKind.value.name) &&
          !isTypeName(exprKind.value.name)
        ) {
          fail(
            `There is no variable '${exprKind.value.name}'; the only one is 'cluster'`,
            expression,
          );
        }
        break;
      case 'structExpr':
        if (exprKind.value.messageName) {
          fail(
            `There is no message type '${exprKind.value.messageName}'`,
            expression,
          );
        }
        break;
      case 'callExpr':
        if (exprKind.value.function === 'inGroup') {
          const { target, args } = exprKind.value;
          if (
            !target ||
            clusterPath(target)?.kind !== CLUSTER ||
            args.length !== 1
          ) {
            fail(
              `'inGroup' is written cluster.inGroup("name of a group")`,
              expression,
            );
          }
          open.push([args[0], variables]);
          continue;
        }
        if (
          !BUILT_IN.has(exprKind.value.function) &&
          !hasFunction(exprKind.value.function)
        ) {
          fail(`There is no function '${exprKind.value.function}'`, expression);
        }
        if (COMPARISONS.has(exprKind.value.function))
          checkComparison(exprKind.value.args, fail);
        break;
      case 'comprehensionExpr': {
        const { iterVar, iterVar2, accuVar } = exprKind.value;
        if (iterVar === CLUSTER)
          fail(`A variable cannot be called '${CLUSTER}'`, expression);
        const inner = new Set([...variables, iterVar, iterVar2, accuVar]);
        for (const child of childrenOf(expression)) open.push([child, inner]);
        continue;
      }
      default:
    }
    for (const child of childrenOf(expression)) open.push([child, variables]);
  }
  checkCondition(root, fail);
}

/** Labels and fields have a type by declaration: comparing one with a literal of another type is a mistake. */
function checkComparison(
  args: readonly Expr[],
  fail: (message: string, at: Expr) => never,
): void {
  for (const [side, other] of [args, [...args].reverse()]) {
    const declared = declaredType(side);
    const literal = literalType(other);
    if (declared && literal && declared !== literal) {
      fail(
        `A ${declared} is compared with a ${literal}, which can never hold`,
        other,
      );
    }
  }
}

function checkCondition(
  root: Expr,
  fail: (message: string, at: Expr) => never,
): void {
  const open = [root];
  for (let next = open.pop(); next; next = open.pop()) {
    const { exprKind } = next;
    const name = exprKind.case === 'callExpr' ? exprKind.value.function : '';
    if (exprKind.case === 'callExpr' && ['_&&_', '_||_', '!_'].includes(name)) {
      open.push(...exprKind.value.args);
    } else if (exprKind.case === 'callExpr' && name === '_?_:_') {
      open.push(...exprKind.value.args);
    } else {
      const literal = literalType(next);
      const kind = clusterPath(next)?.kind;
      const collection =
        exprKind.case === 'listExpr' ||
        exprKind.case === 'structExpr' ||
        kind === 'labels' ||
        kind === 'attributes' ||
        kind === 'capacity' ||
        kind === 'groups';
      if (
        declaredType(next) ||
        (literal && literal !== 'boolean') ||
        collection ||
        NO_CONDITIONS.has(name)
      ) {
        fail(
          'A condition is needed here: something that is true or false',
          next,
        );
      }
    }
  }
}

function declaredType(expression: Expr): 'string' | 'number' | undefined {
  if (
    expression.exprKind.case === 'selectExpr' &&
    expression.exprKind.value.testOnly
  )
    return undefined;
  const path = clusterPath(expression);
  if (path?.kind === 'label') return 'string';
  if (path?.kind !== 'field') return undefined;
  return path.field.startsWith('capacity.') ? 'number' : 'string';
}

function literalType(expression: Expr): LiteralType | undefined {
  if (expression.exprKind.case !== 'constExpr') return undefined;
  switch (expression.exprKind.value.constantKind.case) {
    case 'stringValue':
      return 'string';
    case 'boolValue':
      return 'boolean';
    case 'int64Value':
    case 'uint64Value':
    case 'doubleValue':
      return 'number';
    default:
      return 'other';
  }
}
