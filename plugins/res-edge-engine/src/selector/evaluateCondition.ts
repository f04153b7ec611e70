import type { Expr } from '@bufbuild/cel-spec/cel/expr/syntax_pb.js';
import { Bitmap } from '../bitmap';
import type { Column } from '../snapshot/Column';
import type { ClusterField } from '../snapshot/clusterFacts';
import { CelEvaluator } from './celEvaluate';
import { Condition, NumberOperator } from './Condition';
import { SelectorContext } from './SelectorContext';
import { SelectorError } from './SelectorError';

const RANGES: Record<
  NumberOperator,
  (value: number) => { least?: number; most?: number; open: boolean }
> = {
  Gt: value => ({ least: value, open: true }),
  Ge: value => ({ least: value, open: false }),
  Lt: value => ({ most: value, open: true }),
  Le: value => ({ most: value, open: false }),
};

/** The clusters for which a condition holds; the set is the caller's to change. @internal */
export function evaluateCondition(
  context: SelectorContext,
  condition: Condition,
): Bitmap {
  const { size, facts } = context;
  switch (condition.kind) {
    case 'constant':
      return condition.value ? Bitmap.full(size) : Bitmap.empty(size);
    case 'group':
      if (!context.hasGroup(condition.name)) {
        throw new SelectorError(
          `There is no group '${condition.name}'`,
          condition.place,
        );
      }
      return context.groupMembers(condition.name).clone();
    case 'cluster': {
      const number = clusterNumber(context, condition);
      return Bitmap.of(size, number === undefined ? [] : [number]);
    }
    case 'namespace': {
      if (!context.namespaceClusters) {
        throw new SelectorError(
          'The clusters of a namespace cannot be named here',
          condition.place,
        );
      }
      const clusters = context.namespaceClusters(condition.name);
      if (!clusters)
        throw new SelectorError(
          `There is no namespace '${condition.name}'`,
          condition.place,
        );
      return clusters.clone();
    }
    case 'text': {
      const texts = new Set(condition.values);
      return union(size, facts.named(condition.key), column =>
        column.withText(texts),
      );
    }
    case 'exists':
      return facts.present(condition.key).clone();
    case 'compare': {
      const range = RANGES[condition.operator](condition.value);
      return union(size, facts.named(condition.key), column =>
        column.inRange(range),
      );
    }
    case 'cel':
      return evaluateCel(
        context,
        condition.expression,
        condition.columns,
        condition.place.position,
      );
    case 'not':
      return evaluateCondition(context, condition.part).not();
    default: {
      const [first, ...rest] = condition.parts;
      const result = evaluateCondition(context, first);
      for (const part of rest) {
        const other = evaluateCondition(context, part);
        if (condition.kind === 'and') result.and(other);
        else result.or(other);
      }
      return result;
    }
  }
}

/** The number of a cluster that exists; `undefined` where it is in another part of the fleet. @internal */
export function clusterNumber(
  context: SelectorContext,
  {
    name,
    place,
  }: { name: string; place: { position?: number; field?: string } },
): number | undefined {
  if (!context.hasCluster(name))
    throw new SelectorError(`There is no cluster '${name}'`, place);
  return context.numberOf(name);
}

function union(
  size: number,
  columns: readonly Column[],
  select: (column: Column) => Bitmap,
): Bitmap {
  return columns.reduce(
    (result, column) => result.or(select(column)),
    Bitmap.empty(size),
  );
}

/**
 * Evaluates once for each distinct value where one fact is read, once for each combination that occurs
 * where several are, and for each cluster where all may matter.
 */
function evaluateCel(
  context: SelectorContext,
  expression: Expr,
  columns: readonly string[],
  position: number | undefined,
): Bitmap {
  const evaluator = new CelEvaluator(context, position);
  const { effort } = context.facts;
  const holds = (cluster: number) => {
    try {
      return evaluator.holds(expression, cluster);
    } finally {
      effort.steps = Math.max(effort.steps, evaluator.steps);
    }
  };
  const { size } = context;
  if (size === 0) return Bitmap.empty(0);
  const byCluster = ['*', 'groups', 'name'].some(all => columns.includes(all));
  if (!byCluster && columns.length === 0) {
    return holds(0) ? Bitmap.full(size) : Bitmap.empty(size);
  }
  const result = Bitmap.empty(size);
  if (byCluster) {
    for (let cluster = 0; cluster < size; cluster++)
      if (holds(cluster)) result.add(cluster);
    return result;
  }
  const facts = columns.map(name => columnNamed(context, name));
  if (facts.length === 1) {
    const [column] = facts;
    const present = column?.present() ?? result;
    const without = present.clone().not();
    const [first] = without;
    if (column)
      result.or(
        column.where((_, index) => holds(column.representative(index))),
      );
    return first !== undefined && holds(first) ? result.or(without) : result;
  }
  const verdicts: boolean[] = [];
  combinations(size, facts).forEach((combination, cluster) => {
    verdicts[combination] ??= holds(cluster);
    if (verdicts[combination]) result.add(cluster);
  });
  return result;
}

/** For each cluster the number of its combination of values; equal numbers, equal values. */
function combinations(
  size: number,
  columns: readonly (Column | undefined)[],
): Int32Array {
  const result = new Int32Array(size);
  for (const column of columns) {
    if (!column) continue;
    const indexes = column.indexes();
    const numbers = new Map<number, number>();
    const width = column.values.length + 1;
    for (let cluster = 0; cluster < size; cluster++) {
      const key = result[cluster] * width + indexes[cluster] + 1;
      let number = numbers.get(key);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(key, number);
      }
      result[cluster] = number;
    }
  }
  return result;
}

function columnNamed(
  { facts }: SelectorContext,
  name: string,
): Column | undefined {
  if (name.startsWith('labels.'))
    return facts.label(name.slice('labels.'.length));
  if (name.startsWith('attributes.'))
    return facts.attribute(name.slice('attributes.'.length));
  return facts.field(name as ClusterField);
}
