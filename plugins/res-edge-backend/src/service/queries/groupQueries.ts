import { NotFoundError } from '@backstage/errors';
import {
  entityRefOf,
  GroupDetails,
  GroupList,
  GroupRow,
  ResolvedValue,
} from '@res-edge/backstage-plugin-res-edge-common';
import { compareStrings } from '../../util/compareStrings';
import { FleetView } from '../FleetView';
import { FleetIndex } from './FleetIndex';

/** The roots of the hierarchies with their counts. @internal */
export function listRootGroups(view: FleetView): GroupList {
  return {
    items: view.snapshot.groups.roots.map(name => toRow(view, name)),
  };
}

/** One group with its path, its children and the values that its clusters inherit. @internal */
export function getGroup(view: FleetView, name: string): GroupDetails {
  const { groups } = view.snapshot;
  if (!groups.has(name)) {
    throw new NotFoundError(`No group '${name}' is registered`);
  }
  const path = groups.path(name);
  return {
    group: toRow(view, name),
    path: path.map(ancestor => ({
      name: ancestor,
      title: groups.get(ancestor)?.metadata.title,
    })),
    children: groups.children(name).map(child => toRow(view, child)),
    direct: groups.direct(name).count(),
    values: inheritedValues(view, [...path, name]),
  };
}

function toRow(view: FleetView, name: string): GroupRow {
  const { groups } = view.snapshot;
  const group = groups.get(name);
  return {
    name,
    title: group?.metadata.title,
    type: group?.spec.type,
    clusters: groups.members(name).count(),
    children: groups.children(name).length,
    problems: FleetIndex.of(view).problemsOf('EdgeGroup', name).length,
  };
}

/** The values of groups, as merged; a later one in the path is the stronger. */
function inheritedValues(
  { decisions }: FleetView,
  path: readonly string[],
): ResolvedValue[] {
  const byKey = new Map<string, { value: string; origin: string }[]>();
  for (const name of path) {
    const values = decisions.groups.get(name)?.values ?? {};
    for (const [key, value] of Object.entries(values)) {
      const weaker = byKey.get(key) ?? [];
      byKey.set(key, [
        { value, origin: entityRefOf('EdgeGroup', name) },
        ...weaker,
      ]);
    }
  }
  return [...byKey]
    .sort(([a], [b]) => compareStrings(a, b))
    .map(([key, [strongest, ...overrides]]) => ({
      key,
      ...strongest,
      ...(overrides.length > 0 && { overrides }),
    }));
}
