import { PlacedApplication } from './FleetRevisions';

/** Two revisions that bring one object. @internal */
export interface ObjectConflict {
  /** The first by name. */
  readonly first: PlacedApplication;
  readonly second: PlacedApplication;
  /** Such as `apps/Deployment web`. */
  readonly object: string;
}

/**
 * Objects that two applications of one namespace would bring to the same clusters; applications of different namespaces
 * cannot meet, because what they bring lives in theirs. Objects are compared once for all clusters.
 *
 * @internal
 */
export function objectConflicts(
  applications: readonly PlacedApplication[],
): ObjectConflict[] {
  const owners = new Map<string, PlacedApplication[]>();
  for (const application of applications) {
    for (const object of application.objects ?? []) {
      const key = `${application.namespace} ${object}`;
      const known = owners.get(key);
      if (known) known.push(application);
      else owners.set(key, [application]);
    }
  }
  const found = new Map<string, ObjectConflict>();
  for (const [key, sharing] of owners) {
    sharing.forEach((first, index) => {
      for (const second of sharing.slice(index + 1)) {
        const pair = `${first.revision?.path} ${second.revision?.path}`;
        const meet =
          first.name !== second.name &&
          !found.has(pair) &&
          first.clusters.intersects(second.clusters);
        if (!meet) continue;
        const object = key.slice(first.namespace.length + 1);
        found.set(pair, { first, second, object });
      }
    });
  }
  return [...found.values()];
}
