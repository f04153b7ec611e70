import { Problem } from '@res-edge/backstage-plugin-res-edge-common';
import { Fleet, placeOf } from '../fleet/Fleet';

/**
 * The fleet's own problems, and then these, each once, with the place where the entity stands.
 *
 * @internal
 */
export function locatedProblems(
  fleet: Fleet,
  problems: readonly Problem[],
): readonly Problem[] {
  const seen = new Set<string>();
  const located = problems.map(problem => {
    const origin = fleet.origins.get(problem.entity);
    if (!origin) return problem;
    return { ...problem, message: `${problem.message} (${placeOf(origin)})` };
  });
  return [...fleet.problems, ...located].filter(problem => {
    const key = JSON.stringify(problem);
    return !seen.has(key) && seen.add(key);
  });
}
