import { Decisions } from '../../model';

/**
 * Decisions in which rings that have reached no release of an application yet have the newest one; those very decisions where
 * there are none. By them it is known where an application will be that is new.
 *
 * @public
 */
export function withAllRings(
  decisions: Decisions,
  application: string,
): Decisions {
  const decision = decisions.applications.get(application);
  const { releases = [], emptyRings = [] } = decision ?? {};
  if (!decision || releases.length === 0 || emptyRings.length === 0)
    return decisions;
  const added = emptyRings.map(ring => ({ ...releases[0], ring }));
  return {
    ...decisions,
    applications: new Map(decisions.applications).set(application, {
      ...decision,
      releases: [...releases, ...added],
      emptyRings: [],
    }),
  };
}
