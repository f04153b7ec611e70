import { EdgeEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { fieldError } from './fieldError';

const SHORT: readonly [string, string][] = [
  ['labels.', 'metadata.labels.'],
  ['attributes.', 'spec.attributes.'],
];

const ROOTS = ['kind', 'apiVersion', 'metadata.', 'spec.'];

/**
 * A path of a field in full: `labels.x` and `attributes.x` are short for where they stand in an entity.
 *
 * @param parameter - which names it, for the error
 * @throws InputError where no entity can have such a field
 * @internal
 */
export function fullPath(path: string, parameter: string): string {
  const short = SHORT.find(([prefix]) => path.startsWith(prefix));
  const full = short ? `${short[1]}${path.slice(short[0].length)}` : path;
  const known = ROOTS.some(root =>
    root.endsWith('.') ? full.startsWith(root) : full === root,
  );
  if (!known || full.endsWith('.')) {
    throw fieldError(
      parameter,
      `'${path}' is no field; allowed are kind, metadata.…, spec.…, labels.… and attributes.…`,
    );
  }
  return full;
}

/**
 * What an entity has under a path such as `spec.environment` or `metadata.labels.example.org/ring`; of lists, what each
 * element has there. A cluster without a state is active.
 *
 * @returns undefined where there is no such field
 * @internal
 */
export function fieldOf(entity: EdgeEntity, path: string): unknown {
  const value = valueAt(entity, path.split('.'));
  return value === undefined &&
    path === 'spec.state' &&
    entity.kind === 'EdgeCluster'
    ? 'active'
    : value;
}

/** The scalars in a field, as texts. @internal */
export function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(textsOf);
  }
  return typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
    ? [String(value)]
    : [];
}

/** Keys may hold dots: the longest key that is there counts. */
function valueAt(value: unknown, parts: readonly string[]): unknown {
  if (parts.length === 0) {
    return value;
  }
  if (Array.isArray(value)) {
    const found = value
      .map(element => valueAt(element, parts))
      .filter(element => element !== undefined);
    return found.length > 0 ? found.flat() : undefined;
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  for (let count = parts.length; count > 0; count--) {
    const key = parts.slice(0, count).join('.');
    if (Object.hasOwn(value, key)) {
      return valueAt(
        (value as Record<string, unknown>)[key],
        parts.slice(count),
      );
    }
  }
  return undefined;
}
