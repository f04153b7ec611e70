import {
  EdgeClusterEntity,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { SelectorContext, SelectorError } from '../selector';
import { evaluateSelector, selectorGroups } from '../selector/compileSelector';
import { ParsedSelector } from '../selector/Condition';
import { parseSelector } from '../selector/parseSelector';
import { FactIndex } from './FactIndex';
import { GroupTree } from './GroupTree';
import { edgeReference } from './reference';
import { stronglyConnected } from './stronglyConnected';

/** The clusters of every group. @internal */
export interface GroupClosure {
  /** In order of names. */
  readonly members: ReadonlyMap<string, Bitmap>;
  readonly direct: ReadonlyMap<string, Bitmap>;
  readonly problems: readonly Problem[];
}

/**
 * Finds the members of each group: clusters that name it, that its own selector matches, and those of the groups below.
 *
 * A group is closed after all that it is made of: the groups below it and those that its selector names. Where these
 * go in a circle, the selectors in the circle select nothing.
 *
 * @internal
 */
export function closeGroups(
  tree: GroupTree,
  clusters: readonly EdgeClusterEntity[],
  facts: FactIndex,
  numbers: ReadonlyMap<string, number>,
): GroupClosure {
  const problems: Problem[] = [];
  const size = clusters.length;
  const direct = new Map<string, Bitmap>();
  for (const name of tree.groups.keys()) direct.set(name, Bitmap.empty(size));
  clusters.forEach((cluster, number) => {
    for (const group of cluster.spec.groups ?? [])
      direct.get(group)?.add(number);
  });

  const selectors = new Map<string, ParsedSelector>();
  const attempt = (name: string, task: () => void) => {
    try {
      task();
    } catch (error) {
      problems.push(selectorProblem(name, error));
    }
  };
  const edges = new Map<string, string[]>();
  for (const [name, group] of tree.groups) {
    const needs = [...(tree.children.get(name) ?? [])];
    edges.set(name, needs);
    const { selector } = group.spec;
    if (selector === undefined) continue;
    attempt(name, () => {
      const parsed = parseSelector(selector);
      const used = selectorGroups(parsed);
      if (!used) {
        throw new SelectorError(
          `The selector of a group can name groups, as in cluster.inGroup("geo.us"), and cannot look at all groups of a cluster, which this group is one of`,
        );
      }
      selectors.set(name, parsed);
      needs.push(...used.filter(other => tree.groups.has(other)));
    });
  }

  const members = new Map<string, Bitmap>();
  const context: SelectorContext = {
    size,
    facts,
    numberOf: name => numbers.get(name),
    hasGroup: name => tree.groups.has(name),
    groupMembers: name => members.get(name)!,
    groupsOf: () => [],
  };
  for (const component of stronglyConnected(edges)) {
    for (const name of component) {
      const circle = component.length > 1 || edges.get(name)!.includes(name);
      if (!circle || !selectors.delete(name)) continue;
      problems.push(
        selectorProblem(
          name,
          new SelectorError(
            `The groups ${component.join(
              ', ',
            )} are made of one another by their selectors; here the selector selects nothing`,
          ),
        ),
      );
    }
    for (const name of inTreeOrder(component, tree)) {
      const own = direct.get(name)!;
      const parsed = selectors.get(name);
      if (parsed)
        attempt(name, () => own.or(evaluateSelector(context, parsed)));
      const all = own.clone();
      for (const child of tree.children.get(name) ?? [])
        all.or(members.get(child)!);
      members.set(name, all);
    }
  }
  return {
    members: new Map(
      [...tree.groups.keys()].map(name => [name, members.get(name)!]),
    ),
    direct,
    problems,
  };
}

/** Within a circle the tree still goes from the leaves up. */
function inTreeOrder(
  component: readonly string[],
  tree: GroupTree,
): readonly string[] {
  if (component.length === 1) return component;
  const inside = new Set(component);
  return tree.bottomUp.filter(name => inside.has(name));
}

function selectorProblem(name: string, error: unknown): Problem {
  const { message, field, position } = error as SelectorError;
  return {
    entity: edgeReference('EdgeGroup', name),
    field: field ? `spec.selector.${field}` : 'spec.selector',
    message:
      position === undefined
        ? message
        : `${message} (at character ${position})`,
  };
}
