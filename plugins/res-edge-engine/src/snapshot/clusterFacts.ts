import {
  AttributeValue,
  EdgeClusterEntity,
} from '@res-edge/backstage-plugin-res-edge-common';
import { parseQuantity, quantityToNumber } from '../quantity';
import { Fact } from './Column';

/** The types that an attribute can have, in the order that settles a tie between them. @public */
export const ATTRIBUTE_TYPES = ['string', 'number', 'boolean', 'list'] as const;
/** One of {@link ATTRIBUTE_TYPES}. @public */
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number];

/** Single facts of a cluster that are neither a label nor an attribute. @public */
export type ClusterField =
  | 'name'
  | 'environment'
  | 'timeZone'
  | 'state'
  | `capacity.${string}`;

/** @internal */
export function fieldOf(
  cluster: EdgeClusterEntity,
  field: ClusterField,
): Fact | undefined {
  const { spec, metadata } = cluster;
  if (field === 'name') return metadata.name;
  if (field === 'environment') return spec.environment;
  if (field === 'timeZone') return spec.timeZone;
  if (field === 'state') return spec.state ?? 'active';
  const resource = field.slice('capacity.'.length);
  const capacity = spec.capacity as Record<string, string | number> | undefined;
  if (!capacity || !Object.hasOwn(capacity, resource)) return undefined;
  try {
    return quantityToNumber(parseQuantity(capacity[resource]));
  } catch {
    // Reported as a problem of the cluster; a capacity that cannot be read counts as not declared.
    return undefined;
  }
}

/** The type of a value; `undefined` for what no attribute can be. @internal */
export function typeOf(value: AttributeValue): AttributeType | undefined {
  if (Array.isArray(value)) {
    return value.every(element => typeof element === 'string')
      ? 'list'
      : undefined;
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? 'number' : undefined;
  }
  return typeof value === 'string' || typeof value === 'boolean'
    ? (typeof value as 'string' | 'boolean')
    : undefined;
}

/** Told of the facts of one cluster. @internal */
export interface FactVisitor {
  label(key: string, value: string): void;
  attribute(key: string, value: AttributeValue, type: AttributeType): void;
  /** An attribute that cannot be taken, whatever the other clusters say. */
  wrong(key: string, message: string): void;
}

/** @internal */
export function visitFacts(
  { metadata, spec }: EdgeClusterEntity,
  visitor: FactVisitor,
): void {
  const labels = metadata.labels ?? {};
  for (const key of Object.keys(labels)) {
    if (typeof labels[key] === 'string') visitor.label(key, labels[key]);
  }
  const attributes = spec.attributes ?? {};
  for (const key of Object.keys(attributes)) {
    const type = typeOf(attributes[key]);
    if (type === undefined) {
      visitor.wrong(
        key,
        `'${key}' must be a string, a finite number, a boolean or a list of strings; here the key counts as missing`,
      );
    } else if (Object.hasOwn(labels, key)) {
      visitor.wrong(
        key,
        `'${key}' is a label of this cluster too; a key names one or the other. The label counts, the attribute as missing`,
      );
    } else visitor.attribute(key, attributes[key], type);
  }
}

/** What is said of an attribute whose type is not that of the fleet. @internal */
export function otherType(
  key: string,
  type: AttributeType,
  wanted: AttributeType,
  declared: boolean,
): string {
  return `'${key}' is a ${type} here and a ${wanted} ${
    declared ? 'by declaration' : 'on most clusters'
  }; here the key counts as missing`;
}
