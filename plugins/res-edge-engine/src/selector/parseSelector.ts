import {
  ClusterSelector,
  MatchExpression,
  SELECTOR_OPERATORS,
  Selector,
} from '@res-edge/backstage-plugin-res-edge-common';
import { unparse } from '@bufbuild/cel';
import {
  Condition,
  NumberOperator,
  ParsedSelector,
  SelectorPart,
} from './Condition';
import { celCondition, chain, parseCel } from './parseCel';
import { isOriginal, parseOriginal } from './parseOriginal';
import { SelectorError } from './SelectorError';

const FIELDS: readonly (keyof ClusterSelector)[] = [
  'all',
  'groups',
  'matchLabels',
  'matchExpressions',
  'expression',
  'include',
  'exclude',
];

/** Reads a selector in any of its three forms, without looking at a fleet. @internal */
export function parseSelector(selector: Selector): ParsedSelector {
  if (typeof selector === 'string')
    return { parts: parseString(selector), include: [], exclude: [] };
  if (typeof selector !== 'object' || !selector || Array.isArray(selector)) {
    throw new SelectorError('A selector is a mapping or a string');
  }
  for (const field of Object.keys(selector)) {
    if (!FIELDS.includes(field as keyof ClusterSelector)) {
      throw new SelectorError(
        `'${field}' is no part of a selector; allowed are ${FIELDS.join(', ')}`,
        { field },
      );
    }
  }
  const parts = parseParts(selector);
  const include = names(selector.include, 'include');
  if (parts.length === 0 && include.length === 0) {
    throw new SelectorError(
      `The selector is empty; name ${FIELDS.slice(1, 6).join(
        ', ',
      )}, or say 'all: true' for the whole fleet`,
    );
  }
  return { parts, include, exclude: names(selector.exclude, 'exclude') };
}

function parseString(text: string): SelectorPart[] {
  if (text.trim() === '')
    throw new SelectorError('The selector is empty', { position: 0 });
  if (isOriginal(text))
    return [{ field: '', text, condition: parseOriginal(text) }];
  return parseExpression(text, '');
}

/** One part for each operand of the topmost `&&`, so that an explanation can say which of them fails. */
function parseExpression(text: string, field: string): SelectorPart[] {
  const { expression, positionOf } = parseCel(text, field || undefined);
  return chain(expression, '_&&_').map(operand => ({
    field,
    text: readable(operand),
    condition: celCondition(operand, positionOf, field || undefined),
  }));
}

function readable(expression: Parameters<typeof unparse>[0]): string {
  try {
    return unparse(expression);
  } catch {
    // The library cannot write some macros back; the whole expression stands in the entity.
    return 'the expression';
  }
}

function parseParts(selector: ClusterSelector): SelectorPart[] {
  const parts: SelectorPart[] = [];
  if (selector.all !== undefined) {
    if (selector.all !== true) {
      throw new SelectorError(
        `'all' is ${JSON.stringify(selector.all)}; only true is allowed`,
        { field: 'all' },
      );
    }
    parts.push({
      field: 'all',
      text: 'all clusters',
      condition: { kind: 'constant', value: true },
    });
  }
  if (selector.groups !== undefined) {
    const groups = names(selector.groups, 'groups', true);
    parts.push({
      field: 'groups',
      text: `in ${groups.map(group => group.name).join(' or ')}`,
      condition: {
        kind: 'or',
        parts: groups.map(group => ({ kind: 'group', ...group })),
      },
    });
  }
  if (selector.matchLabels !== undefined)
    parts.push(...parseLabels(selector.matchLabels));
  if (selector.matchExpressions !== undefined) {
    notEmpty(
      list(selector.matchExpressions, 'matchExpressions'),
      'matchExpressions',
    ).forEach((item, i) =>
      parts.push(parseMatch(item as MatchExpression, `matchExpressions[${i}]`)),
    );
  }
  if (selector.expression !== undefined) {
    if (
      typeof selector.expression !== 'string' ||
      selector.expression.trim() === ''
    ) {
      throw new SelectorError(
        `'expression' is empty; write CEL over 'cluster'`,
        { field: 'expression', position: 0 },
      );
    }
    parts.push(...parseExpression(selector.expression, 'expression'));
  }
  return parts;
}

