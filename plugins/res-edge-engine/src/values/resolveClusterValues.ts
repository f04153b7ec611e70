import {
  Problem,
  ResolvedValue,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { Decisions } from '../model';
import { Snapshot, compareNames, edgeReference } from '../snapshot';

/** The values of one cluster. @public */
export interface ClusterValues {
  /** In order of keys. A key on which two groups disagree is left out. */
  readonly values: readonly (ResolvedValue & { origin: string })[];
  readonly problems: readonly Problem[];
}

/** A group that has values, and how strong it is. */
interface Source {
  readonly group: string;
  readonly values: ReadonlyMap<string, string>;
  readonly precedence: number;
  /** From its root on, itself included. */
  readonly path: readonly string[];
  readonly members: Bitmap;
}

/**
 * Resolves the values of a cluster: of groups from root to leaf, of hierarchies by precedence, and its own, the strongest.
 *
 * Where two groups of equal precedence, none of which is above the other, set a key differently, neither wins: the key
 * is left out and the problem names both, so that what uses it fails by name instead of running with a guess.
 *
 * @param without - names of groups that set nothing
 * @public
 */
export function resolveClusterValues(
  snapshot: Snapshot,
  decisions: Pick<Decisions, 'groups'>,
  clusterNumber: number,
  without?: ReadonlySet<string>,
): ClusterValues {
  const { metadata, spec } = snapshot.clusters[clusterNumber];
  const settings = new Map<string, Source[]>();
  for (const source of sourcesOf(snapshot, decisions.groups)) {
    if (!source.members.has(clusterNumber)) continue;
    if (without?.has(source.group)) continue;
    for (const key of source.values.keys()) {
      const list = settings.get(key);
      if (list) list.push(source);
      else settings.set(key, [source]);
    }
  }
  const own = new Map(Object.entries(spec.values ?? {}));
  const values: ClusterValues['values'][number][] = [];
  const problems: Problem[] = [];
  for (const key of [...new Set([...settings.keys(), ...own.keys()])].sort(
    compareNames,
  )) {
    const setters = settings.get(key) ?? [];
    const found = setters.map(source => ({
      value: source.values.get(key)!,
      origin: edgeReference('EdgeGroup', source.group),
    }));
    const ownValue = own.get(key);
    if (ownValue !== undefined) {
      found.unshift({
        value: ownValue,
        origin: edgeReference('EdgeCluster', metadata.name),
      });
    } else {
      const rivals = conflict(key, setters);
      if (rivals) {
        problems.push({
          entity: edgeReference('EdgeCluster', metadata.name),
          field: `spec.values.${key}`,
          message: `The groups ${rivals
            .map(
              rival =>
                `'${rival.group}' (${JSON.stringify(rival.values.get(key))})`,
            )
            .join(' and ')} set '${key}' differently for cluster '${
            metadata.name
          }', and neither has precedence; set it on the cluster, or give their hierarchies different precedence`,
        });
        continue;
      }
    }
    const [{ value, origin }, ...overrides] = found;
    values.push({
      key,
      value,
      origin,
      ...(overrides.length > 0 && { overrides }),
    });
  }
  return { values, problems };
}

/** The two strongest groups that disagree; `setters` come with the strongest first. */
function conflict(
  key: string,
  setters: readonly Source[],
): [Source, Source] | undefined {
  const strongest = setters.filter(
    ({ precedence }) => precedence === setters[0].precedence,
  );
  const leaves = strongest.filter(({ group }) =>
    strongest.every(
      other => other.group === group || !other.path.includes(group),
    ),
  );
  const rival = leaves.find(
    leaf => leaf.values.get(key) !== leaves[0].values.get(key),
  );
  return rival && [leaves[0], rival];
}

const known = new WeakMap<
  Decisions['groups'],
  WeakMap<Snapshot, readonly Source[]>
>();

/** The groups that set values, the strongest first; made once for each snapshot and set of decisions. */
function sourcesOf(
  snapshot: Snapshot,
  groups: Decisions['groups'],
): readonly Source[] {
  let bySnapshot = known.get(groups);
  if (!bySnapshot) known.set(groups, (bySnapshot = new WeakMap()));
  const before = bySnapshot.get(snapshot);
  if (before) return before;
  const sources: Source[] = [];
  for (const { name, values } of groups.values()) {
    const entries = Object.entries(values);
    if (entries.length === 0 || !snapshot.groups.has(name)) continue;
    const path = [...snapshot.groups.path(name), name];
    sources.push({
      group: name,
      values: new Map(entries),
      precedence: snapshot.groups.get(path[0])?.spec.precedence ?? 0,
      path,
      members: snapshot.groupMembers(name),
    });
  }
  sources.sort(
    (a, b) =>
      b.precedence - a.precedence ||
      b.path.length - a.path.length ||
      compareNames(a.group, b.group),
  );
  bySnapshot.set(snapshot, sources);
  return sources;
}
