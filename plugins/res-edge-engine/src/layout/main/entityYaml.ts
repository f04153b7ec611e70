import { EdgeEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { byCodeUnit } from '../format/digest';
import { toYaml } from '../format/toYaml';

/** The order in which a person reads an entity; other keys follow by name. */
const ORDER = [
  'apiVersion',
  'kind',
  'metadata',
  'spec',
  'ring',
  'name',
  'title',
  'labels',
  'owner',
  'type',
  'businessUnit',
  'environment',
  'namespace',
  'component',
  'source',
  'version',
  'digest',
  'selector',
  'priority',
  'requests',
  'requires',
  'dependsOn',
  'resources',
  'isolation',
  'values',
];
const RANK = new Map(ORDER.map((key, rank) => [key, rank]));
/** Mappings whose keys are data: those are sorted. */
const DATA = new Set(['values', 'labels', 'matchLabels', 'requests']);

/** Plain data in the order in which it is written. @internal */
export function ordered(value: unknown, data = false): unknown {
  if (Array.isArray(value)) return value.map(item => ordered(item));
  if (typeof value !== 'object' || value === null) return value;
  const rank = (key: string) => (data ? 0 : RANK.get(key) ?? ORDER.length);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, child]) => child !== undefined)
      .sort(([a], [b]) => rank(a) - rank(b) || byCodeUnit(a, b))
      .map(([key, child]) => [key, ordered(child, !data && DATA.has(key))]),
  );
}

/**
 * An entity as main holds it: what was decided, without what the catalog adds (annotations, tags, links) and what
 * it says by default.
 *
 * @internal
 */
export function entityYaml(
  entity: EdgeEntity,
  spec: Record<string, unknown>,
): string {
  const { name, title, labels } = entity.metadata;
  const { apiVersion, kind } = entity;
  const metadata = {
    name,
    title,
    labels: labels && Object.keys(labels).length > 0 ? labels : undefined,
  };
  return toYaml(ordered({ apiVersion, kind, metadata, spec }));
}
