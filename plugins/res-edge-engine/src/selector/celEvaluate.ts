import { CelValue, celList, celMap, isCelList, isCelMap } from '@bufbuild/cel';
import type { Expr } from '@bufbuild/cel-spec/cel/expr/syntax_pb.js';
import type { Fact } from '../snapshot/Column';
import {
  ABSENT,
  CelOutcome,
  callFunction,
  isTest,
  typeNamed,
} from './celFunctions';
import { clusterPath } from './celTree';
import { MAX_STEPS } from './limits';
import { SelectorContext } from './SelectorContext';
import { SelectorError } from './SelectorError';

type Variables = ReadonlyMap<string, CelOutcome>;
const NO_VARIABLES: Variables = new Map();

/**
 * Evaluates a CEL expression for one cluster after another.
 *
 * The operators that know about absence are here; all others are those of the CEL library. Whatever fails on a cluster
 * (a wrong type, a division by zero) counts as absent there, so that one record never breaks a selector.
 *
 * @internal
 */
export class CelEvaluator {
  /** What it has taken until now. */
  steps = 0;

  constructor(
    private readonly context: SelectorContext,
    private readonly position: number | undefined,
  ) {}

  /** Whether a condition holds for a cluster. */
  holds(expression: Expr, cluster: number): boolean {
    return this.evaluate(expression, cluster, NO_VARIABLES) === true;
  }

  private evaluate(
    expression: Expr,
    cluster: number,
    variables: Variables,
  ): CelOutcome {
    this.spend(1);
    const { exprKind } = expression;
    switch (exprKind.case) {
      case 'constExpr':
        return exprKind.value.constantKind.value as CelValue;
      case 'identExpr':
        return (
          variables.get(exprKind.value.name) ?? typeNamed(exprKind.value.name)
        );
      case 'selectExpr':
        return exprKind.value.testOnly
          ? this.read(expression, cluster, variables) !== ABSENT
          : this.read(expression, cluster, variables);
      case 'callExpr':
        return this.call(expression, exprKind.value, cluster, variables);
      case 'listExpr':
        return celList(
          exprKind.value.elements
            .map(element => this.evaluate(element, cluster, variables))
            .filter(element => element !== ABSENT),
        );
      case 'structExpr':
        return this.map(exprKind.value.entries, cluster, variables);
      case 'comprehensionExpr':
        return this.comprehension(exprKind.value, cluster, variables);
      default:
        return ABSENT;
    }
  }

  /** A member of the cluster, or of a map or list that was computed. */
  private read(
    expression: Expr,
    cluster: number,
    variables: Variables,
  ): CelOutcome {
    const path = clusterPath(expression);
    const { facts } = this.context;
    switch (path?.kind) {
      case 'label':
        return valueOf(facts.labelOf(cluster, path.key));
      case 'attribute':
        return valueOf(facts.attributeOf(cluster, path.key));
      case 'field':
        return valueOf(facts.fieldOf(cluster, path.field));
      case 'groups':
        return celList(this.context.groupsOf(cluster));
      case 'labels':
      case 'attributes':
      case 'capacity':
        return celMap(
          facts.mapOf(cluster, path.kind, fact => valueOf(fact) as CelValue),
        );
      default:
    }
    const { exprKind } = expression;
    if (exprKind.case === 'selectExpr') {
      const from = this.evaluate(exprKind.value.operand!, cluster, variables);
      return member(from, exprKind.value.field);
    }
    const [operand, index] = (exprKind.value as { args: Expr[] }).args;
    return member(
      this.evaluate(operand, cluster, variables),
      this.evaluate(index, cluster, variables),
    );
  }

