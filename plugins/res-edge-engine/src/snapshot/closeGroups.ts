import {
  EdgeClusterEntity,
  Problem,
} from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap, keepEqual } from '../bitmap';
import { SelectorContext, SelectorError } from '../selector';
import {
  evaluateSelector,
  selectorGroups,
  selectorKeys,
} from '../selector/compileSelector';
import { ParsedSelector } from '../selector/Condition';
import { parseSelector } from '../selector/parseSelector';
import { ClusterNames } from './ClusterNames';
import { FactIndex } from './FactIndex';
import { GroupTree } from './GroupTree';
import { edgeReference } from './reference';
import { stronglyConnected } from './stronglyConnected';

/** The clusters of every group; each in order of names, and none to be changed. @internal */
export interface GroupClosure {
  /** Clusters that name the group. */
  readonly named: ReadonlyMap<string, Bitmap>;
  /** Those, and the ones that its selector matches. */
  readonly direct: ReadonlyMap<string, Bitmap>;
  /** Those, and the ones of the groups below. */
  readonly members: ReadonlyMap<string, Bitmap>;
  readonly problems: ReadonlyMap<string, Problem>;
}

/** Groups with all that is known about them. @internal */
export interface ClosedGroups {
  readonly tree: GroupTree;
  readonly order: GroupOrder;
  readonly closure: GroupClosure;
}

/** The clusters whose groups are asked for: a fleet, or a part of it. @internal */
export interface GroupedClusters {
  readonly clusters: {
    readonly length: number;
    forEach(visit: (cluster: EdgeClusterEntity, number: number) => void): void;
  };
  readonly facts: FactIndex;
  readonly names: ClusterNames;
}

/** In which order groups are closed, and their selectors as far as they can be used: all of this is the same for any clusters. @internal */
export interface GroupOrder {
  readonly names: readonly string[];
  readonly selectors: ReadonlyMap<string, ParsedSelector>;
  /** Whether a selector names clusters, or reads their names. */
  readonly readsNames: boolean;
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
    try {
      const parsed = parseSelector(selector);
      const used = selectorGroups(parsed);
      if (!used) {
        throw new SelectorError(
          `The selector of a group can name groups, as in cluster.inGroup("geo.us"), and cannot look at all groups of a cluster, which this group is one of`,
        );
      }
      selectors.set(name, parsed);
      needs.push(...used.filter(other => tree.groups.has(other)));
    } catch (error) {
      problems.push(selectorProblem(name, error));
    }
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
  const readsNames = [...selectors.values()].some(parsed =>
    selectorKeys(parsed).includes('name'),
  );
  return { names, selectors, readsNames, problems };
}

/**
 * Finds the members of each group: clusters that name it, that its own selector matches, and those of the groups below.
 *
 * @param order - groups that are left out of its names have no cluster
 * @param before - the groups of before over the same clusters: sets that do not change are taken from there
 * @internal
 */
export function closeGroups(
  tree: GroupTree,
  order: GroupOrder,
  { clusters, facts, names }: GroupedClusters,
  before?: ClosedGroups,
): GroupClosure {
  const old = before?.closure;
  const size = clusters.length;
  const named = namedClusters(clusters, order.names, old?.named);
  const direct = new Map<string, Bitmap>();
  const members = new Map<string, Bitmap>();
  const problems = new Map<string, Problem>();
  const context: SelectorContext = {
    numberOf: name => names.numberOf(name),
    hasCluster: name => names.hasCluster(name),
    size,
    facts,
    hasGroup: name => tree.groups.has(name),
    groupMembers: name => members.get(name) ?? Bitmap.empty(size),
    groupsOf: () => [],
  };
  const select = (name: string, parsed: ParsedSelector): Bitmap => {
    const own = named.get(name)!;
    const isSame =
      before?.order.selectors.has(name) &&
      old?.named.get(name) === own &&
      sameSelector(tree, before.tree, name) &&
      selectorGroups(parsed)!.every(
        group => old.members.get(group) === members.get(group),
      );
    const problem = isSame ? old?.problems.get(name) : undefined;
    if (problem) problems.set(name, problem);
    if (isSame) return old!.direct.get(name)!;
    try {
      return evaluateSelector(context, parsed).or(own);
    } catch (error) {
      problems.set(name, selectorProblem(name, error));
      return own;
    }
  };
  for (const name of order.names) {
    const parsed = order.selectors.get(name);
    const own = parsed ? select(name, parsed) : named.get(name)!;
    direct.set(name, keepEqual(old?.direct.get(name), own));
    const children = (tree.children.get(name) ?? []).filter(child =>
      members.has(child),
    );
    const isSame =
      old?.direct.get(name) === direct.get(name) &&
      before?.tree.children.get(name)?.join() === children.join() &&
      children.every(child => old?.members.get(child) === members.get(child));
    if (isSame) members.set(name, old!.members.get(name)!);
    else if (children.length === 0) members.set(name, direct.get(name)!);
    else {
      const all = own.clone();
      for (const child of children) all.or(members.get(child)!);
      members.set(name, keepEqual(old?.members.get(name), all));
    }
  }
  const byName = (sets: ReadonlyMap<string, Bitmap>) =>
    new Map(
      [...tree.groups.keys()]
        .filter(name => sets.has(name))
        .map(name => [name, sets.get(name)!]),
    );
  return { named, direct: byName(direct), members: byName(members), problems };
}

/** For each group the clusters that name it; those of groups that were known are taken from before. */
function namedClusters(
  clusters: GroupedClusters['clusters'],
  names: readonly string[],
  before: ReadonlyMap<string, Bitmap> | undefined,
): ReadonlyMap<string, Bitmap> {
  const named = new Map<string, Bitmap>();
  const fresh = new Map<string, Bitmap>();
  for (const name of names) {
    const known = before?.get(name);
    const set = known ?? Bitmap.empty(clusters.length);
    named.set(name, set);
    if (!known) fresh.set(name, set);
  }
  if (fresh.size > 0)
    clusters.forEach(({ spec }, number) => {
      for (const group of spec.groups ?? []) fresh.get(group)?.add(number);
    });
  return named;
}

function sameSelector(one: GroupTree, other: GroupTree, name: string): boolean {
  const [a, b] = [one, other].map(({ groups }) => groups.get(name)?.spec);
  return (
    a?.selector === b?.selector ||
    JSON.stringify(a?.selector) === JSON.stringify(b?.selector)
  );
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
