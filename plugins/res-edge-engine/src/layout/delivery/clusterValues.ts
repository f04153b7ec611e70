import { EdgeClusterEntity } from '@res-edge/backstage-plugin-res-edge-common';
import { ClusterValues } from '../../values';
import { byCodeUnit } from '../format/digest';
import { parseYaml } from '../format/parseYaml';
import { quote } from '../format/toYaml';
import { clusterValueProblem } from '../capture/placeholder';
import { ClusterKeys } from '../revision/Revision';
import { CLUSTER_VALUES } from '../revision/replacements';
import { groupReleaseLines, GroupReleases } from './groupReleases';

/** A value of a cluster, and where it comes from. @internal */
export interface ClusterValue {
  readonly value: string;
  readonly origin: string;
}

const LITERAL = /^ {6}- (?:'|")([A-Za-z0-9._-]+)=/;
const KEY = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;

/**
 * All that placeholders of a cluster may read: its values and its own facts. Facts win: no value has their names.
 *
 * @param wanted - the keys of labels and attributes that something reads (`labels.x`, `attributes.y`)
 * @internal
 */
export function clusterValues(
  cluster: EdgeClusterEntity,
  values: ClusterValues['values'],
  wanted: Iterable<string>,
): Map<string, ClusterValue> {
  const found = new Map<string, ClusterValue>();
  for (const { key, value, origin } of values) {
    if (KEY.test(key)) found.set(key, { value, origin: shortOrigin(origin) });
  }
  const fact = (key: string, value: unknown) => {
    if (value === undefined || value === null) found.delete(key);
    else found.set(key, { value: String(value), origin: 'cluster' });
  };
  fact('name', cluster.metadata.name);
  fact('environment', cluster.spec.environment);
  fact('timeZone', cluster.spec.timeZone);
  for (const key of wanted) {
    if (key.startsWith('labels.')) {
      fact(key, own(cluster.metadata.labels, key.slice('labels.'.length)));
    } else if (key.startsWith('attributes.')) {
      const value = own(
        cluster.spec.attributes,
        key.slice('attributes.'.length),
      );
      fact(key, Array.isArray(value) ? value.join(',') : value);
    }
  }
  return found;
}

/**
 * The component that hands a cluster's values to a build, each with its origin.
 *
 * @param keptLines - lines of the delivered values, by key, that something may still read
 * @param keptWin - whether they win over new values of the same key
 * @param releases - of groups that roll out: what it is written from
 * @internal
 */
export function valuesText(
  cluster: string,
  values: ReadonlyMap<string, ClusterValue>,
  keptLines: ReadonlyMap<string, string> = new Map(),
  keptWin = false,
  releases: GroupReleases = new Map(),
): string {
  const lines = new Map(keptLines);
  for (const [key, { value, origin }] of values) {
    if (keptWin && keptLines.has(key)) continue;
    lines.set(key, `      - ${literal(key, value)} # ${origin}`);
  }
  const literals = [...lines].sort(([a], [b]) => byCodeUnit(a, b));
  return `# The values of ${cluster}, each with its origin. Written by Res-Edge.
${groupReleaseLines(releases)}apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
configMapGenerator:
  - name: ${CLUSTER_VALUES}
    options:
      annotations:
        config.kubernetes.io/local-config: "true"
      disableNameSuffixHash: true
    literals:
${literals.map(([, line]) => line).join('\n')}
`;
}

/** What of these keys a cluster has no value for, or none of the right type. @internal */
export function missingValue(
  clusterKeys: ClusterKeys,
  values: ReadonlyMap<string, ClusterValue>,
): string | undefined {
  for (const [key, types] of clusterKeys) {
    const found = values.get(key);
    if (!found) return `nothing sets \${{ cluster.${key} }}`;
    for (const type of types) {
      const problem = clusterValueProblem(found.value, type);
      if (problem !== undefined) {
        return `\${{ cluster.${key} | ${type} }}: ${problem} (${found.origin})`;
      }
    }
  }
  return undefined;
}

/** The lines of the literals in a values file, by key: what a revision that stays may still read. @internal */
export function literalLines(text: string): ReadonlyMap<string, string> {
  const lines = new Map<string, string>();
  for (const line of text.split('\n')) {
    const key = LITERAL.exec(line)?.[1];
    if (key !== undefined) lines.set(key, line);
  }
  return lines;
}

const PLAIN = /^ {6}- '([A-Za-z0-9._-]+)="(.*)"' # (.*)$/;
const COMMENT = ' # ';

/** The values in a values file, by key; a line that is not as we write them is passed over. @internal */
export function deliveredValues(
  text: string,
): ReadonlyMap<string, ClusterValue> {
  const values = new Map<string, ClusterValue>();
  for (const [key, line] of literalLines(text)) {
    const plain = PLAIN.exec(line);
    const value = plain?.[2] ?? quotedValue(key, line);
    const at = line.lastIndexOf(COMMENT);
    if (value === undefined || at === -1) continue;
    values.set(key, { value, origin: line.slice(at + COMMENT.length) });
  }
  return values;
}

function quotedValue(key: string, line: string): string | undefined {
  try {
    const [text] = parseYaml(line.trim()) as unknown[];
    const start = `${key}="`;
    return typeof text === 'string' && text.startsWith(start)
      ? text.slice(start.length, -1)
      : undefined;
  } catch {
    return undefined;
  }
}

/** kustomize takes one pair of quotes off a value, so that any value fits between them. */
function literal(key: string, value: string): string {
  const text = `${key}="${value}"`;
  return /^[\x20-\x26\x28-\x7e]*$/.test(text) ? `'${text}'` : quote(text);
}

function shortOrigin(reference: string): string {
  return reference
    .replace(/^edgegroup:default\//, 'group ')
    .replace(/^edgecluster:.*$/, 'cluster')
    .replace(/[^A-Za-z0-9._:/ -]/g, '');
}

function own(values: object | undefined, key: string): unknown {
  return values && Object.hasOwn(values, key)
    ? (values as Record<string, unknown>)[key]
    : undefined;
}
