import { AttributeValue } from '@res-edge/backstage-plugin-res-edge-common';
import { isPrototypeKey } from '../util/isPrototypeKey';

const LABEL_KEY =
  /^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;
const ATTRIBUTE_KEY = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const MAX_ATTRIBUTE = 1024;

/** Free-form pairs of another system, sorted into what a cluster can carry. @internal */
export interface Facts {
  readonly labels?: Record<string, string>;
  readonly attributes?: Record<string, AttributeValue>;
  /** The keys that are neither. */
  readonly leftOut: readonly string[];
}

/**
 * Sorts pairs of text into labels, where key and value are what Kubernetes takes for one, and attributes, which hold
 * any text.
 *
 * @internal
 */
export function factsOf(pairs: Iterable<readonly [string, unknown]>): Facts {
  const labels: Record<string, string> = {};
  const attributes: Record<string, AttributeValue> = {};
  const leftOut: string[] = [];
  for (const [key, value] of pairs) {
    const text = typeof value === 'string' ? value : undefined;
    if (text === undefined || isPrototypeKey(key)) {
      leftOut.push(key);
    } else if (LABEL_KEY.test(key) && LABEL_VALUE.test(text)) {
      labels[key] = text;
    } else if (ATTRIBUTE_KEY.test(key) && text.length <= MAX_ATTRIBUTE) {
      attributes[key] = text;
    } else {
      leftOut.push(key);
    }
  }
  return {
    labels: orUndefined(labels),
    attributes: orUndefined(attributes),
    leftOut,
  };
}

/** An empty mapping says nothing. @internal */
export function orUndefined<T extends object>(mapping: T): T | undefined {
  return Object.keys(mapping).length > 0 ? mapping : undefined;
}
