import { EdgeEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { fieldOf, fullPath, textsOf } from './entityField';
import { fieldError } from './fieldError';

/** One condition on a field. @internal */
export interface FieldCondition {
  /** In full. */
  readonly path: string;
  readonly operator: 'in' | 'notIn' | 'exists' | 'absent';
  readonly values: ReadonlySet<string>;
}

/** Conditions that must all hold. @internal */
export type EntityFilter = readonly FieldCondition[];

const MAX_CONDITIONS = 50;

/**
 * Reads `filter` parameters; an entity has to match one of them. Each is a list of conditions, all of which must hold:
 *
 * - `path=value`: the field is the value, or has it as an element; the same path again allows another value
 * - `path!=value`: it is not, or is missing
 * - `path`, `!path`: the field is there, or missing
 *
 * A backslash takes the next character as it is: `metadata.title=Austin\, South`.
 *
 * @throws InputError
 * @internal
 */
export function parseFilters(texts: readonly string[]): EntityFilter[] {
  return texts.map(parseFilter);
}

/** Whether all conditions hold. @internal */
export function matchesFilter(
  filter: EntityFilter,
  entity: EdgeEntity,
): boolean {
  return filter.every(({ path, operator, values }) => {
    const value = fieldOf(entity, path);
    switch (operator) {
      case 'exists':
        return value !== undefined;
      case 'absent':
        return value === undefined;
      case 'in':
        return textsOf(value).some(text => values.has(text));
      default:
        return !textsOf(value).some(text => values.has(text));
    }
  });
}

function parseFilter(text: string): EntityFilter {
  const parts = split(text);
  if (parts.length > MAX_CONDITIONS) {
    throw fieldError(
      'filter',
      `has ${parts.length} conditions; at most ${MAX_CONDITIONS} are allowed`,
    );
  }
  const byKey = new Map<string, FieldCondition & { values: Set<string> }>();
  for (const part of parts) {
    const condition = parseCondition(part);
    const key = `${condition.operator} ${condition.path}`;
    const known = byKey.get(key);
    if (known) {
      condition.values.forEach(value => known.values.add(value));
    } else {
      byKey.set(key, condition);
    }
  }
  return [...byKey.values()];
}

function parseCondition(
  text: string,
): FieldCondition & { values: Set<string> } {
  const match = /^(!?)([^=!]+)(?:(!?=)(.*))?$/s.exec(text);
  const [, absent, path, operator, value = ''] = match ?? [];
  if (!match || (absent && operator)) {
    throw fieldError(
      'filter',
      `'${text}' is no condition; write path=value, path!=value, path or !path, with commas between them`,
    );
  }
  const condition = { path: fullPath(path.trim(), 'filter') };
  if (!operator) {
    return {
      ...condition,
      operator: absent ? 'absent' : 'exists',
      values: new Set(),
    };
  }
  return {
    ...condition,
    operator: operator === '=' ? 'in' : 'notIn',
    values: new Set([value]),
  };
}

/** At commas that no backslash stands before. */
function split(text: string): string[] {
  const parts = [''];
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === ',') {
      parts.push('');
    } else {
      if (character === '\\') {
        index++;
      }
      parts[parts.length - 1] += text[index] ?? '';
    }
  }
  return parts;
}
