import { Decisions } from '../../model';
import { FleetRevisions } from './FleetRevisions';

/** The applications to which each group that rolls out can make a difference: they read its values or have its components. @internal */
export function groupReaders(
  { groups }: Pick<Decisions, 'groups'>,
  revisions: FleetRevisions,
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, ReadonlySet<string>>();
  for (const { name, rollout, values } of groups.values()) {
    if (rollout === undefined) continue;
    const readers = new Set<string>();
    for (const { name: application, revision } of revisions.applications) {
      const keys = [...(revision?.clusterKeys.keys() ?? [])];
      if (keys.some(key => Object.hasOwn(values, key)))
        readers.add(application);
    }
    const own = revisions.groups.find(group => group.name === name);
    for (const { application } of own?.components ?? [])
      if (application !== undefined) readers.add(application);
    found.set(name, readers);
  }
  return found;
}
