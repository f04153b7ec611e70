import { NotFoundError } from '@backstage/errors';
import {
  entityRefOf,
  GroupDetails,
  GroupList,
  GroupRow,
  ResolvedValue,
} from '@res-edge/backstage-plugin-res-edge-common';
import { compareStrings } from '../../util/compareStrings';
import { VisibleFleet } from '../../permissions';
import { FleetIndex } from './FleetIndex';
import { shownValue } from './shownValue';

/** The roots of the hierarchies with their counts. @internal */
export function listRootGroups(fleet: VisibleFleet): GroupList {
  return {
    items: fleet.groups.roots.map(name => toRow(fleet, name)),
  };
}

/** One group with its path, its children and the values that its clusters inherit. @internal */
export function getGroup(fleet: VisibleFleet, name: string): GroupDetails {
  const { groups } = fleet;
  if (!groups.has(name)) {
    throw new NotFoundError(`No group '${name}' is registered`);
  }
  const path = groups.path(name);
  return {
    group: toRow(fleet, name),
    path: path.map(ancestor => ({
      name: ancestor,
      title: groups.get(ancestor)?.metadata.title,
    })),
    children: groups.children(name).map(child => toRow(fleet, child)),
    direct: groups.direct(name).count(),
    values: inheritedValues(fleet, [
      ...fleet.view.snapshot.groups.path(name),
      name,
    ]),
  };
}

function toRow(fleet: VisibleFleet, name: string): GroupRow {
  const { groups } = fleet;
  const group = groups.get(name);
  return {
    name,
    title: group?.metadata.title,
    type: group?.spec.type,
    clusters: groups.members(name).count(),
    children: groups.children(name).length,
    problems: FleetIndex.of(fleet.view).problemsOf('EdgeGroup', name).length,
  };
}

/** The values of groups, as merged; a later one in the path is the stronger. */
function inheritedValues(
  fleet: VisibleFleet,
  path: readonly string[],
): ResolvedValue[] {
  const { decisions } = fleet.view;
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
    .map(([key, [strongest, ...overrides]]) =>
      shownValue(fleet, {
        key,
        ...strongest,
        ...(overrides.length > 0 && { overrides }),
      }),
    );
}
