import {
  EdgeEntity,
  EntityRow,
} from '@res-edge/backstage-plugin-res-edge-common';
import { VisibleFleet } from '../../permissions';
import { getClusterPlacements } from './clusterQueries';
import { fullPath } from './entityField';
import { fieldError } from './fieldError';

/** What of a cluster can be expanded. */
const EXPANSIONS = [
  'shard',
  'groups',
  'namespaces',
  'applications',
  'values',
  'usage',
] as const;

type Expansion = (typeof EXPANSIONS)[number];

const MAX_FIELDS = 50;

type Tree = { [key: string]: unknown };

/** What is shown of each entity beside its row. @internal */
export interface EntityDetail {
  /** Paths of fields in full, or `*`. */
  readonly fields?: readonly string[];
  readonly expand?: readonly Expansion[];
}

/** Reads the parameters `fields` and `expand`: names with commas between them. @throws InputError @internal */
export function parseDetail(query: {
  fields?: string;
  expand?: string;
}): EntityDetail {
  const fields = query.fields
    ?.split(',')
    .map(field => (field === '*' ? field : fullPath(field.trim(), 'fields')));
  if (fields && fields.length > MAX_FIELDS) {
    throw fieldError('fields', `at most ${MAX_FIELDS} are allowed`);
  }
  return { fields, expand: query.expand?.split(',').map(parseExpansion) };
}

function parseExpansion(text: string): Expansion {
  const expansion = EXPANSIONS.find(known => known === text.trim());
  if (!expansion) {
    throw fieldError(
      'expand',
      `'${text}' cannot be expanded; allowed are ${EXPANSIONS.join(', ')}`,
    );
  }
  return expansion;
}

/** Parts of what is decided for a cluster. @internal */
export function expandCluster(
  fleet: VisibleFleet,
  name: string,
  expand: readonly Expansion[],
): EntityRow['expanded'] {
  const placements = getClusterPlacements(fleet, name);
  return Object.fromEntries(expand.map(part => [part, placements[part]]));
}

/**
 * Only some fields of an entity, where they stand in it.
 *
 * @param fields - paths in full, such as `spec.environment`; `*` is the whole entity
 * @internal
 */
export function projectEntity(
  entity: EdgeEntity,
  fields: readonly string[],
): Tree {
  if (fields.includes('*')) {
    return { ...entity };
  }
  const projected: Tree = {};
  for (const field of fields) {
    copy({ ...entity }, projected, field.split('.'));
  }
  return projected;
}

/** Keys may hold dots: the longest key that is there counts. */
function copy(from: Tree, to: Tree, parts: readonly string[]): void {
  for (let count = parts.length; count > 0; count--) {
    const key = parts.slice(0, count).join('.');
    if (!Object.hasOwn(from, key)) {
      continue;
    }
    const value = from[key];
    const rest = parts.slice(count);
    if (rest.length === 0) {
      to[key] = value;
    } else if (isTree(value)) {
      const child: Tree = isTree(to[key]) ? { ...(to[key] as Tree) } : {};
      copy(value, child, rest);
      if (Object.keys(child).length > 0) {
        to[key] = child;
      }
    }
    return;
  }
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
