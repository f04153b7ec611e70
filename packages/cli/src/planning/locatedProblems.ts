import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { Fleet, placeOf } from '../fleet/Fleet';

/**
 * These problems with the place where the entity stands, each once, after those that were found before.
 *
 * @internal
 */
export function locatedProblems(
  fleet: Fleet,
  problems: readonly Problem[],
  before: readonly Problem[] = fleet.problems,
): readonly Problem[] {
  const seen = new Set<string>();
  const located = problems.map(problem => {
    const origin = fleet.origins.get(problem.entity);
    if (!origin) return problem;
    return { ...problem, message: `${problem.message} (${placeOf(origin)})` };
  });
  return [...before, ...located].filter(problem => {
    const key = JSON.stringify(problem);
    return !seen.has(key) && seen.add(key);
  });
}
