import {
  ClusterSelector,
  Selector,
} from '@res-edge/backstage-plugin-res-edge-common';
import { yamlDocuments } from '@res-edge/backstage-plugin-res-edge-engine';
import { UsageError } from '../UsageError';

const FIELDS = new Set<string>([
  'all',
  'groups',
  'matchLabels',
  'matchExpressions',
  'expression',
  'include',
  'exclude',
] satisfies (keyof ClusterSelector)[]);

/**
 * A selector as it is given on the command line: a mapping in YAML or JSON, else a string. CEL may look like YAML
 * (`a ? b : c`), so that without braces only the fields of a selector make a mapping.
 *
 * @throws UsageError where something in braces is no mapping
 * @internal
 */
export function parseSelectorArgument(text: string): Selector {
  const [document, ...others] = yamlDocuments(text);
  const { value, problem } = document ?? {};
  const isMapping =
    others.length === 0 &&
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value);
  const braces = text.trimStart().startsWith('{');
  if (isMapping) {
    const keys = Object.keys(value);
    if (braces || (keys.length > 0 && keys.every(key => FIELDS.has(key))))
      return value as ClusterSelector;
  }
  if (braces) {
    throw new UsageError(
      `SELECTOR is no mapping: ${problem?.message ?? 'it goes on after the }'}`,
    );
  }
  return text;
}