function parseLabels(labels: Record<string, string>): SelectorPart[] {
  if (typeof labels !== 'object' || !labels || Array.isArray(labels)) {
    throw new SelectorError(`'matchLabels' is a mapping of keys to values`, {
      field: 'matchLabels',
    });
  }
  return notEmpty(Object.entries(labels), 'matchLabels').map(([key, value]) => {
    const field = `matchLabels.${key}`;
    return {
      field,
      text: `${key} = ${scalarText(value, field)}`,
      condition: { kind: 'text', key, values: [scalarText(value, field)] },
    };
  });
}

function parseMatch(match: MatchExpression, field: string): SelectorPart {
  const { key, operator } = match ?? {};
  if (typeof key !== 'string' || key === '') {
    throw new SelectorError(`'${field}.key' names a label or an attribute`, {
      field: `${field}.key`,
    });
  }
  if (!SELECTOR_OPERATORS.includes(operator)) {
    throw new SelectorError(
      `'${field}.operator' is '${operator}'; allowed are ${SELECTOR_OPERATORS.join(
        ', ',
      )}`,
      {
        field: `${field}.operator`,
      },
    );
  }
  const values =
    match.values === undefined ? [] : list(match.values, `${field}.values`);
  const shown = values.length > 0 ? ` ${values.join(', ')}` : '';
  return {
    field,
    text: `${key} ${operator}${shown}`,
    condition: matchCondition(key, operator, values, `${field}.values`),
  };
}

function matchCondition(
  key: string,
  operator: MatchExpression['operator'],
  values: readonly unknown[],
  field: string,
): Condition {
  if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0)
      throw new SelectorError(`'${field}' must be left out with ${operator}`, {
        field,
      });
    const exists: Condition = { kind: 'exists', key };
    return operator === 'Exists' ? exists : { kind: 'not', part: exists };
  }
  if (operator === 'In' || operator === 'NotIn') {
    const texts = notEmpty(values, field).map((value, i) =>
      scalarText(value, `${field}[${i}]`),
    );
    const holds: Condition = { kind: 'text', key, values: texts };
    return operator === 'In' ? holds : { kind: 'not', part: holds };
  }
  const number =
    values.length === 1 && values[0] !== '' ? Number(values[0]) : NaN;
  if (!Number.isFinite(number) || typeof values[0] === 'boolean') {
    throw new SelectorError(
      `'${field}' is [${values.join(
        ', ',
      )}]; ${operator} needs exactly one number`,
      { field },
    );
  }
  return {
    kind: 'compare',
    key,
    operator: operator as NumberOperator,
    value: number,
  };
}

function names(
  value: unknown,
  field: string,
  required = false,
): { name: string; place: { field: string } }[] {
  if (value === undefined) return [];
  const items = list(value, field);
  if (required) notEmpty(items, field);
  return items.map((name, i) => {
    if (typeof name !== 'string' || name === '') {
      throw new SelectorError(`'${field}[${i}]' is a name`, {
        field: `${field}[${i}]`,
      });
    }
    return { name, place: { field: `${field}[${i}]` } };
  });
}

function scalarText(value: unknown, field: string): string {
  if (
    typeof value !== 'string' &&
    typeof value !== 'number' &&
    typeof value !== 'boolean'
  ) {
    throw new SelectorError(
      `'${field}' must be a string, a number or a boolean`,
      { field },
    );
  }
  return String(value);
}

function list(value: unknown, field: string): readonly unknown[] {
  if (!Array.isArray(value))
    throw new SelectorError(`'${field}' must be a list`, { field });
  return value;
}

function notEmpty<T>(items: readonly T[], field: string): readonly T[] {
  if (items.length === 0)
    throw new SelectorError(`'${field}' is empty; leave it out or fill it`, {
      field,
    });
  return items;
}
