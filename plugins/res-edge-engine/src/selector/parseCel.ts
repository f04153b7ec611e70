import { parse } from '@bufbuild/cel';
import type { Expr } from '@bufbuild/cel-spec/cel/expr/syntax_pb.js';
import { checkCel } from './celCheck';
import { clusterPath, childrenOf, stringLiteral } from './celTree';
import { CelColumn, Condition } from './Condition';
import { MAX_DEPTH, checkLength } from './limits';
import { SelectorError } from './SelectorError';

/** Where each part of an expression stands. @internal */
export type Positions = (expression: Expr) => number | undefined;

/** An expression and where its parts stand. @internal */
export interface ParsedCel {
  readonly expression: Expr;
  readonly positionOf: Positions;
}

/** Reads CEL; what is no condition over a cluster is an error with its position. @internal */
export function parseCel(text: string, field?: string): ParsedCel {
  checkLength(text, field);
  const { expression, positions } = parseText(text, field);
  checkDepth(expression, field);
  const positionOf: Positions = part => positions[String(part.id)];
  checkCel(expression, positionOf, field);
  return { expression, positionOf };
}

function parseText(
  text: string,
  field?: string,
): { expression: Expr; positions: Record<string, number> } {
  try {
    const { expr, sourceInfo } = parse(text);
    return { expression: expr!, positions: sourceInfo?.positions ?? {} };
  } catch (error) {
    if (error instanceof RangeError) {
      throw new SelectorError('The expression is nested too deeply', {
        field,
        position: 0,
      });
    }
    const { rawMessage, message, location } = error as {
      rawMessage?: string;
      message: string;
      location?: { start: { offset: number } };
    };
    throw new SelectorError(`This is no CEL: ${rawMessage ?? message}`, {
      field,
      position: location?.start.offset ?? 0,
    });
  }
}

/** Walks without recursion, so that no depth can exhaust the stack before it is refused. */
function checkDepth(root: Expr, field?: string): void {
  const open: [Expr, number][] = [[root, 0]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [expression, depth] = next;
    if (depth > MAX_DEPTH) {
      throw new SelectorError(
        `The expression is nested too deeply; at most ${MAX_DEPTH} levels are allowed`,
        { field, position: 0 },
      );
    }
    const operator = logicalOperator(expression);
    for (const child of childrenOf(expression)) {
      // A chain of && or || is one level: it is taken apart without recursion.
      const same =
        operator !== undefined && logicalOperator(child) === operator;
      open.push([child, same ? depth : depth + 1]);
    }
  }
}

/** Turns an expression that is a condition into operations on sets where it can. @internal */
export function celCondition(
  expression: Expr,
  positionOf: Positions,
  field?: string,
): Condition {
  const { exprKind } = expression;
  const recurse = (part: Expr) => celCondition(part, positionOf, field);
  const place = { field, position: positionOf(expression) };
  if (exprKind.case === 'constExpr') {
    return {
      kind: 'constant',
      value: exprKind.value.constantKind.value === true,
    };
  }
  if (exprKind.case === 'callExpr') {
    const { function: name, args, target } = exprKind.value;
    if (name === '_&&_' || name === '_||_') {
      return {
        kind: name === '_&&_' ? 'and' : 'or',
        parts: chain(expression, name).map(recurse),
      };
    }
    if (name === '!_') return { kind: 'not', part: recurse(args[0]) };
    if (name === '_?_:_') {
      const [test, yes, no] = args.map(recurse);
      return {
        kind: 'or',
        parts: [
          { kind: 'and', parts: [test, yes] },
          { kind: 'and', parts: [{ kind: 'not', part: test }, no] },
        ],
      };
    }
    const group = target ? stringLiteral(args[0]) : undefined;
    if (name === 'inGroup' && group !== undefined) {
      return {
        kind: 'group',
        name: group,
        place: { field, position: positionOf(args[0]) },
      };
    }
    const member = stringLiteral(args[0]);
    if (
      name === '@in' &&
      member !== undefined &&
      clusterPath(args[1])?.kind === 'groups'
    ) {
      return {
        kind: 'group',
        name: member,
        place: { field, position: positionOf(args[0]) },
      };
    }
  }
  return { kind: 'cel', expression, columns: columnsOf(expression), place };
}

/** The operands of a chain of one operator, in order. @internal */
export function chain(expression: Expr, operator: '_&&_' | '_||_'): Expr[] {
  const operands: Expr[] = [];
  const open = [expression];
  for (let next = open.pop(); next; next = open.pop()) {
    if (logicalOperator(next) === operator)
      open.push(...childrenOf(next).reverse());
    else operands.push(next);
  }
  return operands;
}

function logicalOperator(expression: Expr): string | undefined {
  const { exprKind } = expression;
  if (exprKind.case !== 'callExpr') return undefined;
  const name = exprKind.value.function;
  return name === '_&&_' || name === '_||_' ? name : undefined;
}

/** The facts that an expression reads; `*` where that cannot be said, as with all labels at once. */
function columnsOf(root: Expr): readonly CelColumn[] {
  const columns = new Set<CelColumn>();
  const open = [root];
  for (let next = open.pop(); next; next = open.pop()) {
    const path = clusterPath(next);
    switch (path?.kind) {
      case 'label':
        columns.add(`labels.${path.key}`);
        break;
      case 'attribute':
        columns.add(`attributes.${path.key}`);
        break;
      case 'field':
        columns.add(path.field);
        break;
      case 'groups':
        columns.add('groups');
        break;
      case undefined:
        open.push(...readsOf(next, columns));
        break;
      default:
        columns.add('*');
    }
  }
  return [...columns].sort();
}

/** The parts of a call in which to look on; what it reads by itself is added. */
function readsOf(expression: Expr, columns: Set<CelColumn>): Expr[] {
  const { exprKind } = expression;
  if (exprKind.case !== 'callExpr') return childrenOf(expression);
  const { function: name, args } = exprKind.value;
  if (name === 'inGroup') {
    columns.add('groups');
    return args;
  }
  const key = stringLiteral(args[0]);
  const path = name === '@in' ? clusterPath(args[1]) : undefined;
  if (
    key !== undefined &&
    (path?.kind === 'labels' || path?.kind === 'attributes')
  ) {
    columns.add(`${path.kind}.${key}`);
    return [];
  }
  return childrenOf(expression);
}
