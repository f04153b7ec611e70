import { Decisions } from '../model';
import { stronglyConnected } from '../snapshot/stronglyConnected';

/** The circles of `dependsOn`, by each application that is in one. @internal */
export function dependencyCircles(
  decisions: Pick<Decisions, 'applications'>,
  names: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const edges = new Map(
    names.map(name => {
      const needs =
        decisions.applications.get(name)!.releases[0]?.dependsOn ?? [];
      return [name, needs.filter(needed => decisions.applications.has(needed))];
    }),
  );
  const circles = new Map<string, readonly string[]>();
  for (const component of stronglyConnected(edges)) {
    if (
      component.length === 1 &&
      !edges.get(component[0])!.includes(component[0])
    )
      continue;
    for (const name of component) circles.set(name, component);
  }
  return circles;
}
