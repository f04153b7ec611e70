import { InputError } from '@backstage/errors';

/** Where a placeholder's value comes from. @internal */
export type PlaceholderScope = 'application' | 'namespace' | 'cluster';

/** `${{ scope.key }}` or `${{ scope.key | type }}`. @internal */
export interface Placeholder {
  readonly scope: PlaceholderScope;
  readonly key: string;
  readonly type: 'string' | 'number' | 'boolean';
}

const OPENING = '${{';
const PLACEHOLDER =
  /^\$\{\{ *(application|namespace|cluster)\.([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?) *(?:\| *(number|boolean) *)?\}\}/;

/** Whether a text may hold placeholders. @internal */
export function hasPlaceholder(text: string): boolean {
  return text.includes(OPENING);
}

/**
 * A scalar in its parts: text as it stands, and placeholders.
 *
 * @throws InputError where something looks like a placeholder and is none
 * @internal
 */
export function parsePlaceholders(scalar: string): (string | Placeholder)[] {
  const parts: (string | Placeholder)[] = [];
  let rest = scalar;
  for (;;) {
    const start = rest.indexOf(OPENING);
    if (start < 0) break;
    if (start > 0) parts.push(rest.slice(0, start));
    rest = rest.slice(start);
    const match = PLACEHOLDER.exec(rest.slice(0, 400));
    if (!match) {
      throw new InputError(
        `${JSON.stringify(
          rest.slice(0, 60),
        )} is no placeholder: allowed are \${{ application.key }}, \${{ namespace.key }} and \${{ cluster.key }}, with "| number" or "| boolean" before the braces close`,
      );
    }
    const [text, scope, key, type = 'string'] = match;
    parts.push({
      scope: scope as PlaceholderScope,
      key,
      type: type as Placeholder['type'],
    });
    rest = rest.slice(text.length);
  }
  if (rest !== '') parts.push(rest);
  if (parts.length > 1) {
    const typed = parts.find(
      part => typeof part !== 'string' && part.type !== 'string',
    );
    if (typed) {
      throw new InputError(
        `${JSON.stringify(
          scalar.slice(0, 80),
        )}: a placeholder with a type must be the whole of its field`,
      );
    }
  }
  return parts;
}

/** A value as a placeholder's type asks for. @throws InputError where it does not parse @internal */
export function typedValue(
  value: string,
  type: Placeholder['type'],
): string | number | boolean {
  if (type === 'string') return value;
  if (type === 'boolean') {
    if (value === 'true' || value === 'false') return value === 'true';
    throw new InputError(
      `${JSON.stringify(value)} is no boolean; allowed are true and false`,
    );
  }
  if (/^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?$/.test(value)) return Number(value);
  throw new InputError(
    `${JSON.stringify(value)} is no number; allowed are such as 7, -1 and 2.5`,
  );
}

/**
 * Checks a cluster's value against a type. Numbers are whole here: kustomize puts the value in the place of a
 * number that is whole, and would not let it become another type.
 *
 * @internal
 */
export function clusterValueProblem(
  value: string,
  type: Placeholder['type'],
): string | undefined {
  if (type === 'boolean' && value !== 'true' && value !== 'false') {
    return `${JSON.stringify(value)} is no boolean; allowed are true and false`;
  }
  if (type === 'number' && !/^(?:0|-?[1-9]\d{0,14})$/.test(value)) {
    return `${JSON.stringify(value)} is no whole number`;
  }
  return undefined;
}
