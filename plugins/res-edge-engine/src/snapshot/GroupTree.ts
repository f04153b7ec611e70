import {
  EdgeGroupEntity,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { compareNames, edgeReference } from './reference';

/** The hierarchies as a forest: a group whose parent is unknown, or is below it, stands as a root. @internal */
export interface GroupTree {
  /** By name, in order of names. */
  readonly groups: ReadonlyMap<string, EdgeGroupEntity>;
  readonly parents: ReadonlyMap<string, string>;
  readonly children: ReadonlyMap<string, readonly string[]>;
  readonly roots: readonly string[];
  /** Groups with every group after all that are below it. */
  readonly bottomUp: readonly string[];
  readonly problems: readonly Problem[];
}

/** @internal */
export function buildGroupTree(
  groups: ReadonlyMap<string, EdgeGroupEntity>,
): GroupTree {
  const problems: Problem[] = [];
  const parents = new Map<string, string>();
  for (const [name, group] of groups) {
    const { parent } = group.spec;
    if (parent === undefined) continue;
    if (groups.has(parent)) parents.set(name, parent);
    else {
      problems.push(
        parentProblem(
          name,
          `There is no group '${parent}'; this group stands as a root`,
        ),
      );
    }
  }
  for (const cycle of findCycles(parents)) {
    for (const name of cycle) {
      problems.push(
        parentProblem(
          name,
          `The parents of '${cycle[0]}' go in a circle: ${[
            ...cycle,
            cycle[0],
          ].join(' -> ')}; these groups stand as roots`,
        ),
      );
      parents.delete(name);
    }
  }
  const children = new Map<string, string[]>();
  for (const name of groups.keys()) {
    const parent = parents.get(name);
    if (parent === undefined) continue;
    const siblings = children.get(parent);
    if (siblings) siblings.push(name);
    else children.set(parent, [name]);
  }
  const roots = [...groups.keys()].filter(name => !parents.has(name));
  const topDown = [...roots];
  // The list grows while it is walked: each group adds those below it.
  for (const name of topDown) {
    for (const child of children.get(name) ?? []) topDown.push(child);
  }
  return {
    groups,
    parents,
    children,
    roots,
    bottomUp: topDown.reverse(),
    problems,
  };
}

/** The circles of a relation in which each name points to at most one other, each from its least name on. */
function findCycles(parents: ReadonlyMap<string, string>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  for (const start of parents.keys()) {
    const path: string[] = [];
    const onPath = new Set<string>();
    let at: string | undefined = start;
    while (at !== undefined && !done.has(at) && !onPath.has(at)) {
      path.push(at);
      onPath.add(at);
      at = parents.get(at);
    }
    if (at !== undefined && onPath.has(at)) {
      const cycle = path.slice(path.indexOf(at));
      const least = [...cycle].sort(compareNames)[0];
      const from = cycle.indexOf(least);
      cycles.push([...cycle.slice(from), ...cycle.slice(0, from)]);
    }
    for (const name of path) done.add(name);
  }
  return cycles;
}

function parentProblem(name: string, message: string): Problem {
  return {
    entity: edgeReference('EdgeGroup', name),
    field: 'spec.parent',
    message,
  };
}
