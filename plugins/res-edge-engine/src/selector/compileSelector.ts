import { Selector } from '@res-edge/backstage-plugin-res-edge-common';
import { Bitmap } from '../bitmap';
import { Condition, ParsedSelector } from './Condition';
import { clusterNumber, evaluateCondition } from './evaluateCondition';
import { parseSelector } from './parseSelector';
import { SelectorContext } from './SelectorContext';

/** A selector over one snapshot. @public */
export interface CompiledSelector {
  /** The clusters that it matches. */
  readonly clusters: Bitmap;
  /**
   * What it depends on, sorted: `labels.x`, `attributes.x`, `groups`, `name`, `environment`, `timeZone`, `state`,
   * `capacity.cpu`, `namespaces`, and `*` where it may look at everything.
   */
  readonly keys: readonly string[];
}

/**
 * Finds the clusters that a selector matches.
 *
 * @throws SelectorError, with the place, where it cannot be evaluated.
 * @public
 */
export function compileSelector(
  context: SelectorContext,
  selector: Selector,
): CompiledSelector {
  const { clusters, keys } = sharedSelector(context, selector);
  return { clusters: clusters.clone(), keys };
}

/** {@link compileSelector}; the set is shared and not to be changed, and the same one as long as it holds the same. @internal */
export function sharedSelector(
  context: SelectorContext,
  selector: Selector,
): SharedSelector {
  const cache = cacheOf(context.base ?? context);
  const text = JSON.stringify(selector);
  let compiled = cache.get(text);
  if (!compiled) {
    const parsed = parseOnce(selector, text);
    compiled = {
      clusters: evaluateSelector(context, parsed),
      keys: selectorKeys(parsed),
      groups: selectorGroups(parsed),
    };
    // Namespaces are decisions and may differ between two uses of one snapshot.
    if (!compiled.keys.includes('namespaces')) remember(cache, text, compiled);
  }
  return compiled;
}

/** @internal */
export interface SharedSelector extends CompiledSelector {
  /** The groups that it names; `undefined` where it may look at any of them. */
  readonly groups: readonly string[] | undefined;
}

/** A context in which `/n/name` means something. @public */
export function withNamespaces(
  base: SelectorContext,
  namespaceClusters: (name: string) => Bitmap | undefined,
): SelectorContext {
  return {
    base,
    size: base.size,
    facts: base.facts,
    numberOf: name => base.numberOf(name),
    hasCluster: name => base.hasCluster(name),
    hasGroup: name => base.hasGroup(name),
    groupMembers: name => base.groupMembers(name),
    groupsOf: cluster => base.groupsOf(cluster),
    namespaceClusters,
  };
}

/** A set over 60,000 clusters takes 7.5 KB. */
const MAX_REMEMBERED = 2_000;
const MAX_REMEMBERED_TEXT = 4_096;
const parsedSelectors = new Map<string, ParsedSelector>();

/** What a selector says does not depend on any fleet, and the same ones are asked again for each part of it. */
function parseOnce(selector: Selector, text: string): ParsedSelector {
  let parsed = parsedSelectors.get(text);
  if (!parsed) {
    parsed = parseSelector(selector);
    if (parsedSelectors.size >= MAX_REMEMBERED) parsedSelectors.clear();
    if (text.length <= MAX_REMEMBERED_TEXT) parsedSelectors.set(text, parsed);
  }
  return parsed;
}

const remembered = new WeakMap<SelectorContext, Map<string, SharedSelector>>();

function cacheOf(context: SelectorContext): Map<string, SharedSelector> {
  let cache = remembered.get(context);
  if (!cache) remembered.set(context, (cache = new Map()));
  return cache;
}

function remember(
  cache: Map<string, SharedSelector>,
  text: string,
  compiled: SharedSelector,
): void {
  if (cache.size >= MAX_REMEMBERED) cache.clear();
  cache.set(text, compiled);
}

/**
 * Hands what is remembered over one snapshot to the next one.
 *
 * @param next - the set of a selector there, which it can ask among some of the clusters alone; `undefined` where it must be found anew
 * @internal
 */
export function handOnSelectors(
  before: SelectorContext,
  after: SelectorContext,
  next: (
    selector: SharedSelector,
    among: (part: SelectorContext) => Bitmap,
  ) => Bitmap | undefined,
): void {
  const cache = cacheOf(after);
  for (const [text, selector] of remembered.get(before) ?? []) {
    const among = (part: SelectorContext) =>
      sharedSelector(part, JSON.parse(text)).clusters;
    const clusters = next(selector, among);
    if (clusters === selector.clusters) cache.set(text, selector);
    else if (clusters) cache.set(text, { ...selector, clusters });
  }
}

/** @internal */
export function evaluateSelector(
  context: SelectorContext,
  parsed: ParsedSelector,
): Bitmap {
  const [first, ...rest] = parsed.parts;
  const clusters = first
    ? evaluateCondition(context, first.condition)
    : Bitmap.empty(context.size);
  for (const part of rest)
    clusters.and(evaluateCondition(context, part.condition));
  for (const item of parsed.include) {
    const number = clusterNumber(context, item);
    if (number !== undefined) clusters.add(number);
  }
  for (const item of parsed.exclude) {
    const number = clusterNumber(context, item);
    if (number !== undefined) clusters.remove(number);
  }
  return clusters;
}

/** @internal */
export function selectorKeys(parsed: ParsedSelector): readonly string[] {
  const keys = new Set<string>();
  if (parsed.include.length > 0 || parsed.exclude.length > 0) keys.add('name');
  for (const condition of conditionsOf(parsed)) {
    switch (condition.kind) {
      case 'group':
        keys.add('groups');
        break;
      case 'cluster':
        keys.add('name');
        break;
      case 'namespace':
        keys.add('namespaces');
        break;
      case 'text':
      case 'exists':
      case 'compare':
        keys.add(`labels.${condition.key}`).add(`attributes.${condition.key}`);
        break;
      case 'cel':
        for (const column of condition.columns) keys.add(column);
        break;
      default:
    }
  }
  return [...keys].sort();
}

/** The groups that a selector names; `undefined` where it may look at any of them. @internal */
export function selectorGroups(
  parsed: ParsedSelector,
): readonly string[] | undefined {
  const groups = new Set<string>();
  for (const condition of conditionsOf(parsed)) {
    if (condition.kind === 'group') groups.add(condition.name);
    if (condition.kind === 'cel' && condition.columns.includes('groups')) {
      return undefined;
    }
  }
  return [...groups];
}

function conditionsOf(parsed: ParsedSelector): Condition[] {
  const conditions = parsed.parts.map(part => part.condition);
  // The list grows while it is walked.
  for (const condition of conditions) {
    if (condition.kind === 'not') conditions.push(condition.part);
    else if (condition.kind === 'and' || condition.kind === 'or') {
      for (const part of condition.parts) conditions.push(part);
    }
  }
  return conditions;
}