  private call(
    expression: Expr,
    call: { function: string; target?: Expr; args: Expr[] },
    cluster: number,
    variables: Variables,
  ): CelOutcome {
    const evaluate = (part: Expr) => this.evaluate(part, cluster, variables);
    const { args, target } = call;
    switch (call.function) {
      case '_&&_':
        return evaluate(args[0]) === true && evaluate(args[1]) === true;
      case '_||_':
        return evaluate(args[0]) === true || evaluate(args[1]) === true;
      case '!_':
        return evaluate(args[0]) !== true;
      case '@not_strictly_false':
        return true;
      case '_?_:_':
        return evaluate(evaluate(args[0]) === true ? args[1] : args[2]);
      case '_[_]':
        return this.read(expression, cluster, variables);
      case 'inGroup': {
        const name = evaluate(args[0]);
        return (
          typeof name === 'string' &&
          this.context.groupsOf(cluster).includes(name)
        );
      }
      default:
    }
    const values = args.map(evaluate);
    const on = target && evaluate(target);
    if (on === ABSENT || values.includes(ABSENT)) {
      if (call.function === '_!=_') return true;
      if (call.function === 'size') return 0n;
      return isTest(call.function) ? false : ABSENT;
    }
    const result = callFunction(call.function, on, values as CelValue[], cost =>
      this.spend(cost),
    );
    return result === ABSENT && isTest(call.function) ? false : result;
  }

  private map(
    entries: readonly {
      keyKind: { case?: string; value?: unknown };
      value?: Expr;
    }[],
    cluster: number,
    variables: Variables,
  ): CelOutcome {
    const map = new Map<string | bigint | boolean, CelValue>();
    for (const entry of entries) {
      const key = this.evaluate(
        entry.keyKind.value as Expr,
        cluster,
        variables,
      );
      const value = this.evaluate(entry.value!, cluster, variables);
      if (value === ABSENT) continue;
      if (
        typeof key === 'string' ||
        typeof key === 'bigint' ||
        typeof key === 'boolean'
      )
        map.set(key, value);
      else return ABSENT;
    }
    return celMap(map);
  }

  /** A macro over a list or the keys of a map. Over what is absent, a test is false and a list is absent. */
  private comprehension(
    macro: Extract<Expr['exprKind'], { case: 'comprehensionExpr' }>['value'],
    cluster: number,
    variables: Variables,
  ): CelOutcome {
    const range = this.evaluate(macro.iterRange!, cluster, variables);
    const items =
      isCelList(range) || isCelMap(range) ? itemsOf(range) : undefined;
    if (!items)
      return macro.accuInit!.exprKind.case === 'listExpr' ? ABSENT : false;
    const inner = new Map(variables);
    inner.set(
      macro.accuVar,
      this.evaluate(macro.accuInit!, cluster, variables),
    );
    for (const item of items) {
      inner.set(macro.iterVar, item);
      inner.set(macro.accuVar, this.evaluate(macro.loopStep!, cluster, inner));
    }
    return this.evaluate(macro.result!, cluster, inner);
  }

  private spend(steps: number): void {
    this.steps += steps;
    const { maxSteps = MAX_STEPS } = this.context;
    if (this.steps > maxSteps) {
      throw new SelectorError(
        `The expression takes more than ${maxSteps} steps over this fleet; write it with fewer loops in one another`,
        { position: this.position },
      );
    }
  }
}

function valueOf(fact: Fact | undefined): CelOutcome {
  if (fact === undefined) return ABSENT;
  return typeof fact === 'object' ? celList(fact) : fact;
}

function itemsOf(range: CelValue): CelValue[] {
  return isCelMap(range)
    ? [...range.keys()]
    : [...(range as Iterable<CelValue>)];
}

/** An entry of a map, or an element of a list. */
function member(from: CelOutcome, key: CelOutcome): CelOutcome {
  if (from === ABSENT || key === ABSENT) return ABSENT;
  if (isCelMap(from)) {
    return (from.get(key as string) as CelValue | undefined) ?? ABSENT;
  }
  if (isCelList(from) && (typeof key === 'bigint' || typeof key === 'number')) {
    return (from.get(Number(key)) as CelValue | undefined) ?? ABSENT;
  }
  return ABSENT;
}
