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

/** In which order groups are closed, and their selectors as far as they can be used: all of this is the same for any clusters. @internal */
export interface GroupOrder {
  readonly names: readonly string[];
  readonly selectors: ReadonlyMap<string, ParsedSelector>;
  readonly problems: readonly Problem[];
}

/**
 * A group is closed after all that it is made of: the groups below it and those that its selector names. Where these
 * go in a circle, the selectors in the circle select nothing.
 *
 * @internal
 */
export function orderGroups(tree: GroupTree): GroupOrder {
  const problems: Problem[] = [];
  const selectors = new Map<string, ParsedSelector>();
  const edges = new Map<string, string[]>();
  for (const [name, group] of tree.groups) {
    const needs = [...(tree.children.get(name) ?? [])];
    edges.set(name, needs);
    const { selector } = group.spec;
    if (selector === undefined) continue;
    attempt(problems, name, () => {
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
  const names: string[] = [];
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
    names.push(...inTreeOrder(component, tree));
  }
  return { names, selectors, problems };
}

/**
 * Finds the members of each group: clusters that name it, that its own selector matches, and those of the groups below.
 *
 * @param names - where clusters are found by their names, in this part of the fleet and in all of it
 * @internal
 */
export function closeGroups(
  tree: GroupTree,
  order: GroupOrder,
  clusters: readonly EdgeClusterEntity[],
  facts: FactIndex,
  names: Pick<SelectorContext, 'numberOf' | 'hasCluster'>,
): GroupClosure {
  const problems: Problem[] = [];
  const size = clusters.length;
  const direct = new Map<string, Bitmap>();
  for (const name of tree.groups.keys()) direct.set(name, Bitmap.empty(size));
  clusters.forEach((cluster, number) => {
    for (const group of cluster.spec.groups ?? [])
      direct.get(group)?.add(number);
  });
  const members = new Map<string, Bitmap>();
  const context: SelectorContext = {
    ...names,
    size,
    facts,
    hasGroup: name => tree.groups.has(name),
    groupMembers: name => members.get(name)!,
    groupsOf: () => [],
  };
  for (const name of order.names) {
    const own = direct.get(name)!;
    const parsed = order.selectors.get(name);
    if (parsed)
      attempt(problems, name, () => own.or(evaluateSelector(context, parsed)));
    const children = tree.children.get(name) ?? [];
    const all = children.length > 0 ? own.clone() : own;
    for (const child of children) all.or(members.get(child)!);
    members.set(name, all);
  }
  return {
    members: new Map(
      [...tree.groups.keys()].map(name => [name, members.get(name)!]),
    ),
    direct,
    problems,
  };
}

function attempt(problems: Problem[], name: string, task: () => void): void {
  try {
    task();
  } catch (error) {
    problems.push(selectorProblem(name, error));
  }
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
