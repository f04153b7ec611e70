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
 * Objects that two applications would bring to the same clusters: what they bring lives in their namespaces, but for
 * some add-ons. Objects are compared once for all clusters.
 *
 * @internal
 */
export function objectConflicts(
  applications: readonly PlacedApplication[],
): ObjectConflict[] {
  const owners = new Map<string, PlacedApplication[]>();
  for (const application of applications) {
    for (const object of application.objects ?? []) {
      const known = owners.get(object);
      if (known) known.push(application);
      else owners.set(object, [application]);
    }
  }
  const found = new Map<string, ObjectConflict>();
  for (const [identity, sharing] of owners) {
    sharing.forEach((first, index) => {
      for (const second of sharing.slice(index + 1)) {
        const pair = `${first.revision?.path} ${second.revision?.path}`;
        const meet =
          first.name !== second.name &&
          !found.has(pair) &&
          first.clusters.intersects(second.clusters);
        if (!meet) continue;
        const object = identity.slice(identity.indexOf(' ') + 1);
        found.set(pair, { first, second, object });
      }
    });
  }
  return [...found.values()];
}
